"""Who the rows of all lists of a load are: what each row says of its person, put together in one directory."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import combinations, compress
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.births import read_age
from loaders.columns.columns import Columns
from loaders.columns.references import Named, loose, read_reference
from loaders.columns.values import read_ids
from loaders.files.grid import distinct_texts
from loaders.files.headings import PEOPLE
from loaders.files.trees import PARENT
from loaders.findings import FindingLog
from loaders.options import Known, LoadOptions
from loaders.people.directory import Directory
from loaders.people.entries import UNIT, Entry, Mention, home_parts
from loaders.people.meant import Doubt
from loaders.people.namesakes import namesakes_apart, shared_numbers, unnamed_apart
from loaders.people.recorded import Recorded, recorded
from loaders.questions import NO, YES, Answers, question_id
from loaders.rows.called import is_called, put_called, was_asked
from loaders.rows.case_codes import learn_codes
from loaders.rows.cases import case_rows, discarded_rows, numbered_codes
from loaders.rows.identity import derived_ids, full_name, numbers_patients, person_ids, references, units_apart
from loaders.shapes.itinerary import NAMED
from tracing.model.rows import row_groups
from tracing.patterns import regex
from tracing.spelling import fold, is_full, phone_numbers

_CODE_FIRST: Final = regex(r"(?i)((?:bn|ca)[\s.\-]*\d+)\b")
_REFERENCES: Final = ("index", "index_2", "index_3", "sources")
_PADDED: Final = regex(r"(?i)bn[\s.-]?0\d")
_HOME: Final = ("hamlet", "commune", "address")
_ROUGH: Final = regex(r"(?i)khoảng|tầm|độ|ngoài|~")


@dataclass
class Everybody:
    """The people of a load: their directory, per sheet the id column that was used, and the ids that it gave."""

    directory: Directory
    used: dict[int, int | None] = field(default_factory=dict)
    given: dict[int, pd.Series] = field(default_factory=dict)

    def of(self, sheet: int, size: int) -> pd.Series:
        """Return the id of each row's person."""
        return self.directory.ids_of(sheet, size)


def everybody(
    sheets: Sequence[Columns], known: Known | None, *, creates: bool, answers: Answers, log: FindingLog
) -> Everybody:
    """Put everybody of the lists, the tables and the record together."""
    people = [number for number, columns in enumerate(sheets) if columns.found.layout == PEOPLE]
    if not people:
        return Everybody(Directory())
    groups, two = _decided(known)
    record = recorded(known, groups)
    on_record = set(record.ids) if record is not None else set() if known is None else known.ids("persons")
    own = [references(columns.found) if len(sheets) > 1 else set() for columns in sheets]
    out: dict[int, int | None] = {}
    idents: dict[int, pd.Series] = {}
    for number in people:
        referred = on_record.union(*(ids for i, ids in enumerate(own) if i != number))
        idents[number], out[number] = person_ids(sheets[number], referred)
    spelled, twice = _one_spelling(sheets, idents, on_record, log, record)
    mentions: list[Mention] = []
    alike: dict[int, npt.NDArray[np.int64]] = {}
    named = {number for number in people if _may_only_name(sheets[number])}
    for number, columns in enumerate(sheets):
        if columns.found.layout in ("persons", "cases"):
            mentions += _of_table(columns)
        elif columns.found.layout == PEOPLE:
            ids = idents[number].replace(spelled)
            told, alike[number] = _of_list(columns, number, ids, each=number in named)
            told, namesakes = namesakes_apart(columns, unnamed_apart(told))
            two |= namesakes
            mentions += told
    bare = [said for said in mentions if said.sheet in named and said.only_named]
    mentions = [said for said in mentions if not (said.sheet in named and said.only_named)]
    short = [said.sheet >= 0 and (is_called(said) or was_asked(sheets[said.sheet], said)) for said in mentions]
    called = list(compress(mentions, short))
    mentions = [said for said, one in zip(mentions, short, strict=True) if not one]
    answered_apart = answers.apart | two
    mentions = [*_recorded(record, on_record, mentions, sheets, answers), *mentions]
    put_together = partial(Directory, mentions, groups=groups, alike=alike, record=record)
    directory = put_together(apart=answered_apart, same=answers.same)
    pairs = {frozenset((d.one.key, d.other.key)) for d in directory.doubts} | twice
    said = {pair: answers.of(question_id("person", *sorted(pair))) for pair in pairs}
    if any(said.values()):
        same = {pair for pair, answer in said.items() if answer == YES}
        apart = {pair for pair, answer in said.items() if answer == NO}
        settled = [d for d in directory.doubts if said[frozenset((d.one.key, d.other.key))]]
        both = answered_apart | apart
        directory = put_together(apart=both, same=answers.same | same)
        directory.settled = settled
        twice -= same | apart
    directory.open = creates
    put_called(directory, sheets, called)
    _put_bare(directory, bare, answers)
    learn_codes(directory, sheets)
    for pair in twice - answers.apart - answers.same:
        one, other = (directory.entry(ident) for ident in sorted(pair))
        if one is not None and other is not None:
            directory.doubts.append(Doubt(one, other, "id"))
    return Everybody(directory, out, idents)


