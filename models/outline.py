"""The outline of a plan: headings and numbered items as a tree."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from models.base import Frozen

SectionKind = Literal["heading", "item"]
Role = Literal[
    "can_cu", "chu_de", "tinh_hinh", "muc_dich_yeu_cau", "muc_dich", "yeu_cau", "muc_tieu", "doi_tuong_pham_vi",
    "noi_dung", "nhiem_vu_giai_phap", "thoi_gian", "kinh_phi", "to_chuc_thuc_hien", "che_do_bao_cao", "ket_luan",
    "phu_luc", "khac",
]  # fmt: skip


class Section(Frozen):
    """One heading or item; `start`/`end` cover the whole extent, children included."""

    id: str
    kind: SectionKind
    marker: str | None = None
    level: int = Field(ge=1)
    title: str | None = None
    role: Role = "khac"
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    page: int | None = Field(default=None, ge=1)
    rule: str
    children: tuple[Section, ...] = ()
