"""Reading a policy from TOML text: everything that is wrong is found before anything is said."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar, get_args

from tracing.errors import InputError
from tracing.model.schema import CONTACT_KINDS, OUTBREAK_LEVELS
from tracing.policy.fields import (
    FieldReader,
    read_items,
    read_note,
    read_quantity,
    read_source,
    read_text,
    read_validity,
)
from tracing.policy.model import (
    ALL_STAY_OPEN,
    Anchor,
    Clause,
    Closing,
    CoPresence,
    CountingFrom,
    Definition,
    EndEvent,
    F1Class,
    MinutesByMask,
    OpenContact,
    Policy,
    Prophylaxis,
    Quantity,
    QuarantineGroup,
    QuarantinePlace,
    QuarantineRule,
    RuleText,
    StaysOpen,
    Window,
    WindowRule,
)
from tracing.policy.stays import ASSUMED_STAYS
from tracing.text import catalogue, join, plain_words
from tracing.times import DAY

_, _n = catalogue("tracing")

_T = TypeVar("_T")

_TIME_UNITS: Final = ("day", "hour", "minute")
_SHORT_UNITS: Final = ("hour", "minute")
_SOURCE_KEYS: Final = ("source", "grade", "note")
_POLICY_KEYS: Final = (
    *("id", "family", "disease", "title", "document", "valid_from", "valid_to", "window", "linger", "stays", "clauses"),
    *("deepest_tier", "immune_excluded", "co_present", "quarantine", "definitions", "prophylaxis", "notes"),
)
_CLAUSE_KEYS: Final = (
    *("id", "text", "kinds", "place_kinds", "distance_max", "closed_space", "physical", "protected", "minutes"),
    *("cumulative_hours", "seat_rows", "f1_class", *_SOURCE_KEYS),
)
_CONDITIONS: Final = (*_CLAUSE_KEYS[2:9], "seat_rows")
_QUARANTINE_KEYS: Final = (
    *("group", "tier", "f1_class", "levels", "cases_within", "vaccinated", "doses", "place", "days"),
    *("monitoring_days", "test_days", "monitoring_tests", "counting_from", "until", "alternative"),
    *("valid_from", "valid_to", *_SOURCE_KEYS),
)
_QUARANTINE_OPTIONAL: Final = (
    *("group", "tier", "f1_class", "levels", "cases_within", "vaccinated", "doses", "test_days"),
    *("monitoring_tests", "until"),
    *("alternative", "valid_from", "valid_to", "note"),
)


def parse_toml(text: str, name: str) -> dict[str, Any]:
    """Return the TOML text as a dictionary; an :class:`InputError` that says the line if it is not TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            _("rule {name} is not TOML: {error}", name=name, error=str(error)),
            fix=_("correct that line; https://toml.io shows how a TOML file is written"),
        ) from None


def read_policy(raw: Mapping[str, Any], *, name: str, digest: str) -> Policy:
    """Build the policy of a parsed TOML file.

    Parameters
    ----------
    raw
        The tables of the file, after ``extends`` was resolved.
    name
        What messages call it; also the id where the file gives none.
    digest
        Hash of the text.

    Raises
    ------
    InputError
        If any field is wrong, missing or unknown: one line for each.
    """
    reader = FieldReader()
    policy = _policy(reader, {"id": name, **raw}, digest)
    if policy is not None and not reader.findings:
        _check_whole(reader, policy)
    if reader.findings or policy is None:
        raise _error(reader, name)
    return policy


def _error(reader: FieldReader, name: str) -> InputError:
    count = len(reader.findings)
    lines = join((join([f"\n  {item.field}: ", item.text], "") for item in reader.findings), "")
    return InputError(
        _n(
            "rule {name}: {n} field is wrong{lines}",
            "rule {name}: {n} fields are wrong{lines}",
            count,
            name=name,
            n=count,
            lines=lines,
        ),
        fix=_("correct these fields; `truyvet policies show vn-3638` shows a complete rule"),
    )


