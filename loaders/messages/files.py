"""Findings about files, sheets, headings and lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from loaders.messages.message import Message
from tracing.text import catalogue

_, _n = catalogue("loaders")

FILES: Final[Mapping[str, Message]] = {
    "file.missing": Message(
        "error",
        _("there is no such file"),
        _("check the path"),
    ),
    "file.name": Message(
        "error",
        _("the file's name is not written in letters that this computer knows"),
        _("give it another name, and load that"),
    ),
    "file.special": Message(
        "error",
        _("this is no ordinary file but a folder, a pipe or a device"),
        _("copy what it holds into a file, and load that"),
    ),
    "file.empty": Message(
        "error",
        _("the file is empty"),
        _("ask for the file again"),
    ),
    "file.no_rows": Message(
        "warning",
        _("there are headings but no rows"),
        _("nothing to do if that is right"),
    ),
    "file.unreadable": Message(
        "error",
        _("the file cannot be read as {kind}: {reason}"),
        _("open it in its own program, save it again, and load that"),
    ),
    "file.password": Message(
        "error",
        _("the workbook is protected by a password"),
        _("open it in Excel, remove the password, save, and load that"),
    ),
    "file.binary": Message(
        "error",
        _("this is not a text file, whatever its name says ({kind})"),
        _("give it its right ending, or save it as CSV"),
    ),
    "file.encoding": Message(
        "error",
        _("the text is not {encoding}: first wrong byte in row {at}"),
        _("save the file as UTF-8, or say --encoding windows-1258 (or windows-1252)"),
    ),
    "file.decoded": Message(
        "warning",
        _("not UTF-8; read as {encoding}"),
        _("look at the accents; if they are wrong say --encoding"),
    ),
    "file.truncated": Message(
        "error",
        _("the file ends in the middle of row {at}"),
        _("ask for the whole file again"),
    ),
    "file.ending": Message(
        "error",
        _("files ending in {ending} are not understood"),
        _("save as .xlsx, .csv, .json or .parquet"),
    ),
    "file.truth": Message(
        "note",
        _("a file of true answers is never read"),
        _("nothing to do"),
    ),
    "table.unknown": Message(
        "error",
        _("what this sheet lists is not recognised; headings: {headings}"),
        _('say --table, or --map "heading=column"'),
    ),
    "column.missing": Message(
        "error",
        _("table {table} needs {missing}; headings: {headings}"),
        _('add the column, or say --map "heading=column"'),
    ),
    "column.unused": Message(
        "note",
        _("kept as attributes, not used: {headings}"),
        _('nothing to do, or say --map "heading=column"'),
    ),
    "column.by_values": Message(
        "note",
        _("read as {meant}, because its values are that"),
        _('say --map "heading=column" if that is wrong'),
    ),
    "column.meaning": Message(
        "question",
        _("a column of days, hours, places or ids is not used: what is it?"),
        _('answer, or say --map "heading=column"'),
    ),
    "map.unused": Message(
        "warning",
        _('no sheet has the heading "{heading}" of --map'),
        _("check its spelling"),
    ),
    "map.kind": Message(
        "warning",
        _("with --map this sheet is read as {after}; without, as {before}"),
        _("take the --map back if that is wrong"),
    ),
    "table.counts": Message(
        "note",
        _("a sheet of counts: its numbers are kept as counts, and make nobody a case"),
        _("nothing to do"),
    ),
    "column.not_read": Message(
        "note",
        _("never read, because it holds the answer: {headings}"),
        _("nothing to do"),
    ),
    "column.double": Message(
        "warning",
        _('means the same as the column "{kept}", which is used; this one is kept as an attribute'),
        _('say --map "heading=column" for the right one'),
    ),
    "column.id": Message(
        "note",
        _('people are known by "{column}": {why}'),
        _('say --map "heading=person" for another'),
    ),
    "sheet.help": Message(
        "note",
        _("the sheet explains others or lists words, and names nobody: it is passed over"),
        _("call it by another name if it is a list"),
    ),
    "sheet.hidden": Message(
        "note",
        _("a hidden sheet was read too"),
        _("delete it if it should not count"),
    ),
    "sheet.hidden_parts": Message(
        "note",
        _("hidden rows or columns were read too"),
        _("delete them if they should not count"),
    ),
    "row.passed": Message(
        "note",
        _("lines that are no rows were passed over: {count} ({kinds})"),
        _("nothing to do"),
    ),
    "row.ditto": Message(
        "note",
        _n(
            '{count} cell says "as above" (nt, "): read as the cell above',
            '{count} cells say "as above" (nt, "): read as the cell above',
            2,
        ),
        _("write it out if that is wrong"),
    ),
    "row.struck": Message(
        "warning",
        _("the row is struck through"),
        _("delete the row if it should not count"),
    ),
    "row.struck_open": Message(
        "question",
        _("the row is struck through: nothing but who this is was read"),
        _("answer whether such rows count"),
    ),
    "file.too_large": Message(
        "error",
        _("unpacked, the file is larger than {limit}"),
        _("ask for the list without pictures and empty sheets, or as CSV"),
    ),
    "file.broken": Message(
        "error",
        _("reading this file failed through a fault of this program ({kind}); the others were read"),
        _("save it in another form and load that; please report it, with what TRUYVET_DEBUG=1 says"),
    ),
    "file.packed": Message(
        "error",
        _("a part of this file unpacks to {size}, {times} times as much as it is packed; no list does that"),
        _("ask who sent it; copy its rows into a new workbook, and load that"),
    ),
    "file.memory": Message(
        "error",
        _("reading this file takes more memory than it may ({limit}), so its reader was stopped"),
        _("save the sheet as CSV and load that, or say --limits 2 for limits twice as large"),
    ),
    "file.time": Message(
        "error",
        _("reading this file takes longer than it may ({seconds} seconds), so its reader was stopped"),
        _("save the sheet as CSV and load that, or say --limits 2 for limits twice as large"),
    ),
    "file.too_wide": Message(
        "error",
        _("the sheet spans {rows} rows and {columns} columns; at most {limit} cells are read"),
        _("delete what stands far outside the table, or save the sheet as CSV"),
    ),
    "file.columns": Message(
        "error",
        _("there are {columns} columns; at most {limit} are read"),
        _("send the table with one row per person or contact"),
    ),
    "case.named": Message(
        "note",
        _n(
            "{count} case that a line beside a list names, with code, person and day of the result, is put on record",
            "{count} cases that lines beside a list name, with code, person and day of the result, are put on record",
            2,
        ),
        _("nothing to do"),
    ),
    "file.bulletin": Message(
        "note",
        _n(
            "the file is a bulletin: what it tells of people's movements was read as a list of {count} row",
            "the file is a bulletin: what it tells of people's movements was read as a list of {count} rows",
            2,
        ),
        _("nothing to do"),
    ),
    "file.text": Message(
        "warning",
        _n(
            "the file is running text ({count} line), not a list; nothing was read from it",
            "the file is running text ({count} lines), not a list; nothing was read from it",
            2,
        ),
        _("type what it says into a list"),
    ),
    "row.repeated_heading": Message(
        "note",
        _n(
            "headings repeated in {count} row were passed over", "headings repeated in {count} rows were passed over", 2
        ),
        _("nothing to do"),
    ),
    "row.ragged": Message(
        "error",
        _n(
            "this row has {count} cell, the headings {expected}",
            "this row has {count} cells, the headings {expected}",
            2,
        ),
        _("look for a missing quote or an extra separator"),
    ),
    "row.joined": Message(
        "warning",
        _n(
            "the row has {count} cell: a separator inside its text; read as one text",
            "the row has {count} cells: a separator inside its text; read as one text",
            2,
        ),
        _("put the text between quotes if that is wrong"),
    ),
    "row.quote": Message(
        "warning",
        _("a quotation mark opens and is not closed; this line and those below it were read each by itself"),
        _("look at this row; take the mark away"),
    ),
    "file.nul": Message(
        "warning",
        _("the text holds zero bytes; they were left out"),
        _("look at the rows for missing letters"),
    ),
    "file.font": Message(
        "warning",
        _("the texts were written for a {encoding} font; converted to Unicode"),
        _("look at the accents"),
    ),
    "cell.fifteen": Message(
        "warning",
        _n(
            "{count} number has more than 15 digits: Excel has made the last ones zero",
            "{count} numbers have more than 15 digits: Excel has made the last ones zero",
            2,
        ),
        _("ask for the column as text"),
    ),
    "cell.full": Message(
        "warning",
        _n(
            "{count} cell holds as much as a cell can (32,767 letters); what came after it is lost",
            "{count} cells hold as much as a cell can (32,767 letters); what came after it is lost",
            2,
        ),
        _("ask for the text in another form"),
    ),
    "cell.control": Message(
        "warning",
        _n(
            "{count} cell holds signs that no text has (NUL, ESC and the like); they were left out",
            "{count} cells hold signs that no text has (NUL, ESC and the like); they were left out",
            2,
        ),
        _("look at these cells; ask where the file comes from"),
    ),
    "cell.long": Message(
        "warning",
        _n(
            "{count} cell holds more than {limit} letters; the rest was left out",
            "{count} cells hold more than {limit} letters; the rest was left out",
            2,
        ),
        _("look at these cells"),
    ),
    "json.double": Message(
        "warning",
        _("a key stands twice in one object; only the last one was read ({keys})"),
        _("give each value a key of its own"),
    ),
    "file.deep": Message(
        "error",
        _("the JSON has more than {limit} levels"),
        _("send a list of objects"),
    ),
    "cell.error": Message(
        "error",
        _("the cell holds the error {value}"),
        _("repair the formula or type the value"),
    ),
    "cell.formula": Message(
        "error",
        _("the cell holds a formula without a computed value"),
        _("open and save the workbook in Excel, or type the value"),
    ),
}
