"""Words of the synthetic province: names of nobody in particular, occupations, place names.

The lists are common Vietnamese name parts, combined at random; a match with a real person would be chance.
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

Language = Literal["vi", "en"]

FAMILY_NAMES: Final = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Huỳnh",
    "Võ",
    "Phan",
    "Trương",
    "Bùi",
    "Đặng",
    "Đỗ",
    "Ngô",
    "Hồ",
    "Dương",
    "Lý",
    "Lâm",
    "Thạch",
    "Danh",
    "Kim",
    "Châu",
    "Mai",
    "Tô",
    "Quách",
    "Lưu",
    "Tạ",
    "Đoàn",
    "Trịnh",
    "Cao",
    "Hứa",
    "Giang",
)
FAMILY_WEIGHTS: Final = (
    30,
    12,
    10,
    8,
    7,
    5,
    5,
    4,
    3,
    3,
    3,
    3,
    3,
    3,
    3,
    3,
    2,
    2,
    1,
    2,
    2,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
)
MIDDLE_MALE: Final = (
    "Văn",
    "Hoàng",
    "Minh",
    "Hữu",
    "Quốc",
    "Thanh",
    "Chí",
    "Trung",
    "Đức",
    "Công",
    "Tấn",
    "Phước",
    "Hải",
    "Nhật",
)
MIDDLE_FEMALE: Final = (
    "Thị",
    "Ngọc",
    "Thị Ngọc",
    "Kim",
    "Mỹ",
    "Bích",
    "Thị Kim",
    "Thanh",
    "Tuyết",
    "Hồng",
    "Cẩm",
    "Thị Mỹ",
    "Diễm",
    "Thùy",
)
GIVEN_MALE: Final = (
    "An",
    "Bảo",
    "Bình",
    "Cường",
    "Chiến",
    "Dũng",
    "Duy",
    "Đạt",
    "Đông",
    "Giàu",
    "Hậu",
    "Hiếu",
    "Hòa",
    "Hùng",
    "Khánh",
    "Khoa",
    "Khởi",
    "Lâm",
    "Lộc",
    "Long",
    "Luân",
    "Mẫn",
    "Nam",
    "Nghĩa",
    "Nhân",
    "Phát",
    "Phong",
    "Phú",
    "Quân",
    "Quý",
    "Sơn",
    "Tài",
    "Tâm",
    "Thái",
    "Thành",
    "Thiện",
    "Thịnh",
    "Tính",
    "Toàn",
    "Trí",
    "Tú",
    "Tuấn",
    "Vinh",
    "Vũ",
)
GIVEN_FEMALE: Final = (
    "Ánh",
    "Bé",
    "Chi",
    "Diệu",
    "Duyên",
    "Đào",
    "Giang",
    "Hà",
    "Hạnh",
    "Hằng",
    "Hiền",
    "Hoa",
    "Huệ",
    "Hương",
    "Kiều",
    "Lan",
    "Liên",
    "Linh",
    "Loan",
    "Ly",
    "Mai",
    "Mến",
    "Nga",
    "Ngân",
    "Nhi",
    "Nhung",
    "Như",
    "Oanh",
    "Phượng",
    "Quyên",
    "Sương",
    "Tâm",
    "Thảo",
    "Thắm",
    "Thơ",
    "Thu",
    "Thúy",
    "Tiên",
    "Trang",
    "Trinh",
    "Tuyền",
    "Uyên",
    "Xuân",
    "Yến",
)

OCCUPATIONS: Final[dict[str, tuple[str, str]]] = {
    "child": ("Trẻ nhỏ", "Small child"),
    "pupil": ("Học sinh", "Pupil"),
    "farmer": ("Nuôi tôm", "Shrimp farmer"),
    "factory": ("Công nhân thủy sản", "Seafood factory worker"),
    "trader": ("Buôn bán", "Trader"),
    "office": ("Nhân viên văn phòng", "Office worker"),
    "teacher": ("Giáo viên", "Teacher"),
    "health": ("Nhân viên y tế", "Health worker"),
    "driver": ("Tài xế", "Driver"),
    "fisher": ("Ngư dân", "Fisher"),
    "labourer": ("Lao động tự do", "Day labourer"),
    "home": ("Nội trợ", "At home"),
    "retired": ("Già yếu", "Retired"),
}
"""Occupation key to its words in Vietnamese and English."""

PLACE_WORDS: Final[dict[str, tuple[str, str]]] = {
    "market": ("Chợ", "Market"),
    "cafe": ("Quán cà phê", "Café"),
    "restaurant": ("Nhà hàng tiệc cưới", "Wedding restaurant"),
    "grocery": ("Tạp hóa", "Grocery"),
    "pharmacy": ("Nhà thuốc", "Pharmacy"),
    "clinic": ("Trạm y tế", "Health station"),
    "hospital": ("Bệnh viện", "Hospital"),
    "pagoda": ("Chùa", "Pagoda"),
    "church": ("Nhà thờ", "Church"),
    "school": ("Trường", "School"),
    "factory": ("Xí nghiệp chế biến thủy sản", "Seafood factory"),
    "office": ("Văn phòng", "Office"),
    "vehicle": ("Xe khách", "Coach"),
    "boat": ("Đò", "Passenger boat"),
    "centre": ("Khu cách ly", "Quarantine centre"),
}
"""Place kind to the word with which its name begins, in Vietnamese and English. A boat is a place of kind vehicle."""

OWN_NAMES: Final = (
    "Hương Tràm",
    "Gió Biển",
    "Hoa Đước",
    "Sông Quê",
    "Ba Khía",
    "Bông Súng",
    "Cây Mắm",
    "Rạch Mới",
    "Đầm Sen",
    "Nắng",
    "Hải Âu",
    "Phù Sa",
    "Mùa Nước",
    "Cánh Cò",
    "Bình Minh",
    "Bến Đò",
    "Hoàng Hôn",
    "Vàm Rạch",
    "Mé Sông",
    "Vườn Chim",
)
RURAL_HAMLETS: Final = (
    "Kinh Mới",
    "Rạch Giữa",
    "Cây Gừa",
    "Vàm Xáng",
    "Bàu Sen",
    "Xẻo Đước",
    "Kinh Ngang",
    "Rạch Ráng Cũ",
    "Cái Nhum",
    "Đường Xuồng",
    "Bào Súng",
    "Lung Tràm",
    "Giồng Nổi",
    "Kinh Đào",
    "Mương Củi",
    "Tràm Một",
    "Xóm Lưới",
    "Rạch Tôm",
)


def word(pair: tuple[str, str], language: Language) -> str:
    """Return the Vietnamese or the English word of ``pair``."""
    return pair[0] if language == "vi" else pair[1]


def family_indices(rng: np.random.Generator, count: int) -> NDArray[np.int64]:
    """Draw ``count`` indices into :data:`FAMILY_NAMES` by their frequency."""
    weights = np.array(FAMILY_WEIGHTS, dtype=float)
    return rng.choice(len(FAMILY_NAMES), count, p=weights / weights.sum()).astype(np.int64)


def full_names(rng: np.random.Generator, family: NDArray[np.int64], male: NDArray[np.bool_]) -> list[str]:
    """Return one full name per person: ``family`` name index, and middle and given names by sex."""
    count = len(family)
    middle = rng.integers(0, 1 << 30, count)
    given = rng.integers(0, 1 << 30, count)
    return [
        f"{FAMILY_NAMES[f]} {MIDDLE_MALE[m % len(MIDDLE_MALE)]} {GIVEN_MALE[g % len(GIVEN_MALE)]}"
        if is_male
        else f"{FAMILY_NAMES[f]} {MIDDLE_FEMALE[m % len(MIDDLE_FEMALE)]} {GIVEN_FEMALE[g % len(GIVEN_FEMALE)]}"
        for f, m, g, is_male in zip(family.tolist(), middle.tolist(), given.tolist(), male.tolist(), strict=True)
    ]