def _policy(reader: FieldReader, raw: Mapping[str, Any], digest: str) -> Policy | None:
    optional = (
        *("valid_from", "valid_to", "stays", "co_present", "quarantine", "definitions", "prophylaxis", "notes"),
        "document",
    )
    table = reader.table(raw, "", _POLICY_KEYS, optional=optional)
    window = _window(reader, table.get("window"))
    linger = read_quantity(reader, table.get("linger"), "linger", _SHORT_UNITS)
    stays = _stays(reader, table.get("stays"))
    deepest = read_quantity(reader, table.get("deepest_tier"), "deepest_tier", ("tier",), low=1, high=6, whole=True)
    valid_from, valid_to = read_validity(reader, table, "")
    clauses = read_items(reader, table.get("clauses"), "clauses", _clause)
    if "clauses" in table and not clauses and not reader.found_under("clauses"):
        reader.wrong("clauses", _("is empty; a rule needs at least one"))
    co_present = _co_presence(reader, table.get("co_present"))
    quarantine = read_items(reader, table.get("quarantine", []), "quarantine", _quarantine)
    definitions = read_items(reader, table.get("definitions", []), "definitions", _definition)
    prophylaxis = read_items(reader, table.get("prophylaxis", []), "prophylaxis", _prophylaxis)
    notes = read_items(reader, table.get("notes", []), "notes", read_text)
    texts = {key: reader.text(table, key, "") for key in ("id", "family")}
    disease, title = (read_text(reader, table.get(key), key) for key in ("disease", "title"))
    immune = reader.flag(table, "immune_excluded", "")
    if window is None or linger is None or deepest is None or disease is None or title is None:
        return None
    return Policy(
        id=texts["id"],
        family=texts["family"],
        disease=disease,
        title=title,
        document=reader.text(table, "document", "") if "document" in table else "",
        valid_from=valid_from,
        valid_to=valid_to,
        window=window,
        linger=linger,
        stays=stays,
        clauses=clauses,
        deepest_tier=deepest,
        immune_excluded=bool(immune),
        co_present=co_present,
        quarantine=quarantine,
        definitions=definitions,
        prophylaxis=prophylaxis,
        notes=notes,
        digest=digest,
    )


def _check_whole(reader: FieldReader, policy: Policy) -> None:
    """What only shows when the fields are seen together."""
    seen: set[str] = set()
    for clause in policy.clauses:
        if clause.id in seen:
            reader.wrong(f"clauses[{clause.id}].id", _("is there twice"))
        seen.add(clause.id)
    for kind, stay in policy.stays.items():
        if policy.linger.seconds + stay.seconds > DAY:
            total = (policy.linger.seconds + stay.seconds) / 3600
            reader.wrong(
                f"stays.{kind}",
                _("stay and linger are {total} hours together; allowed: at most 24", total=plain_words(total)),
            )
    if policy.window.source_known is not None and policy.window.asymptomatic is None:
        reader.wrong("window.source_known", _("needs window.asymptomatic, for cases whose source is not known"))
    finding, shorter = policy.window.source_finding, policy.window.asymptomatic
    if finding is not None and (shorter is None or finding.seconds <= shorter.before.seconds):
        reader.wrong("window.source_finding", _("needs window.asymptomatic with a shorter time before"))
    for number, rule in enumerate(policy.quarantine, start=1):
        if rule.f1_class is not None and not policy.has_classes:
            reader.wrong(f"quarantine[{number}].f1_class", _('needs a clause with f1_class = "far"'))
        if rule.tier > policy.depth:
            reader.wrong(
                f"quarantine[{number}].tier",
                _("found {tier}; the deepest tier is {depth}", tier=rule.tier, depth=policy.depth),
            )


def _window_rule(reader: FieldReader, raw: object, field: str) -> WindowRule | None:
    if raw is None:
        return None
    table = reader.table(raw, field, ("anchors", "before", "after"), optional=("after",))
    anchors = reader.choices(table, "anchors", field, get_args(Anchor))
    before = read_quantity(reader, table.get("before"), f"{field}.before", _TIME_UNITS)
    after = read_quantity(reader, table.get("after"), f"{field}.after", _TIME_UNITS)
    return None if before is None else WindowRule(anchors, before, after)


def _window(reader: FieldReader, raw: object) -> Window | None:
    if raw is None:
        return None
    optional = ("asymptomatic", "source_known", "source_finding", "stays_open", "end_ct_above")
    table = reader.table(raw, "window", ("symptomatic", "end_events", "latent", *optional), optional=optional)
    symptomatic = _window_rule(reader, table.get("symptomatic"), "window.symptomatic")
    asymptomatic = _window_rule(reader, table.get("asymptomatic"), "window.asymptomatic")
    source_known = read_quantity(reader, table.get("source_known"), "window.source_known", _TIME_UNITS)
    finding = read_quantity(reader, table.get("source_finding"), "window.source_finding", ("day",), whole=True)
    latent = read_quantity(reader, table.get("latent"), "window.latent", _TIME_UNITS)
    end_ct = read_quantity(reader, table.get("end_ct_above"), "window.end_ct_above", ("cycle",), high=50)
    closings = read_items(reader, table.get("end_events"), "window.end_events", _closing)
    stays_open = _stays_open(reader, table.get("stays_open"))
    if symptomatic is None or latent is None:
        return None
    return Window(
        symptomatic=symptomatic,
        asymptomatic=asymptomatic,
        source_known=source_known,
        closings=closings,
        end_ct_above=end_ct,
        latent=latent,
        stays_open=stays_open,
        source_finding=finding,
    )