def _decided(known: Known | None) -> tuple[Sequence[Sequence[str]], set[frozenset[str]]]:
    """Return who on record is one person, and which pairs are known to be two, where the record says it."""
    identity = getattr(known, "identity", None)
    if identity is None:
        return (), set()
    found = identity()
    return found.groups, set(found.apart)


def _may_only_name(columns: Columns) -> bool:
    """Tell whether rows that only give a name mean somebody whom other lists tell more of: crews, tracing trees."""
    apart = columns.sheet.fact("crew") is not None or columns.sheet.fact(NAMED) is not None
    return apart or PARENT in columns.sheet.headings


def _put_bare(directory: Directory, bare: Sequence[Mention], answers: Answers) -> None:
    """Find the people of whom a list tells only the name: one person of that full name, else asked, else new."""
    for said in bare:
        if said.name is None:
            continue
        code = _CODE_FIRST.match(said.name)
        named = Named(said.name) if code is None else Named(code[1], code=True, case=True)
        found = directory.find(named, cases=said.case)
        known = [entry for key in (*found.people, *found.may_be) if (entry := directory.entry(key)) is not None]
        if len(known) == 1 and found.how in ("name", "exact", "alike"):
            directory.put(said, known[0], "name")
            continue
        new = Entry(said.ident)
        new.add(said)
        given = {entry.key: answers.of(question_id("person", *sorted((new.key, entry.key)))) for entry in known}
        same = [entry for entry in known if given[entry.key] == YES]
        why = question_id("person", *sorted((new.key, same[0].key))) if same else ""
        own = directory.put(said, same[0] if same else None, why)
        if not same:
            directory.doubts += [Doubt(own, entry, "name") for entry in known if given[entry.key] != NO]


def _one_spelling(
    sheets: Sequence[Columns],
    idents: Mapping[int, pd.Series],
    on_record: set[str],
    log: FindingLog,
    record: Recorded | None,
) -> tuple[dict[str, str], set[frozenset[str]]]:
    """Return spelling -> the one used, and pairs that may be slips; said once.

    Ids that differ only by blanks, dashes, capitals or zeros are spellings of one.
    Two rows of one sheet that differ only so stay apart: one of them may be a slip.
    """
    spellings: dict[str, set[str]] = defaultdict(set)
    for columns in sheets:
        found = columns.found
        if found.layout in ("persons", "cases"):
            for ident in read_ids(found.sheet.cells[found.reading.columns["person"]]).dropna().unique():
                spellings[loose(ident)].add(ident)
    for ident in _ids_written(sheets, idents):
        spellings[loose(ident)].add(ident)
    alike: dict[str, set[str]] = defaultdict(set)
    told = {ident for found_ids in spellings.values() for ident in found_ids}
    for ident in on_record if record is None else record.alike(told):
        alike[loose(ident)].add(ident)
    out: dict[str, str] = {}
    twice: set[frozenset[str]] = set()
    for key, found_ids in spellings.items():
        among = found_ids | alike.get(key, set())
        if len(among) < 2 or not re.search(r"[A-Z]", key):
            continue
        best = min(among, key=lambda i: (i not in on_record, i.upper() != i, bool(re.search(r"[\s.\-]", i)), len(i), i))
        out |= {ident: best for ident in found_ids if ident != best}
    for number, ids in idents.items():
        together = ids.dropna().unique()
        by_key: dict[str, list[str]] = defaultdict(list)
        for ident in together:
            by_key[loose(ident)].append(str(ident))
        for key, several in by_key.items():
            if len(several) < 2:
                continue
            if sheets[number].found.makes_cases and re.search(r"[A-Z]", key):
                twice |= {frozenset(pair) for pair in combinations(several, 2)}
            for ident in several:
                out.pop(ident, None)
        read = [i for i in together if str(i) in out]
        if read:
            columns = sheets[number]
            rows = np.flatnonzero(ids.isin(read).to_numpy(dtype=bool))
            columns.sheet.report(
                log,
                "reference.read_as",
                rows[:1].tolist(),
                column=columns.at("person"),
                severity="note",
                value=read[0],
                read=out[str(read[0])],
                count=len(rows),
            )
    return out, twice


