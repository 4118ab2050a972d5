"""People of whom a text only says that they were there: ``và 2 người bạn``, ``ở với em gái``, ``with two friends``."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.references import is_answer
from loaders.columns.texts import told_of
from loaders.files.spelt import Spelt
from tracing.patterns import regex
from tracing.spelling import fold

_WHO: Final = (
    r"(?:nguoi|ban(?! thong| tin| do)|con(?! so)|chau|be|tre|dong nghiep|hanh khach|khach|nhan vien|cong nhan|hoc sinh"
    r"|ba con|anh em|anh|chi|em|co|chu|bac)"
)
_KIN: Final = (
    r"(?:vo|chong|con|me|cha|bo|ba|ong|ban|em|anh|chi|co|chu|bac|di|cau|mo|chau|dong nghiep|gia dinh|nguoi nha|nguoi|to"
    r"|nhom|ca nha|hang xom|chuyen|lop)"
)
_SOME: Final = r"(?:\d{1,2}|mot so|mot vai|mot|hai|ba|bon|vai|nhieu|may|cac|nhung)"
#: Words that somebody was not alone, in texts without accents.
_WITH: Final = regex(
    rf"\b\d{{1,2}} {_WHO}\b(?! tuoi| thang)"
    rf"|\b(?:va|cung|voi|them|kem|cho|cho theo|dan theo|co) {_SOME} {_WHO}\b"
    rf"|\b(?:di|an|o|ngoi|lam|choi|song|ngu|nam|uong|hop|hoc)(?: \w+){{0,2}} (?:cung|voi|chung)(?: \w+){{0,2}} {_KIN}\b"
    rf"|\b(?:cung|voi) (?:vo|chong|con|me|cha|gia dinh|nguoi nha|ca nha|dong nghiep|ban be|ban gai|ban trai)\b"
    rf"|\bco (?:\w+ ){{0,3}}(?:qua|den|toi|ghe|sang|ve)(?: nha)? (?:choi|tham|nhau|an)\b"
    rf"|\bco (?:\w+ ){{1,6}}cung (?:an|di|o|ngoi|uong|nhau|lam|du|ngu|choi)\b|\bnha {_KIN}(?: \w+)? (?:la|ten) \w"
    r"|\bngoi (?:sat|canh|gan|ke|cung)\b|\bdung chung\b|\bchung (?:nha ve sinh|nha tam|bep|mam|thang may)\b"
    r"|\b(?:\d|hai|ba|bon) (?:(?:me|cha|ba|ong|chi|co|di) (?:con|chau)|vo chong|anh em|chi em)\b"
    r"|\b(?:with|and) (?:\d{1,2}|two|three|four|several|some|many|his|her|their|a|other) (?:other )?"
    r"(?:friends?|others|people|colleagues?|child(?:ren)?|kids?|family|wife|husband|relatives?|neighbou?rs?|workers?"
    r"|persons?|guests?|passengers?)\b|\baccompanied by\b"
    r"|\b(?:came|went|travell?ed|sat|seated|ate|eats?|eating|dined|drank|met|stayed|stays|staying|shar(?:ed?|es|ing)"
    r"|liv(?:ed?|es|ing)|slept|sleeps|play(?:ed|s)|danced|work(?:ed|s)?|talked|spoke|chatted|visited)"
    r"(?: \w+){0,4} with\b"
    r"|\b(?:had|having) (?:an? |some )?(?:breakfast|lunch|dinner|supper|coffee|tea|drinks?|beers?|meals?|meetings?"
    r"|party|talk|chat|contact)(?: \w+){0,3} with\b"
    r"|\b(?:wife|husband|spouse|partner|son|daughter|child|mother|father|parent|brother|sister|friend|colleague"
    r"|classmate|room ?mate|neighbou?r|guest|carer) of\b"
    r"|\bsame (?:room|table|house|home|flat|household|car|taxi|family|class|office|desk|ward|dormitory|team|shift)\b"
    r"|\b(?:shared?|shares|sharing) (?:an? |the |one )?(?:room|table|taxi|car|meal|flat)\b"
    r"|\b(?:close )?contacts? (?:with|of|to)\b|\b(?:room ?mate|classmate|travel companion)s?\b"
)
#: Others behind a name, or a whole family for one: ``+ vợ``, ``và 2 con``, ``gđ chú Tám``, ``(4 người)``.
_BESIDE_NAME: Final = regex(
    rf"(?:\+|&|\b(?:va|cung|kem|voi)) ?(?:\d{{1,2}} )?(?:{_KIN}|be|tre)\b(?! [a-z]+ [a-z]+)"
    r"|^(?:gia dinh|gd|g\.d|ca nha|nha) (?:ong|ba|anh|chi|co|chu|bac|di|cau|em|thay)\b|\(\d{1,2} (?:nguoi|khach)\)"
    r"|\bthay ca\b"
)
#: Who is called by order of birth and a name, where both are written as names: ``Ba Bé``.
_BY_BIRTH: Final = regex(r"(?:hai|ba|bon) (?:be|em|anh|con|co|chu|bac|chau)")
#: Words that somebody was alone.
_NOT: Final = regex(
    r"\b(?:khong|chua)(?: \w+)? (?:di|o|an|gap|tiep xuc)? ?(?:cung|voi|chung) ai\b|\bmot minh\b|\balone\b"
    r"|\bno (?:close |known |direct )?contacts?\b|\b(?:not|never|n't) (?:met|meet|had contact)\b"
)
#: Headings of how many came along, or were in one place together, the person of the row among them or not.
_BESIDE: Final = regex(
    r"so (?:nguoi|khach)(?: \w+)* (?:cung|chung|kem|theo)(?: \w+)*|so nguoi cung .*|companions?|accompanying.*"
)
#: The heading of what a column of company tells beside the names that it gives: ``Ghi chú (Người đi cùng)``.
_REST: Final = regex(
    r"ghi chu \((?:(?:nguoi |khach )?(?:di|o|den|ngoi|ve|chay) (?:cung|chung|kem)|khach kem|nguoi kem|phu xe|lo xe"
    r"|companion|accompan).*"
)
_NOBODY: Final = regex(r"0|ko|k|nil|(?:(?:di|chay|mot) )*mot minh|alone")
_TOGETHER: Final = regex(
    r"(?:number of |no\.? of )?(?:guests?|pax)|party size|(?:number of |no\.? of )?(?:people|persons|passengers) in .*"
    r"|(?:number of|no of) (?:people|persons|passengers|guests)|so (?:nguoi|khach)(?: tren xe| trong phong| trong nha)"
)


#: How near somebody was to the case whom the row names, which is no company beside it.
_WITH_CASE: Final = regex(
    r"\b(?:(?:ngoi|an|uong|di|o|lam|song|ngu|noi chuyen) )?(?:cung|chung|canh|gan|doi dien|sat|voi)(?: [a-z]+){0,3}?"
    r" (?:bn|f ?0|benh nhan|ca benh)\b(?! ?\d)(?! [a-z]+ (?:va|cung|voi)\b)"
)
#: With whom of their family somebody is in one camp or room, and nothing else: ``cách ly cùng mẹ``, ``theo con``.
_WITH_KIN: Final = regex(
    rf"(?:(?:cach ly|cl|o|nam|vao|ngu)(?: tai nha| chung)? ?)?(?:cung|theo|voi|kem|cham) {_KIN}(?: trai| gai| ruot)?"
    r"(?: (?:cung|chung) phong| o)?"
    r"|(?:(?:\d|hai|ba) )?(?:(?:me|cha|bo|ba|ong) (?:con|chau)|vo chong|anh em|chi em)(?: o| cach ly| nam)?"
    r"(?: (?:cung|chung) (?:phong|buong|giuong))?"
)


def stays_with_kin(text: str) -> bool:
    """Tell whether a remark of a list of isolations says only with whom of their family somebody is there."""
    return _WITH_KIN.fullmatch(fold(text).strip(" .")) is not None


def without_the_case(text: str) -> str:
    """Return a remark of a contact, without accents, but for how near to the case it was: ``ngồi cùng mâm BN``."""
    return _WITH_CASE.sub(" ", fold(text))


def tells_company(text: str) -> bool:
    """Tell whether a text says that somebody was not alone, without naming who was with them."""
    said = fold(text)
    return (_WITH.search(said) or _BESIDE_NAME.match(said)) is not None and _NOT.search(said) is None


#: Whose relative or friend somebody is, by name: ``F2 (chồng chị Tâm)``, ``mẹ Đặng Ngọc Quỳnh``.
_KIN_OF: Final = Spelt(
    r"(?:^|[(,;:–-]\s*)(?i:là\s+)?(?i:vợ|chồng|con(?: trai| gái)?|mẹ|má|cha|bố|ba|ông|bà|em(?: trai| gái)?|anh|chị|cháu"
    r"|bạn|dì|cậu|đồng nghiệp|hàng xóm|cùng (?:nhà|phòng|cơ quan|công ty)|(?:wife|husband|son|daughter|mother|father"
    r"|friend|colleague|roommate) of)\s+(?:(?i:của|với)\s+)?(?:(?i:ông|bà|anh|chị|em|cô|chú|bác|mr|mrs|ms)\.?\s+)?"
    r"[A-ZÀ-ỸĐ][^\W\d_]*(?:\s|[),.;]|$)"
)


def names_kin(text: str) -> bool:
    """Tell whether a text says whose relative, friend or colleague somebody is, and names that one."""
    return _KIN_OF.search(text) is not None


#: Who is no single person: bodies that send somebody.
_GROUP: Final = regex(
    r"(?:doan the(?=$|[,;(]| (?:xa|phuong|thi tran|tt|khom|ap|thon|to|dia phuong|huyen|quan|tinh|tp|va|cac|\d))"
    r"|ban (?:nhan dan|chi dao|cong tac|dieu hanh|quan ly|giam hieu)|chi (?:bo|hoi|doan)"
    r"|hoi (?:phu nu|nong dan|cuu chien binh|nguoi cao tuoi|chu thap do)|doan thanh nien|ubnd|uy ban"
    r"|cong ty|cty|tap the|dai dien|khach le)\b"
)


def names_several(text: str) -> bool:
    """Tell whether a text in a column of names is of others, too: ``2 người lạ``, ``Anh Lợi + vợ``, ``Gđ chú Tám``."""
    said = fold(text)
    if text.istitle() and _BY_BIRTH.fullmatch(said):
        return False
    if _GROUP.match(said):
        return True
    return re.match(rf"(?:{_SOME}|nhom|toan bo) {_WHO}\b", said) is not None or _BESIDE_NAME.search(said) is not None


def counted_company(heading: str, texts: pd.Series) -> npt.NDArray[np.bool_]:
    """Tell in which rows a column says that others were there: ``Số người đi cùng`` 2, ``Guests`` 3, of whom it is."""
    said = fold(heading)
    if _REST.fullmatch(said):
        return told_of(texts, lambda text: not is_answer(text) and _NOBODY.fullmatch(fold(text).strip(" .")) is None)
    least = 1 if _BESIDE.fullmatch(said) else 2 if _TOGETHER.fullmatch(said) else None
    if least is None:
        return np.zeros(len(texts), dtype=bool)
    counted = texts.str.extract(r"^\s*(\d{1,2})(?:\.0)?\s*(?:[^\W\d]|\(|$)")[0]
    numbers = pd.to_numeric(counted, errors="coerce").astype("Float64")
    return (numbers >= least).fillna(False).to_numpy(dtype=bool)