def _closing(reader: FieldReader, raw: object, field: str) -> Closing | None:
    table = reader.table(raw, field, ("event", *_SOURCE_KEYS), optional=("note",))
    event: EndEvent | None = reader.choice(table, "event", field, get_args(EndEvent))
    source, grade = read_source(reader, table, field)
    return None if event is None else Closing(event, source, grade, read_note(reader, table, field))


def _stays_open(reader: FieldReader, raw: object) -> StaysOpen:
    if raw is None:
        return ALL_STAY_OPEN
    field = "window.stays_open"
    table = reader.table(raw, field, ("contacts", *_SOURCE_KEYS), optional=("note",))
    contacts = reader.choices(table, "contacts", field, get_args(OpenContact)) if table.get("contacts") else ()
    return StaysOpen(contacts, *read_source(reader, table, field), read_note(reader, table, field))


def _stays(reader: FieldReader, raw: object) -> dict[str, Quantity]:
    """Read the file's own lengths of stay; all others are those assumed for every rule."""
    if raw is not None and not isinstance(raw, Mapping):
        reader.found("stays", raw, _("a table of durations by place kind"))
        return {}
    own = raw or {}
    found = {kind: read_quantity(reader, own[kind], f"stays.{kind}", _SHORT_UNITS) for kind in own}
    known = {kind: quantity for kind, quantity in found.items() if quantity is not None}
    return dict(sorted({**ASSUMED_STAYS, **known}.items()))


def _minutes(reader: FieldReader, raw: object, field: str) -> MinutesByMask | None:
    """Read the mask table; one plain quantity is the same minimum whatever the masks."""
    if raw is None:
        return None
    if isinstance(raw, Mapping) and not {"both", "one", "none"} & set(raw):
        plain = read_quantity(reader, raw, field, ("minute",))
        return None if plain is None else MinutesByMask(plain, plain, plain)
    table = reader.table(raw, field, ("both", "one", "none"), optional=("both", "one", "none"))
    both, one, none = (
        read_quantity(reader, table.get(key), f"{field}.{key}", ("minute",)) for key in ("both", "one", "none")
    )
    return MinutesByMask(both, one, none)


def _clause(reader: FieldReader, raw: object, field: str) -> Clause | None:
    optional = (*_CONDITIONS, "cumulative_hours", "f1_class", "note")
    table = reader.table(raw, field, _CLAUSE_KEYS, optional=optional)
    if not isinstance(raw, Mapping):
        return None
    if not set(table) & set(_CONDITIONS):
        allowed = ", ".join(_CONDITIONS)
        reader.wrong(field, _("has no condition; give one or more of {allowed}", allowed=allowed))
    if "cumulative_hours" in table and "minutes" not in table:
        reader.wrong(f"{field}.cumulative_hours", _("needs minutes beside it"))
    source, grade = read_source(reader, table, field)
    text = read_text(reader, table.get("text"), f"{field}.text") or RuleText("", "")
    made: F1Class | None = reader.choice(table, "f1_class", field, get_args(F1Class))
    clause = Clause(reader.text(table, "id", field), text, source, grade, note=read_note(reader, table, field))
    return replace(
        clause,
        f1_class=made or "near",
        kinds=reader.choices(table, "kinds", field, CONTACT_KINDS),
        place_kinds=reader.words(table, "place_kinds", field),
        distance_max=read_quantity(reader, table.get("distance_max"), f"{field}.distance_max", ("m",)),
        closed_space=_optional_flag(reader, table, "closed_space", field),
        physical=_optional_flag(reader, table, "physical", field),
        protected=_optional_flag(reader, table, "protected", field),
        minutes=_minutes(reader, table.get("minutes"), f"{field}.minutes"),
        cumulative_hours=read_quantity(
            reader, table.get("cumulative_hours"), f"{field}.cumulative_hours", ("hour",), low=1, high=24 * 28
        ),
        seat_rows=read_quantity(reader, table.get("seat_rows"), f"{field}.seat_rows", ("row",), whole=True, high=100),
    )


