"""Digital signatures of an Office file (XML-DSig in `_xmlsignatures/`): who signed and when; not verified here."""

from __future__ import annotations

import base64
import binascii
import re

from pipeline.extract.docx_package import Element, Package
from pipeline.values import SignatureInfo

_DSIG = "{http://www.w3.org/2000/09/xmldsig#}"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)?$")
# Object identifiers of a certificate's name fields, DER encoded (RFC 5280, RFC 2985).
_COMMON_NAME = b"\x06\x03\x55\x04\x03"
_ORGANISATION = b"\x06\x03\x55\x04\x0a"
_EMAIL = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x09\x01"
_UTC_TIME = b"\x17\x0d"  # tag and length of each of the two times between which a certificate holds (RFC 5280, 4.1.2.5)
_STRINGS = {0x0C: "utf-8", 0x13: "ascii", 0x16: "ascii", 0x14: "latin-1", 0x1E: "utf-16-be"}


def read_signatures(package: Package) -> tuple[SignatureInfo, ...]:
    """The signatures of a file, one for each signature part that names a signer or a time."""
    found = (_read(root) for root in package.named("_xmlsignatures/"))
    return tuple(signature for signature in found if signature is not None)


def _read(root: Element) -> SignatureInfo | None:
    if root.tag != _DSIG + "Signature":
        return None
    certificate = _certificate(root)
    signer = _field(certificate, _COMMON_NAME)
    signed_at = next((text for text in map(str.strip, root.itertext()) if _TIME.match(text)), None)
    if signer is None and signed_at is None:
        return None
    return SignatureInfo(signer, _field(certificate, _ORGANISATION), _field(certificate, _EMAIL), signed_at)


def _certificate(root: Element) -> bytes:
    element = next(root.iter(_DSIG + "X509Certificate"), None)
    try:
        return base64.b64decode(element.text or "") if element is not None else b""
    except (binascii.Error, ValueError):
        return b""


def _field(certificate: bytes, identifier: bytes) -> str | None:
    """A name field of the certificate's holder, who is named after the time of validity; the issuer stands before."""
    since = certificate.find(_UTC_TIME)
    until = certificate.find(_UTC_TIME, since + 1)
    at = certificate.find(identifier, until) + len(identifier)
    if since < 0 or until < 0 or at < len(identifier) or at + 2 > len(certificate):
        return None
    kind, length = certificate[at], certificate[at + 1]
    if kind not in _STRINGS or length > 0x7F:
        return None
    text = certificate[at + 2 : at + 2 + length].decode(_STRINGS[kind], errors="replace").strip()
    return text or None
