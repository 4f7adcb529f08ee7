"""With LibreOffice itself: what it makes of the three formats, and that no file makes it call out or read others."""

from __future__ import annotations

import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from word_files import IN_TABLE, Part, odt, row_shape, rtf, word

from pipeline.errors import ReadError
from pipeline.extract import Office, extract
from pipeline.settings import Limits
from pipeline.values import Extracted, Grid, Line, Source

SHARED = Path(__file__).resolve().parents[3] / "shared" / "rebuilt"
LIMITS = Limits()


@pytest.fixture(scope="module")
def office() -> Office:
    found = Office(LIMITS)
    if not found.works:
        pytest.skip("LibreOffice Writer is not installed")
    return found


def texts(read: Extracted) -> list[str | list[list[str]]]:
    """The text of every line, and of every cell of a grid."""
    return [
        block.text if isinstance(block, Line) else [[cell.text for cell in row] for row in block.rows] for block in read.blocks
    ]


PLAN = ["ỦY BAN NHÂN DÂN XÃ AN HÒA", "KẾ HOẠCH", [["TT", "Việc", "Đơn vị"], ["1", "Họp", "Văn phòng"]], "Hết./."]
SHAPE = row_shape([0, 500, 3000, 5000])
CELL = r"\clbrdrt\brdrs\clbrdrl\brdrs\cellx"
ROW = rf"\trowd{CELL}500{CELL}3000{CELL}5000\pard\intbl "
LINED = '<style:style style:name="L" style:family="table-cell"><style:table-cell-properties fo:border="1pt solid"/></style:style>'


def cells(*row: str) -> str:
    inner = "".join(f'<table:table-cell table:style-name="L"><text:p>{text}</text:p></table:table-cell>' for text in row)
    return f"<table:table-row>{inner}</table:table-row>"


FORMATS = {
    "doc": word(
        "ỦY BAN NHÂN DÂN XÃ AN HÒA\rKẾ HOẠCH\r", "TT\x07Việc\x07Đơn vị\x07\x07", "1\x07Họp\x07Văn phòng\x07\x07", "Hết./.\r",
        looks=[b"", b"", IN_TABLE, IN_TABLE, IN_TABLE, SHAPE, IN_TABLE, IN_TABLE, IN_TABLE, SHAPE],
    ),
    "rtf": rtf(
        r"\pard ỦY BAN NHÂN DÂN XÃ AN HÒA\par KẾ HOẠCH\par "
        rf"{ROW}TT\cell Việc\cell Đơn vị\cell\row {ROW}1\cell Họp\cell Văn phòng\cell\row \pard Hết./.\par"
    ),
    "odt": odt(
        "<text:p>ỦY BAN NHÂN DÂN XÃ AN HÒA</text:p><text:p>KẾ HOẠCH</text:p><table:table>"
        '<table:table-column table:number-columns-repeated="3"/>'
        f"{cells('TT', 'Việc', 'Đơn vị')}{cells('1', 'Họp', 'Văn phòng')}</table:table><text:p>Hết./.</text:p>",
        styles=LINED,
    ),
}  # fmt: skip


@pytest.mark.parametrize("extension", FORMATS)
def test_all_three_formats_are_converted_and_read(office: Office, extension: str) -> None:
    read = extract(Source(f"ke-hoach.{extension}", FORMATS[extension]), LIMITS, office)
    assert texts(read) == PLAN
    assert [page.engine for page in read.pages] == ["libreoffice+docx"]
    assert read.notices == ()


def test_one_bad_file_in_a_batch_costs_the_others_nothing(office: Office) -> None:
    streams = word("rác\r", Part("\x13\x14\x07\x0c" * 40))
    broken = streams.replace(b"\x02\x14\0\0\0", b"\x02\xff\xff\xff\x7f")
    sources = [Source(f"{n}.doc", word(f"Kế hoạch số {n}\r")) for n in range(9)]
    sources.insert(4, Source("hong.doc", broken))
    office.prepare(sources)
    for source in sources:
        with suppress(ReadError):
            read = extract(source, LIMITS, office)
            assert source.file_name == "hong.doc" or texts(read) == [f"Kế hoạch số {source.file_name[0]}"]
    assert office._prepared == {}


