"""Contact trees in a text: whom somebody met is told by how far their line is indented below another's.

``BN34 Lê Một (1985)``, below it ``- Lê Hai (1988), vợ, tx 26/10`` and below that ``+ Lê Ba (1990)``: F0, F1, F2. The
nearest line above that is indented less is the parent; its row becomes a cell, ``↑12``, as in other trees. Levels are
told by blanks, tabs or drawn lines, else by repeated signs (``--``) or by numbers (``1.2.1``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from loaders.code_words import CASE_CODE, NAMED_CODE, plain_code
from loaders.columns.bracketed import people_of_text
from loaders.columns.circumstances import read_circumstances
from loaders.columns.gathering import FIRST, LAST
from loaders.columns.of_text import list_of_text
from loaders.columns.person_line import (
    AGE,
    CODE,
    DAYS,
    HEADINGS,
    KIND,
    LEVEL,
    NAME,
    PHONE,
    REMARK,
    SEX,
    TOGETHER,
    YEAR,
    tells_something,
)
from loaders.files.body import is_footer
from loaders.files.chat import CHAT
from loaders.files.grid import Document, Line, Sheet
from loaders.files.indents import signs_of
from loaders.files.spelt import Spelt
from loaders.files.titles import read_facts
from loaders.files.trees import PARENT, UP
from loaders.findings import FindingLog
from loaders.shapes.titled import told_in_text
from tracing.patterns import regex
from tracing.spelling import fold

#: Signs before the words of a line, the number of an item, the tier.
_MARKS: Final = regex(r"^[\s│┃║├└┌┬─━┣┗╠╚═╰╭|+`'\\>*•●▪▸►→○–—-]*")
_NUMBER: Final = regex(r"\(?(?P<number>\d{1,2}(?:\.\d{1,2}){0,5})(?:\s?[.):/]\s*(?![\d/])|\.?\s+(?=[^\W\d_]))")
_LETTER: Final = regex(r"\(?[a-zđ]\s?[.)]\s+")
_TIER: Final = regex(r"\(?[Ff]\s?(?P<tier>[0-5])(?:[.\- ]?\d{1,2})?\)?(?:\s*[:.)–-]\s*|\s+(?=[A-ZÀ-ỸĐ]))(?=\S)")
#: The code that somebody has got, behind a sign or the word for it; alone in brackets behind the name of a case.
_OWN_CODE: Final = Spelt(
    r"(?:[(\[,;–]|\s-|={1,3}>|-{1,3}>|[→⇒]|(?<!\w)(?i:thành(?: ca| F0)?|nay là|mã(?: số)?|dương tính))\s*"
    r"(?:(?i:là|ca|F0)\s*:?\s*)?"
    rf"(?P<code>{CASE_CODE})\s*(?:[)\]]|(?=\s*[,;.]|$))"
)
#: When they met, as such a line says it: the day is not always right behind the word.
_MET: Final = Spelt(
    r"(?i)(?<!\w)(?:(?:ngày )?(?:tiếp xúc|tx|gặp))(?P<last>\s(?:lần )?(?:sau )?cuối(?: cùng)?)?"
    r"(?:\s(?:lần|gần|ngày|hôm|vào))*\s*:?\s*"
    r"(?=(?:(?:sáng|trưa|chiều|tối|đêm)\s+)?(?:ngày\s+)?\d{1,2}/\d)"
)
#: That the days of a tree are those of the last contact, as the lines above it say once.
_LAST: Final = regex(r"\b(?:tiep xuc|tx)\b[^.;:]{0,30}\b(?:sau cung|cuoi)\b|\bngay cuoi\b")
_ABOUT: Final = regex(r"\bf ?[0-3]\b|truy vet|chuoi|lay nhiem|so do|tracing|contact|tiep xuc|\btx\b")
#: That nobody was met, or none is known yet.
_NOBODY: Final = regex(r"\W*(?:khong|chua|ko)\b(?: \w+){0,3} (?:f ?\d|tiep xuc|tx|ai|nguoi nao|gi)\b[^\d]*")
_SUM: Final = regex(r"\W*(?:tong|cong|nguoi (?:lap|bao|ve|dieu tra)|noi nhan|ghi chu|luu y|chu thich|ky ten)\b")
_GROUP_DAY: Final = regex(r"(?<![\d/])\d{1,2}/\d{1,2}(?:/20\d\d)?(?![\d/])")
_GROUP_ON: Final = regex(rf"(?i)(?:\s*(?:ngày|hôm))?\s*{_GROUP_DAY.pattern}")
_TOLD: Final = frozenset({YEAR, AGE, PHONE, CODE})
#: A line that only says of which tier those below it are, without accents.
_TIER_ALONE: Final = regex(r"\W*(?:danh sach |cac |nhung )?f ?\d(?: \(?\d+ nguoi\)?)?\W*")
_BARE: Final = frozenset({NAME, SEX})
#: A line below somebody that begins with a further name says no more of them.
_NAMED: Final = regex(r"(?!(?:SĐT|SDT|ĐT|ĐC|TT|TP|KQ|XN)\b)[A-ZÀ-ỸĐ][^\W\d_]*\s[A-ZÀ-ỸĐ][^\W\d_]*(?=\W|$)")
_AND: Final = regex(r"\s+(?:và|&)\s+")
_FEWEST: Final = 3
#: Of a sheet, a line of a tree has a cell or two; most rows of a table have more.
_MOST_CELLS: Final = 2


@dataclass
class _Node:
    """A line of a tree: how deep it stands, the line below which it does, who it names."""

    row: int
    depth: int
    text: str
    tier: int | None
    people: list[dict[str, str]]
    parent: _Node | None = None

    def met(self) -> _Node | None:
        """Return the nearest line above that names people."""
        above = self.parent
        while above is not None and not above.people:
            above = above.parent
        return above

    def level(self) -> int:
        """Return how many people stand above this line, one below the other."""
        above = self.met()
        return 0 if above is None else above.level() + 1


@dataclass(frozen=True)
class _Tree:
    """The lines above a tree, its own, and those below or between that are none of it."""

    above: Sequence[Line]
    nodes: Sequence[_Node]
    below: Sequence[Line]

    def coded(self) -> bool:
        """Tell whether a line below none other says that its person is a case."""
        return any(_is_case(node) for node in self.nodes if node.people and node.met() is None)


def read_branches(document: Document, log: FindingLog) -> list[Sheet] | None:
    """Return the list that a contact tree becomes; None of a text that is none."""
    wide = sum(len(line.texts) > _MOST_CELLS for line in document.lines)
    if any(fact.name == CHAT.name for fact in document.facts) or wide * 4 > len(document.lines):
        return None
    tree = next((found for told in _DEPTHS if (found := _tree(document.lines, told)) is not None), None)
    words = [] if tree is None else [*(line.text for line in tree.above), document.file]
    about = any(_ABOUT.search(fold(text)) for text in words)
    about |= tree is not None and sum(node.tier is not None for node in tree.nodes) >= _FEWEST
    if tree is None or not (about or (tree.coded() and _tells_days(tree.nodes))):
        return None
    case, last = _case_above(tree), any(_LAST.search(fold(text)) for text in words)
    rows: list[tuple[int, dict[str, str | None]]] = []
    for node in tree.nodes:
        level, met = _whom(node, case, sure=_is_case(node) or not tree.coded())
        rows += [(node.row, _cells(one, node, level, met, last=last)) for one in node.people]
    unread = [line for line in tree.below if not _passes(line.text) and tells_something(line.text)]
    rows += [(line.row, {REMARK: line.text.strip()}) for line in unread]
    year = (fact for fact in document.facts if fact.name == "year")
    facts = (*year, *read_facts(tree.above, None, document.file))
    passed = {"remark": len(tree.below) - len(unread)} if len(tree.below) > len(unread) else {}
    more = {"facts": facts, "titles": tuple(tree.above), "passed": passed}
    sheet = list_of_text(document, [*HEADINGS, FIRST, LAST, PARENT], rows, said=facts, **more)
    sheet.report(log, "contact.titled", count=sum(PARENT in cells for _, cells in rows), words="F0, F1")
    return [sheet]


def trees_apart(document: Document) -> tuple[list[Document], Document]:
    """Return the contact trees that messages of a chat draw, each with its F0 first, and the chat without them.

    A text that is no chat has none. The line of the F0 stays in the chat, which may go on to tell of it.
    """
    if all(fact.name != CHAT.name for fact in document.facts):
        return [], document
    trees: list[list[Line]] = []
    root: int | None = None
    for line in document.lines:
        node = _node(line, line.indent)
        if node.people and node.tier == 0:
            root = line.indent
            trees.append([line])
        elif root is not None and node.people and node.tier and line.indent > root:
            trees[-1].append(line)
        else:
            root = None
    drawn = [tree for tree in trees if len(tree) >= _FEWEST]
    taken = {line.row for tree in drawn for line in tree[1:]}
    facts = tuple(fact for fact in document.facts if fact.name != CHAT.name)
    rest = tuple(line for line in document.lines if line.row not in taken)
    found = [replace(document, lines=tuple(tree), facts=facts) for tree in drawn]
    return found, replace(document, lines=rest)


# ------------------------------------------------------------------------------------------------ lines and levels


def _by_indent(line: Line) -> int:
    return line.indent


def _by_signs(line: Line) -> int:
    return signs_of(line.text)


def _by_number(line: Line) -> int:
    """Return how many numbers stand before a line, ``1.2.1``; 0 of one without."""
    number = _NUMBER.match(_MARKS.sub("", line.text))
    return 0 if number is None else number["number"].count(".") + 1


_DEPTHS: Final[tuple[Callable[[Line], int], ...]] = (_by_indent, _by_signs, _by_number)


def _tree(lines: Sequence[Line], depth: Callable[[Line], int]) -> _Tree | None:
    """Return a tree with the lines above and below it; None where nobody stands below another."""
    depths = [depth(line) for line in lines]
    begin = next((at for at in range(len(lines)) if _begins(lines, depths, at)), None)
    if begin is None:
        return None
    begin -= begin > 0 and depths[begin - 1] < depths[begin] and lines[begin - 1].text.endswith(":")  # "Gia đình:"
    nodes: list[_Node] = []
    outside: list[Line] = []
    open_: list[_Node] = []
    for at, (line, deep) in enumerate(zip(lines[begin:], depths[begin:], strict=True), start=begin):
        while open_ and open_[-1].depth >= deep:
            open_.pop()
        node = _node(line, deep)
        deeper = at + 1 < len(lines) and depths[at + 1] > deep
        if not node.people and not open_ and not (node.text.endswith(":") and deeper):
            outside.append(line)
            continue
        node.parent = open_[-1] if open_ else None
        if not node.people and not deeper:
            if node.parent is None or not node.parent.people or not _go_on(node.parent, node.text):
                outside.append(line)
            continue
        nodes.append(node)
        open_.append(node)
    people = [node for node in nodes if node.people]
    if len(people) < _FEWEST or not any(node.level() for node in people):
        return None
    return _Tree(lines[:begin], nodes, outside)


def _begins(lines: Sequence[Line], depths: Sequence[int], at: int) -> bool:
    """Tell whether a tree begins with a line: it says who somebody is, and others stand below it or beside it."""
    people = _node(lines[at], depths[at]).people
    if not people or at + 1 == len(lines) or depths[at + 1] < depths[at]:
        return False
    if len(people) == 1 and set(people[0]) <= _BARE:
        return depths[at + 1] > depths[at] and _ABOUT.search(fold(lines[at].text)) is None
    return all(_TOLD & set(one) for one in people)


def _node(line: Line, depth: int) -> _Node:
    """Return a line with the people whom it names, without its signs, its number and the tier before the name."""
    text = _MARKS.sub("", line.text.strip())
    numbered = _NUMBER.match(text) or _LETTER.match(text)
    text = text if numbered is None else text[numbered.end() :]
    tiered = _TIER.match(text)
    rest = text if tiered is None else text[tiered.end() :]
    return _Node(line.row, depth, text, None if tiered is None else int(tiered["tier"]), _people(rest))


def _people(text: str) -> list[dict[str, str]]:
    """Return the people whom a line of a tree names, with the code that one has got."""
    codes = list(NAMED_CODE.finditer(text))
    own = _OWN_CODE.of(text).search(text) if len(codes) == 1 else None
    bare = text if own is None else f"{text[: own.start()]}, {text[own.end() :]}".strip(" ,")
    met = _MET.of(bare).search(bare)
    bare = bare if met is None else f"{bare[: met.start()]}{bare[met.end() :]}"
    people = [] if bare.endswith(":") else people_of_text(bare) or people_of_text(bare, called=True)
    several = [] if people else [people_of_text(part) for part in _AND.split(bare)]
    people = [one for part in several for one in part] if several and all(several) else people
    if not people and len(codes) == 1 and codes[0].start() == 0 and len(codes[0][0]) == len(text.rstrip(" .,:")):
        return [{CODE: plain_code(codes[0][0])}]
    if own is not None and len(people) == 1:
        people[0].setdefault(CODE, plain_code(own["code"]))
    if met is not None and met["last"]:
        for one in people:
            one.update({LAST: one.pop(DAYS)} if DAYS in one else {})
    return people


def _go_on(node: _Node, text: str) -> bool:
    """Tell whether a line below somebody says more of them, or that they met nobody: it is put to what is told."""
    if _NOBODY.fullmatch(fold(text)):
        return True
    more = _people(f"{node.people[-1].get(NAME) or 'Lê Văn Tư'}, {text.strip(' ()')}")
    if len(more) != 1 or _NAMED.match(text):
        return False
    remarks = [cells[REMARK] for cells in (node.people[-1], more[0]) if REMARK in cells]
    node.people[-1] = {**more[0], **node.people[-1], **({REMARK: ", ".join(remarks)} if remarks else {})}
    return True


def _passes(text: str) -> bool:
    """Tell whether a line below a tree is its sum, its signature or a remark on it."""
    return is_footer(text) or _SUM.match(fold(text)) is not None


# ------------------------------------------------------------------------------------------------ whom they met


def _is_case(node: _Node) -> bool:
    return node.tier == 0 or any(CODE in one for one in node.people)


def _case_above(tree: _Tree) -> str | None:
    """Return the one case that the lines above a tree name, where the tree does not begin with it."""
    told = {case for line in tree.above for _, case in told_in_text(line.text)}
    codes = {plain_code(code) for line in tree.above for code in NAMED_CODE.findall(line.text)}
    case = told.pop() if len(told) == 1 else codes.pop() if len(codes) == 1 and not told else None
    roots = [one for node in tree.nodes if node.met() is None for one in node.people]
    first = "" if case is None else case.partition("(")[0].rstrip(" -–,.;:")
    own = any(CODE in one or fold(one.get(NAME, "")) == fold(first) for one in roots)
    return None if own or any(node.tier == 0 for node in tree.nodes) else case


def _whom(node: _Node, case: str | None, *, sure: bool) -> tuple[int | None, str | None]:
    """Return the tier of a line and whom its people met; the latter is open where lines and tiers disagree."""
    above = node.met()
    level = node.level() + (case is not None)
    if node.tier is not None and node.tier != level:
        return node.tier, None
    if above is None:
        return (1, case) if case is not None else (0 if sure else None, None)
    if len(above.people) == 1:
        return level, f"{UP}{above.row}"
    return level, "; ".join(f"{one[NAME]} ({one[YEAR]})" if YEAR in one else one.get(NAME, "") for one in above.people)


def _cells(
    one: dict[str, str], node: _Node, level: int | None, met: str | None, *, last: bool
) -> dict[str, str | None]:
    """Return the cells of somebody, with what the lines say below which they stand."""
    cells: dict[str, str | None] = dict(one)
    if level is not None:
        cells[LEVEL] = f"F{min(level, 5)}"
    if met is not None:
        cells[PARENT] = met
    group = node.parent
    while group is not None and not group.people:
        _of_group(cells, group.text.strip(" :"))
        group = group.parent
    if last and DAYS in cells and LAST not in cells and level != 0 and _GROUP_DAY.fullmatch(cells[DAYS] or ""):
        cells[LAST] = cells.pop(DAYS)
    return cells


def _of_group(cells: dict[str, str | None], words: str) -> None:
    """Put into the cells of somebody what the line says below which they stand with others: ``Đám giỗ ngày 1/8:``."""
    days = _GROUP_DAY.findall(words)
    if len(days) == 1 and not {DAYS, LAST} & set(cells):
        cells[DAYS] = days[0]
        words = _GROUP_ON.sub("", words).strip(" ,(–-")
    if not _TIER_ALONE.fullmatch(fold(words)):
        cells[REMARK] = ", ".join(part for part in (words, cells.get(REMARK)) if part)
    if read_circumstances(words).kind == "household":
        cells.setdefault(KIND, TOGETHER)


def _tells_days(nodes: Sequence[_Node]) -> bool:
    """Tell whether the people below others were met on days that their lines tell."""
    below = [one for node in nodes if node.met() is not None for one in node.people]
    return sum(bool({DAYS, LAST} & set(one)) for one in below) * 2 >= len(below)
