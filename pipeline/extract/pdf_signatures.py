"""The digital signatures of a PDF: who signed, for whom and when, from its signature dictionaries.

Names come from the certificate in the signature's PKCS#7 (subject and alternative name), the time from the
dictionary's own entry (`M`). Nothing is verified: whether a signature holds is for a signing program to tell.
"""

from __future__ import annotations

import ctypes
import re
import warnings
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.values import SignatureInfo

_MOST_SIGNATURES = 100
_TIME = re.compile(
    r"D:(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:(Z)|([+-])(\d{2})'?(\d{2})?)?",
)
# The sentence that the signing programs of the Government Cipher Committee write as the reason.
_REASON = re.compile(r"([^<>]{1,200})<([^<>@\s]{1,100}@[^<>\s]{1,100})>")


def read_signatures(document: Any) -> tuple[SignatureInfo, ...]:
    """The signatures of a raw document, in the file's order."""
    count = min(pdfium.FPDF_GetSignatureCount(document), _MOST_SIGNATURES)
    return tuple(_read(pdfium.FPDF_GetSignatureObject(document, index)) for index in range(max(0, count)))


def _read(signature: Any) -> SignatureInfo:
    contents = _bytes(pdfium.FPDFSignatureObj_GetContents, signature)
    reason = _bytes(pdfium.FPDFSignatureObj_GetReason, signature).decode("utf-16-le", "replace").rstrip("\0")
    stamped = _bytes(pdfium.FPDFSignatureObj_GetTime, signature).decode("ascii", "replace")
    signer, organisation, email = _subject(contents)
    named = _REASON.search(reason)
    return SignatureInfo(
        signer=signer or (named[1].strip() if named else None),
        organisation=organisation,
        email=email or (named[2] if named else None),
        signed_at=_iso_time(stamped),
    )


def _bytes(read: Callable[[Any, Any, int], int], signature: Any) -> bytes:
    """What one of pdfium's two-step getters gives."""
    length = read(signature, None, 0)
    if length <= 0:
        return b""
    buffer = ctypes.create_string_buffer(length)
    read(signature, buffer, length)
    return buffer.raw


def _iso_time(stamped: str) -> str | None:
    """A PDF date (ISO 32000-1, 7.9.4) as ISO 8601 with its offset; without one where the file gives none."""
    found = _TIME.match(stamped)
    if found is None:
        return None
    year, month, day, hour, minute, second, utc, sign, hours, minutes = found.groups()
    offset = "+00:00" if utc else f"{sign}{hours}:{minutes or '00'}" if sign else ""
    return f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{offset}"


def _subject(contents: bytes) -> tuple[str | None, str | None, str | None]:
    """Common name, organisation and e-mail of the signing certificate; None for each that cannot be read."""
    # cryptography is loaded only by a document that is signed.
    from cryptography import x509  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import pkcs7  # noqa: PLC0415

    with warnings.catch_warnings():
        # Certificates of the country's offices have longer names than the standard allows.
        warnings.simplefilter("ignore")
        try:
            certificates = pkcs7.load_der_pkcs7_certificates(_unpadded(contents))
            issuers = {certificate.issuer.public_bytes() for certificate in certificates}
            leaf = next((one for one in certificates if one.subject.public_bytes() not in issuers), None)
            if leaf is None:
                return None, None, None
            return (
                _attribute(leaf, x509.NameOID.COMMON_NAME),
                _attribute(leaf, x509.NameOID.ORGANIZATION_NAME),
                _email(leaf) or _attribute(leaf, x509.NameOID.EMAIL_ADDRESS),
            )
        except (ValueError, TypeError, NotImplementedError):
            return None, None, None


def _unpadded(contents: bytes) -> bytes:
    """A DER structure without the zeros that fill up its place in the file."""
    if len(contents) < 4 or contents[1] < 0x81:
        return contents
    size = contents[1] & 0x7F
    return contents[: 2 + size + int.from_bytes(contents[2 : 2 + size], "big")]


def _attribute(certificate: Any, oid: Any) -> str | None:
    values = certificate.subject.get_attributes_for_oid(oid)
    return str(values[0].value).strip() or None if values else None


def _email(certificate: Any) -> str | None:
    from cryptography import x509  # noqa: PLC0415

    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return None
    return next(iter(names.get_values_for_type(x509.RFC822Name)), None)