def _optional_flag(reader: FieldReader, table: Mapping[str, Any], key: str, field: str) -> bool | None:
    return reader.flag(table, key, field) if key in table else None


def _co_presence(reader: FieldReader, raw: object) -> CoPresence | None:
    if raw is None:
        return None
    keys = ("text", "presence_alone", *_SOURCE_KEYS)
    table = reader.table(raw, "co_present", keys, optional=("note", "presence_alone"))
    text = read_text(reader, table.get("text"), "co_present.text")
    source, grade = read_source(reader, table, "co_present")
    note = read_note(reader, table, "co_present")
    alone = bool(_optional_flag(reader, table, "presence_alone", "co_present"))
    return None if text is None else CoPresence(text, source, grade, note, alone)


def _quarantine(reader: FieldReader, raw: object, field: str) -> QuarantineRule | None:
    table = reader.table(raw, field, _QUARANTINE_KEYS, optional=_QUARANTINE_OPTIONAL)
    group: QuarantineGroup = reader.choice(table, "group", field, get_args(QuarantineGroup)) or "tier"
    if (group == "tier") != ("tier" in table) and isinstance(raw, Mapping):
        reader.wrong(f"{field}.tier", _("give a tier, or another group of contacts"))
    f1_class: F1Class | None = reader.choice(table, "f1_class", field, get_args(F1Class))
    if f1_class is not None and table.get("tier") != 1:
        reader.wrong(f"{field}.f1_class", _("goes with tier = 1"))
    levels = reader.choices(table, "levels", field, OUTBREAK_LEVELS)
    if isinstance(raw, Mapping) and (group == "arrival") != ("levels" in raw):
        reader.wrong(f"{field}.levels", _("goes with the group of arrivals"))
    tier = reader.number(table, "tier", field, low=1, high=6, whole=True) or 0
    within = read_quantity(reader, table.get("cases_within"), f"{field}.cases_within", ("day",), low=1, whole=True)
    place: QuarantinePlace | None = reader.choice(table, "place", field, get_args(QuarantinePlace))
    counting: CountingFrom | None = reader.choice(table, "counting_from", field, get_args(CountingFrom))
    days = read_quantity(reader, table.get("days"), f"{field}.days", ("day",), whole=True)
    monitoring = read_quantity(reader, table.get("monitoring_days"), f"{field}.monitoring_days", ("day",), whole=True)
    doses = read_quantity(reader, table.get("doses"), f"{field}.doses", ("dose",), low=1, high=9, whole=True)
    vaccinated = _optional_flag(reader, table, "vaccinated", field)
    if isinstance(raw, Mapping) and ("vaccinated" in raw) != ("doses" in raw):
        reader.wrong(f"{field}.doses", _("goes with vaccinated"))
    valid_from, valid_to = read_validity(reader, table, field)
    source, grade = read_source(reader, table, field)
    if place is None or counting is None or days is None or monitoring is None:
        return None
    return QuarantineRule(
        tier=round(tier),
        group=group,
        f1_class=f1_class,
        levels=levels,
        cases_within=within,
        vaccinated=vaccinated,
        doses=doses,
        place=place,
        days=days,
        monitoring_days=monitoring,
        test_days=reader.whole_numbers(table, "test_days", field),
        monitoring_tests=reader.whole_numbers(table, "monitoring_tests", field),
        counting_from=counting,
        until=read_text(reader, table.get("until"), f"{field}.until"),
        alternative=bool(_optional_flag(reader, table, "alternative", field)),
        valid_from=valid_from,
        valid_to=valid_to,
        source=source,
        grade=grade,
        note=read_note(reader, table, field),
    )


def _definition(reader: FieldReader, raw: object, field: str) -> Definition | None:
    table = reader.table(raw, field, ("id", "text", *_SOURCE_KEYS), optional=("note",))
    text = read_text(reader, table.get("text"), f"{field}.text")
    source, grade = read_source(reader, table, field)
    found = reader.text(table, "id", field)
    return None if text is None else Definition(found, text, source, grade, read_note(reader, table, field))


def _prophylaxis(reader: FieldReader, raw: object, field: str) -> Prophylaxis | None:
    table = reader.table(raw, field, ("text", "within", *_SOURCE_KEYS), optional=("note",))
    text = read_text(reader, table.get("text"), f"{field}.text")
    within = read_quantity(reader, table.get("within"), f"{field}.within", _TIME_UNITS)
    source, grade = read_source(reader, table, field)
    if text is None or within is None:
        return None
    return Prophylaxis(text, within, source, grade, read_note(reader, table, field))
