"""Which tables a file holds: those of its grid, told apart by what their rows say, and the list that a text becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial, reduce
from typing import Final

import numpy as np

from loaders.columns.attendance import with_days_alone, with_halves_joined, with_shifts_named, with_week
from loaders.columns.bulletin import Bulletin, named_as, read_bulletin
from loaders.columns.by_words import WHO
from loaders.columns.gathering import lists_gathered
from loaders.columns.running_text import lines_of, running_text, with_items_apart
from loaders.files.blocks import blocks_of
from loaders.files.colours import with_colours_told
from loaders.files.context import with_context
from loaders.files.grid import Document, Fact, Grid, Sheet
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.labelled import form_apart
from loaders.files.locate import find_sheets
from loaders.findings import FindingLog
from loaders.shapes.actual_days import with_actual_days
from loaders.shapes.admissions import with_admissions_joined
from loaders.shapes.apart import apart
from loaders.shapes.asked_contacts import with_answers_apart, with_case_of_heading, with_those_who_met, with_whom_told
from loaders.shapes.beside import beside
from loaders.shapes.branches import read_branches, trees_apart
from loaders.shapes.cancelled import with_cancelled_apart
from loaders.shapes.carers import with_carers, with_visitors_named
from loaders.shapes.case_blocks import read_case_blocks, with_cases_apart
from loaders.shapes.case_lines import read_case_lines
from loaders.shapes.case_report import read_case_reports, reports_all
from loaders.shapes.classes_told import with_classes_told
from loaders.shapes.coded_cells import with_signs_told
from loaders.shapes.dated_cases import with_cases_dated
from loaders.shapes.dated_results import with_results_dated
from loaders.shapes.day_and_hour import with_moments_joined
from loaders.shapes.day_grid import read_day_grid
from loaders.shapes.days_denied import with_denials_apart
from loaders.shapes.days_of_tests import with_days_of_results
from loaders.shapes.deliveries import with_deliveries
from loaders.shapes.doses import with_doses_counted
from loaders.shapes.duty import with_people_apart
from loaders.shapes.epochs import with_epochs_dated
from loaders.shapes.form_lines import with_subjects_of_forms
from loaders.shapes.guest_ledger import with_ledger_joined
from loaders.shapes.half_days import with_half_days
from loaders.shapes.heads_of_homes import with_heads_named, with_homes_of_heads
from loaders.shapes.housemates import with_housemates
from loaders.shapes.indented import with_codes_of_places
from loaders.shapes.isolated_since import with_isolation_of_caption, with_isolation_of_cells
from loaders.shapes.isolation_order import read_order
from loaders.shapes.itinerary import with_itineraries
from loaders.shapes.kinds_of_text import (
    lists_met,
    lists_present,
    lists_tiers,
    lists_together,
    only_case,
    tells_tiers,
)
from loaders.shapes.left_boat import with_those_ashore
from loaders.shapes.left_early import with_those_who_left
from loaders.shapes.long import with_answers_beside
from loaders.shapes.marked_meetings import with_meetings_marked
from loaders.shapes.matrix import with_matrix_unfolded
from loaders.shapes.meetings_apart import with_meetings_apart
from loaders.shapes.meetings_of_remarks import with_meetings_of_remarks
from loaders.shapes.message import message_sheets
from loaders.shapes.met_at_visits import with_meetings_at_visits
from loaders.shapes.met_in_histories import with_those_met_in_histories
from loaders.shapes.met_in_remarks import with_meetings_in_remarks
from loaders.shapes.met_in_words import with_cases_met_in_words
from loaders.shapes.met_together import with_those_together
from loaders.shapes.movements_below import with_movements_below
from loaders.shapes.name_cells import with_names_alone
from loaders.shapes.named_cases import with_cases_of_text, with_named_cases
from loaders.shapes.next_tier import with_next_tier_apart
from loaders.shapes.numbered_cases import with_numbered_cases_met
from loaders.shapes.origins import with_whole_origin
from loaders.shapes.outings import with_outings
from loaders.shapes.pairs import with_pairs_apart
from loaders.shapes.phones_of_remarks import with_phones_of_remarks
from loaders.shapes.places_apart import with_places_apart
from loaders.shapes.places_asked import with_places_asked
from loaders.shapes.places_of_cases import with_cases_of_places
from loaders.shapes.plans import with_plan_listed
from loaders.shapes.proximity import with_physical_contact
from loaders.shapes.relations import with_whom_they_are_of
from loaders.shapes.repeats import instruments_apart, with_choices_joined
from loaders.shapes.reported import reports_people
from loaders.shapes.rides import with_drivers
from loaders.shapes.roll import read_roll
from loaders.shapes.room_guests import with_companions
from loaders.shapes.seat_map import with_seats_listed
from loaders.shapes.section_cases import with_cases_of_sections
from loaders.shapes.section_days import with_days_of_sections, with_hours_of_sections
from loaders.shapes.section_homes import with_homes_of_sections
from loaders.shapes.section_isolations import with_isolations_of_sections
from loaders.shapes.section_rooms import with_houses_of_sections, with_rooms_entered, with_rooms_of_sections
from loaders.shapes.section_voyages import with_voyages_of_sections
from loaders.shapes.sessions_attended import with_sessions_attended
from loaders.shapes.several_forms import forms_apart
from loaders.shapes.several_names import with_each_named
from loaders.shapes.several_results import with_results_apart, with_tests_of_methods, with_tests_repeated
from loaders.shapes.split_cells import with_cells_split, with_ends_of_lodging
from loaders.shapes.split_pools import with_pools_split
from loaders.shapes.stays_of_all import with_stays_of_all
from loaders.shapes.teachers import with_teachers
from loaders.shapes.titled import with_titled_case
from loaders.shapes.told_contacts import with_contacts_told, with_stays_of_title
from loaders.shapes.told_of_carers import with_told_of_carers
from loaders.shapes.told_of_one import tells_of_several
from loaders.shapes.told_there import with_those_on_duty
from loaders.shapes.transports import with_transports
from loaders.shapes.two_facts import with_facts_apart
from loaders.shapes.two_steps import with_steps_apart
from loaders.shapes.until_days import with_last_days_apart
from loaders.shapes.visit_groups import with_half_days_unfolded, with_visits_unfolded
from loaders.shapes.voyages import with_voyages
from loaders.shapes.waiting_cases import with_cases_waiting
from loaders.shapes.week_days import with_weekdays_dated
from loaders.shapes.wide import with_contacts_beside
from tracing.patterns import regex
from tracing.spelling import fold

_HELP: Final = regex(
    r"(?:(?:bang |trang )?(?:huong dan|giai thich|chu giai|danh muc|dm|ma hoa|tu dien)|help|instructions?|read ?me"
    r"|lookups?|codebook|data dictionary|dictionary|legend)(?: .{0,40})?"
)
"""Names of sheets that explain others, without accents."""
#: By what a text is a list of people, and no bulletin.
_LISTS: Final = (
    *(lists_tiers, lists_met, tells_tiers, lists_present, lists_together, lists_gathered),
    tells_of_several,
    reports_people,
)
_TELLS: Final = frozenset({*WHO, "phone", "place", "place_code", "area", "commune", "district", "count"})
#: What several facts, people or records in one cell or row become, one after the other: a column or a row for each.
_APART: Final[tuple[Callable[[Sheet], Sheet], ...]] = (
    with_plan_listed,
    with_signs_told,
    with_pairs_apart,
    with_classes_told,
    with_voyages,
    with_phones_of_remarks,
    with_moments_joined,
    with_ledger_joined,
    with_days_of_results,
    with_choices_joined,
    with_visits_unfolded,
    with_half_days_unfolded,
    with_weekdays_dated,
    with_actual_days,
    with_pools_split,
    with_results_dated,
    with_physical_contact,
    with_cases_of_places,
    with_movements_below,
    with_days_of_sections,
    with_hours_of_sections,
    with_homes_of_sections,
    with_isolations_of_sections,
    with_rooms_of_sections,
    with_houses_of_sections,
    with_rooms_entered,
    with_voyages_of_sections,
    with_cases_of_sections,
    with_those_ashore,
    with_matrix_unfolded,
    with_heads_named,
    apart,
    with_cancelled_apart,
    with_drivers,
    with_outings,
    with_ends_of_lodging,
    with_whom_told,
    with_answers_apart,
    with_cases_met_in_words,
    with_facts_apart,
    with_each_named,
    with_cases_dated,
    with_names_alone,
    with_sessions_attended,
    with_tests_of_methods,
    with_results_apart,
    with_tests_repeated,
    with_cells_split,
    with_meetings_apart,
    with_places_apart,
    with_last_days_apart,
    with_isolation_of_cells,
    with_isolation_of_caption,
    with_doses_counted,
    with_admissions_joined,
    with_whom_they_are_of,
    with_homes_of_heads,
    with_cases_waiting,
)


def tables_of(grid: Grid | Document, log: FindingLog) -> list[Sheet] | None:
    """Return the tables of a grid, or the list that a bulletin becomes; None of a text that is no bulletin."""
    grid = with_items_apart(grid) if isinstance(grid, Document) else with_seats_listed(grid)
    forms = forms_apart(grid)
    if isinstance(grid, Document) and len(forms) > 1 and reports_all(grid, len(forms)):
        forms = [grid]
    told = [_tables(form, log) for form in forms]
    return None if all(sheets is None for sheets in told) else [sheet for sheets in told for sheet in sheets or []]


def _tables(grid: Grid | Document, log: FindingLog) -> list[Sheet] | None:
    """Return the tables of a grid, or the list that a bulletin becomes, of no more than one form."""
    reported = read_case_blocks(grid)
    if reported is not None:
        listed = [sheet for table in reported.tables for sheet in _tables(table, log) or []]
        if isinstance(grid, Grid) and grid.told_apart:
            return listed
        days = [with_cases_apart(part) for rest, who in reported.rests for part in _about(rest, log, who)]
        return [*reported.lists, *days, *listed]
    text = grid if isinstance(grid, Document) else running_text(grid)
    lines = grid if isinstance(grid, Document) else lines_of(grid)
    blocks = None if lines is None else blocks_of(lines, alone=isinstance(grid, Document))
    if blocks is not None:
        grid, text, lines = blocks, None, None
    if isinstance(grid, Document):
        return _of_document(grid, log) or None
    told = _told_in_text(grid, text, lines, log)
    if told is not None:
        return told
    struck = frozenset(grid.numbers[list(grid.struck)].tolist())
    form, rest, subject = form_apart(with_codes_of_places(grid))
    below = [
        part for sheet in find_sheets(rest) for part in beside(read_day_grid(sheet, log) or with_answers_beside(sheet))
    ]
    sheets = [*(find_sheets(form) if form is not None else []), *map(partial(_below, subject), below)]
    coloured = (with_colours_told(part, grid.colours) for sheet in sheets for part in instruments_apart(sheet))
    sheets = [with_epochs_dated(sheet, log) for sheet in coloured]
    found = [
        with_half_days(with_whole_origin(with_days_alone(with_shifts_named(with_context(s)))))
        for s in sheets
        if len(s) or s.headings or s.origin is not None
    ]
    found = with_next_tier_apart(with_teachers([with_visitors_named(sheet) for sheet in found]))
    found = [part for sheet in found for part in with_meetings_marked(sheet)]
    met = with_meetings_at_visits(with_stays_of_all(found))
    met = [part for sheet in met for part in with_meetings_in_remarks(sheet)]
    told_apart = [reduce(lambda sheet, step: step(sheet), _APART, sheet) for sheet in met]
    found = [part for sheet in told_apart for part in with_numbered_cases_met(sheet)]
    found = with_contacts_beside(
        with_itineraries([with_people_apart(with_week(with_halves_joined(sheet))) for sheet in found])
    )
    found = [part for sheet in with_those_who_left(with_transports(found)) for part in with_places_asked(sheet)]
    found = with_those_who_met(
        [
            with_contacts_told(
                with_deliveries(
                    with_meetings_of_remarks(with_titled_case(with_stays_of_title(with_case_of_heading(sheet)), log)),
                    log,
                ),
                log,
            )
            for sheet in found
        ]
    )
    found = with_steps_apart(with_companions(with_told_of_carers(with_carers(with_housemates(found)))))
    found = with_those_on_duty(with_those_together(with_those_met_in_histories(found)))
    return [
        _with_struck(sheet, struck) for sheet in with_named_cases([with_denials_apart(sheet) for sheet in found], log)
    ]


def _with_struck(sheet: Sheet, numbers: frozenset[int]) -> Sheet:
    """Return a sheet with the rows that are struck through in the file, whatever became of them on the way."""
    rows = np.flatnonzero(np.isin(sheet.numbers, list(numbers))) if numbers else ()
    return replace(sheet, struck=frozenset(map(int, rows)))


def _of_document(document: Document, log: FindingLog) -> list[Sheet]:
    """Return the lists that a text becomes; the trees that a chat draws are lists of their own."""
    trees, rest = trees_apart(document)
    drawn = [sheet for tree in trees for sheet in read_branches(tree, log) or ()]
    rest = rest if drawn else document
    return [*drawn, *(_told_in_text(rest, rest, rest, log) or ())]


def _told_in_text(
    grid: Grid | Document, text: Document | None, lines: Document | None, log: FindingLog
) -> list[Sheet] | None:
    """Return the lists that lines of text become; None of a table, an empty one of a text that tells nobody."""
    tree = None if lines is None or not _is_of_lines(grid) else read_branches(lines, log)
    if lines is not None and tree is not None:
        return with_cases_of_text(lines, tree, log)
    roll = None if lines is None else read_roll(lines)
    if roll is not None:
        return [roll]
    reports = None if text is None else read_case_reports(text) or read_case_lines(text)
    if reports is not None:
        return [*reports[0], *(part for rest, who in reports[1] for part in _about(rest, log, who))]
    order = None if text is None else read_order(text)
    if order is not None:
        return order
    if text is not None and any(lists(text) for lists in _LISTS):
        return with_cases_of_text(text, message_sheets(text, log, case=only_case(text)), log)
    told = None if text is None else read_bulletin(with_subjects_of_forms(text))
    if told is not None:
        return _of_bulletin(told, log)
    if isinstance(grid, Document):
        listed = with_cases_of_text(grid, message_sheets(grid, log), log)
        if not listed:
            log.add("file.text", file=grid.file, count=len(grid.lines))
        return listed
    return None


def _is_of_lines(grid: Grid | Document) -> bool:
    """Tell whether a grid has no more than one text in each row: it is no table."""
    return isinstance(grid, Document) or not bool((grid.cells.notna().to_numpy().sum(axis=1) > 1).any())


def _about(rest: Document, log: FindingLog, who: Mapping[str, str]) -> list[Sheet]:
    """Return the lists that the sections of a report become, which tell of a case and of those whom it met."""
    told = read_bulletin(rest, who)
    return message_sheets(rest, log, case=named_as(who)) if told is None else _of_bulletin(told, log)


def _of_bulletin(told: Bulletin, log: FindingLog) -> list[Sheet]:
    told.sheet.report(log, "file.bulletin", count=len(told.sheet))
    listed = message_sheets(told.listed, log, case=told.case) if told.listed.lines else []
    return [told.sheet, *([] if told.met is None else [told.met]), *listed]


def explains(grid: Grid | Document, sheets: Sequence[Sheet]) -> bool:
    """Tell whether a sheet is called after a help or a list of words, and no table of it tells of people or places."""
    called = getattr(grid, "sheet", None)
    if called is None or not _HELP.fullmatch(fold(called)):
        return False
    columns = (read_headings(sheet.headings, PEOPLE, {}).columns for sheet in sheets)
    return not any(_TELLS & set(told) for told in columns)


def _below(subject: Fact | None, sheet: Sheet) -> Sheet:
    """Return a table below a form with the fact that tells of whom the form is."""
    return sheet if subject is None else replace(sheet, facts=(*sheet.facts, subject))
