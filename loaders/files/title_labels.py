"""The labels of title lines and of the cells beside them: ``Tài xế: A - ĐT 09…; Phụ xe: B``, ``Ngày lấy mẫu:``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from loaders.files.grid import Line
from tracing.patterns import regex
from tracing.spelling import fold

#: The port or station whose name stands in the label itself: ``Cập cảng Sông Đốc: 4h ngày 11/8``.
_WHERE: Final = r"(?: [a-z][a-z ]{1,24})?"
#: Labels of title lines, without accents -> name of the fact.
_LABELS: Final = (
    (
        r"bien (?:so|kiem soat|dang ky)(?: xe)?|bks(?: xe)?|bien|so (?:dang ky|hieu)(?: tau)?|chuyen bay|so hieu",
        "plate",
    ),
    (r"(?:ho (?:va )?ten |ten )?(?:lai xe|tai xe|nguoi lai|tai cong|thuyen truong|lai tau)(?: \d)?", "driver"),
    (r"(?:ho (?:va )?ten |ten )?(?:phu xe|lo xe|nguoi di cung|phu lai|nhan vien phuc vu|may truong)(?: \d)?", "mate"),
    (r"gvcn|(?:giao vien )?chu nhiem(?: lop)?|giao vien(?: day| phu trach| dung lop)?|gv|co giao|thay giao", "teacher"),
    (
        r"(?:gio |ngay )?(?:xuat phat|khoi hanh|di|bay|cat canh|ra khoi"
        rf"|(?:xuat|roi) (?:ben|cang){_WHERE})",
        "departed",
    ),
    (
        r"den(?: noi)?|(?:gio |ngay )?(?:den|ha canh|(?:cap|ve|nhap|vao) (?:ben|cang)"
        rf"{_WHERE}|(?:cap|vao) bo)",
        "arrived",
    ),
    (r"ngay lay(?: mau)?|lay mau", "sample_day"),
    (r"ngay tra(?: ket qua)?|ngay co ket qua|tra ket qua", "result_day"),
    (r"noi di|diem di", "from_place"),
    (r"noi den|diem den", "to_place"),
    (
        r"(?:exposure )?(?:site|venue|location)|dia diem|ten dia diem|ten co so|noi"
        r"|(?:ten )?diem (?:tiem|lay mau|test|xet nghiem|kiem dich|kiem soat|quet)",
        "place",
    ),
    (r"ca(?: truc| lam viec)?", "shift"),
    (r"dt|sdt|dien thoai|so dien thoai", "phone"),
    (r"xa(?:/phuong)?|phuong", "commune"),
    (r"ap|khom|thon", "hamlet"),
)
_LABEL: Final = regex("|".join(f"(?P<{name}>{words})" for words, name in _LABELS))


def labelled_cells(line: Line) -> list[str]:
    """Return the cells of a line; a cell that ends with a colon is the label of the next."""
    cells: list[str] = []
    for text in line.texts:
        if cells and cells[-1].endswith(":"):
            cells[-1] = f"{cells[-1]} {text}"
        else:
            cells.append(text.strip())
    return cells


def labels_of(text: str) -> Iterator[tuple[str, str]]:
    """Split ``Tài xế: A - ĐT 09…; Phụ xe: B`` at its labels."""
    parts = re.split(r"([^\W\d_][^:;,()\-–]{1,30}):", text)
    for label, value in zip(parts[1::2], parts[2::2], strict=False):
        match = _LABEL.fullmatch(fold(label))
        if match is not None and match.lastgroup and value.strip():
            yield match.lastgroup, value.strip().rstrip(";,-– \t\n\u00a0")