@pytest.mark.parametrize("name", ["000", "001", "003"])
def test_a_word_file_gives_what_its_docx_gives(office: Office, name: str) -> None:
    if not SHARED.is_dir():
        pytest.skip("the project's shared sample files are not here")
    made = [extract(Source(name, (SHARED / f"{name}.{kind}").read_bytes()), LIMITS, office) for kind in ("doc", "docx")]
    assert texts(made[0]) == texts(made[1])
    grids = [[block for block in read.blocks if isinstance(block, Grid)] for read in made]
    assert [grid.header_rows for grid in grids[0]] == [grid.header_rows for grid in grids[1]]


# ------------------------------------------------------------------ calling out


class Listener:
    """A server on this machine that answers nothing and counts who calls."""

    def __init__(self) -> None:
        self.calls: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self._socket.accept()
                with caller:
                    caller.settimeout(2)
                    with suppress(OSError):
                        self.calls.append(caller.recv(200).split(b"\r\n")[0])
                        caller.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    found = Listener()
    yield found
    found.close()


def calling_odt(address: str, secret: Path) -> bytes:
    frame = '<text:p><draw:frame text:anchor-type="as-char"><draw:{} xlink:href="{}" xlink:type="simple" xlink:actuate="onLoad"/></draw:frame></text:p>'
    section = '<text:section text:name="{0}"><text:section-source xlink:href="{0}" xlink:type="simple"/><text:p>mục</text:p></text:section>'
    return odt(
        "<text:p>Kế hoạch</text:p>" + frame.format("image", f"{address}/anh.png") + frame.format("object", f"{address}/bang.ods")
        + section.format(f"{address}/muc.odt") + section.format(secret.as_uri())
    )  # fmt: skip


def calling_rtf(address: str, secret: Path) -> bytes:
    field = r'{{\field{{\*\fldinst {} "{}"}}{{\fldrslt cũ}}}}\par '
    fields = [("INCLUDEPICTURE", f"{address}/anh.png"), ("INCLUDETEXT", f"{address}/v.rtf"), ("INCLUDETEXT", str(secret)),
              ("DDEAUTO soffice", str(secret))]  # fmt: skip
    body = "".join(field.format(*one) for one in fields)
    return rtf(rf"{{\*\template {address}/mau.dot}}\pard Kế hoạch\par {body}{{\object\objautlink\objupdate{{\result x}}}}\par")


def calling_doc(address: str, secret: Path) -> bytes:
    fields = [f"INCLUDEPICTURE {address}/anh.png \\d", f"INCLUDETEXT {address}/v.doc", f"INCLUDETEXT {secret}", f"LINK Word.Document {address}/x.doc"]
    return word("Kế hoạch\r", *(f"\x13{field}\x14cũ\x15\r" for field in fields))


@pytest.mark.parametrize("make", [calling_odt, calling_rtf, calling_doc])
def test_no_file_calls_out_or_reads_another(office: Office, listener: Listener, tmp_path: Path, make: object) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("BI-MAT\n")
    read = extract(Source("a", make(listener.address, secret)), LIMITS, office)  # type: ignore[operator]
    assert texts(read)[0] == "Kế hoạch"
    assert "BI-MAT" not in str(read.blocks)
    assert listener.calls == []


def test_with_settings_of_its_own_it_would_call_out(office: Office, listener: Listener, tmp_path: Path) -> None:
    """Else the test above would prove nothing."""
    (tmp_path / "a.odt").write_bytes(calling_odt(listener.address, tmp_path))
    command = [office._program or "", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "docx",
               "--outdir", str(tmp_path), str(tmp_path / "a.odt")]  # fmt: skip
    subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert listener.calls != []