def _ids_written(sheets: Sequence[Columns], idents: Mapping[int, pd.Series]) -> Iterator[str]:
    """Yield the ids of lists whose spelling may differ; 00034 among a hospital's patients is not the case of 34."""
    for number, ids in idents.items():
        patients = numbers_patients(sheets[number])
        for ident in map(str, ids.dropna().unique()):
            if not (patients and _PADDED.match(ident)):
                yield ident


def _recorded(
    record: Recorded | None,
    on_record: set[str],
    mentions: Sequence[Mention],
    sheets: Sequence[Columns],
    answers: Answers,
) -> Iterable[Mention]:
    """Return what is on record of those whom a load may speak of; of everybody only the ids where it is not read."""
    if record is None:
        return [Mention(ident=ident, known=True) for ident in on_record]
    named = {ident for pair in answers.same for ident in pair}
    for columns in sheets:
        for name in _REFERENCES:
            texts = distinct_texts(columns.text(name))[1] if columns.has(name) else []
            named.update(one.words for text in texts for one in read_reference(text).named)
    return record.take(record.of_mentions(mentions) | record.positions(named))


def _of_table(columns: Columns) -> Iterable[Mention]:
    case = columns.found.layout == "cases"
    ids = read_ids(columns.text("person"))
    names, numbers = columns.text("name"), columns.text("phone")
    years = pd.to_numeric(columns.text("birth_year"), errors="coerce").astype(object)
    for ident, name, phone, year in zip(ids, names, numbers, years, strict=True):
        if isinstance(ident, str):
            yield Mention(
                ident=ident,
                name=name if isinstance(name, str) else None,
                phones=phones(phone),
                years=None if pd.isna(year) else (int(year), int(year)),
                case=case,
            )


def _of_list(
    columns: Columns, number: int, ids: pd.Series, *, each: bool
) -> tuple[list[Mention], npt.NDArray[np.int64]]:
    """Return what the rows of a list say of their people, and for each row the one that stands for it.

    Rows of one id, given or made of a number, that say the same are said once, but with ``each``.
    """
    quiet = Columns(columns.found, columns.options, FindingLog())
    case = pd.Series(case_rows(quiet) & ~discarded_rows(quiet))
    born, year = quiet.birth()
    listed = list_year(columns)
    read = [ids, full_name(columns), columns.national_id(), year, columns.age(), born, quiet.choice("sex", "sex")]
    codes = columns.text("case_code").fillna(numbered_codes(columns))
    written = [columns.text("phone"), codes, *(columns.text(name) for name in ("sex", *_HOME))]
    size = len(columns.sheet)
    group, first = row_groups([*read, *written, *units_apart(columns), case], size)
    told = [texts.iloc[first].to_numpy(dtype=object) for texts in (*read, *written[:2], case)]
    homes = _homes(columns, first)
    nameless = np.flatnonzero(
        ids.iloc[first].isna().to_numpy() | (ids.iloc[first] == "").to_numpy(dtype=bool, na_value=True)
    )
    derived = dict(zip(nameless.tolist(), derived_ids(columns, born, year, first[nameless]), strict=True))
    mentions = [
        Mention(
            ident=_given(ident),
            name=_given(name),
            phones=phones(phone),
            national=_given(paper),
            years=_years(in_year, age, listed),
            born=_given(day),
            sex=_given(sex),
            homes=homes[at],
            derived=derived.get(at),
            code=_given(code),
            case=bool(is_case),
            sheet=number,
            row=int(first[at]),
        )
        for at, (ident, name, paper, in_year, age, day, sex, phone, code, is_case) in enumerate(zip(*told, strict=True))
    ]
    shared = shared_numbers(mentions)
    once = np.array([not each and (bool(said.ident) or _is_surely_one(said, shared)) for said in mentions], dtype=bool)
    by_id = once[group]
    alone = np.flatnonzero(~by_id).tolist()
    out = [said for said, is_once in zip(mentions, once.tolist(), strict=True) if is_once]
    out += [replace(mentions[at], row=row) for at, row in zip(group[alone].tolist(), alone, strict=True)]
    out.sort(key=lambda said: (not said.ident, said.row if not said.ident else 0))
    return out, np.where(by_id, first[group], np.arange(size))


def _is_surely_one(said: Mention, shared: Collection[str]) -> bool:
    """Tell whether all rows that say this are one person: by a full name and a number that few names give."""
    return said.name is not None and is_full(said.name) and bool(said.national or said.phones.difference(shared))


def _given(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def phones(text: object) -> frozenset[str]:
    """Return the telephone numbers of a cell, each as 0 and nine digits."""
    return frozenset(phone_numbers(text)) if isinstance(text, str) else frozenset()


def _years(year: object, age: object, listed: int | None) -> tuple[int, int] | None:
    if isinstance(year, int | np.integer):
        return int(year), int(year)
    if isinstance(age, str) and re.fullmatch(r"(?:19|20)\d\d", age.strip()):
        return int(age), int(age)
    old = read_age(age)[0] if isinstance(age, str) else None
    found = re.search(r"\d{1,3}", age) if isinstance(age, str) and old is None else None
    old = int(found[0]) if found is not None else old
    if old is None or listed is None:
        return None
    slack = 5 if _ROUGH.search(str(age)) else 1
    return listed - old - slack, listed - old + slack


def list_year(columns: Columns) -> int | None:
    """Return the year in which a list was written: its title before its days, else what the others of the load say."""
    fact = columns.sheet.fact("day") or columns.sheet.fact("year") or columns.sheet.fact("sample_day")
    if fact and re.match(r"\d{4}", fact):
        return int(fact[:4])
    found: set[int] = set()
    for name in ("onset", "sample", "isolation_start", "last_contact", "contact_date", "visit_start", "confirmed"):
        for text in columns.text(name).dropna().unique()[:50]:
            found |= {int(y) for y in re.findall(r"\b(20\d\d)\b", text)}
            found |= {2000 + int(y) for y in re.findall(r"/(\d\d)(?:\s|$)", text)}
    return max(found) if found else columns.sheet.dates.year


def _homes(columns: Columns, rows: npt.NDArray[np.int64]) -> list[frozenset[str]]:
    """Return where the people of rows live: hamlet and commune without unit words, a commune marked with ``*``."""
    fact = next((f.value for f in columns.sheet.facts if f.name == "commune" and f.source == "title"), None)
    parts = [columns.text(name).iloc[rows].to_numpy(dtype=object) for name in _HOME]
    told: dict[tuple[object, ...], frozenset[str]] = {}
    out = []
    for hamlet, commune, address in zip(*parts, strict=True):
        said = hamlet, commune, address
        if said not in told:
            told[said] = _home(hamlet, commune, address, fact)
        out.append(told[said])
    return out


def _home(hamlet: object, commune: object, address: object, fact: str | None) -> frozenset[str]:
    said = set(home_parts(address)) if isinstance(address, str) else set()
    if isinstance(hamlet, str):
        said |= {UNIT.sub("", fold(hamlet))}
    if isinstance(commune, str):
        said |= {UNIT.sub("", fold(commune)), f"*{UNIT.sub('', fold(commune))}"}
    elif fact is not None and not any(part.startswith("*") for part in said):
        said |= {UNIT.sub("", fold(fact))}
    return frozenset(said - {""})


def declares(columns: Columns) -> bool:
    """Tell whether a sheet puts people on record (a contact list alone does not)."""
    return columns.found.layout in ("persons", "cases") or (columns.found.layout == PEOPLE and not columns.has("index"))


def creates_people(options: LoadOptions, known: Known | None, sheets: Sequence[Columns]) -> bool:
    """Tell whether everybody who is only mentioned is put on record: said so, or nobody at all is listed anywhere."""
    if options.create_people is not None:
        return options.create_people
    return not any(declares(columns) for columns in sheets) and not (known is not None and known.holds("persons"))
