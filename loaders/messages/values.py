"""Findings about the values of cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from loaders.messages.message import Message
from tracing.text import catalogue

_, _n = catalogue("loaders")

VALUES: Final[Mapping[str, Message]] = {
    "reference.among": Message(
        "question",
        _("a case is named among other words; nobody is linked until it is said whether it is the source"),
        _("answer, or write its code alone"),
    ),
    "sex.mark": Message(
        "question",
        _("a mark below the sex does not say whom it means; left empty until that is answered"),
        _("answer, or write the sex in words"),
    ),
    "place.too_wide": Message(
        "warning",
        _n(
            "{count} row names a whole province or district: no place where people meet, no visit",
            "{count} rows name whole provinces or districts: no places where people meet, no visits",
            2,
        ),
        _("write the place itself, if it is known"),
    ),
    "visit.at_home": Message(
        "note",
        _n(
            "{count} row says that somebody stayed at home or went nowhere: no visit",
            "{count} rows say that somebody stayed at home or went nowhere: no visits",
            2,
        ),
        _("nothing to do"),
    ),
    "visit.refused": Message(
        "note",
        _n(
            "{count} scan says that somebody was not let in: no visit",
            "{count} scans say that somebody was not let in: no visits",
            2,
        ),
        _("nothing to do"),
    ),
    "contact.told": Message(
        "note",
        _n(
            "{count} cell tells in words of a contact with a case: read as one",
            "{count} cells tell in words of a contact with a case: read as contacts",
            2,
        ),
        _("add a column for whom they met where that is wrong"),
    ),
    "contact.none": Message(
        "note",
        _n(
            "{count} cell below the kind or the day of contact says that there was none: no contact",
            "{count} cells below the kind or the day of contact say that there was none: no contacts",
            2,
        ),
        _("nothing to do"),
    ),
    "contact.none_dated": Message(
        "question",
        _("the kind of contact says that there was none, and a day of contact is told; it waits for an answer"),
        _("answer whether they met"),
    ),
    "contact.left_open": Message(
        "question",
        _("the list leaves it open whether these two met; no contact until then"),
        _("answer whether they met"),
    ),
    "contact.taken_off": Message(
        "question",
        _("a remark says that this person did not meet the case, or was taken off the list; no contact until then"),
        _("answer whether they met"),
    ),
    "required.missing": Message(
        "error",
        _("{column} is empty"),
        _("fill it in"),
    ),
    "date.impossible": Message(
        "error",
        _("{value} is not a day"),
        _("which day was meant?"),
    ),
    "date.unreadable": Message(
        "error",
        _("{value} is not a date"),
        _("write it as 2021-07-02"),
    ),
    "date.ambiguous": Message(
        "error",
        _("{value} can be read day first or month first, and nothing in the column shows which"),
        _("say --day-first or --month-first, or write 2021-07-02"),
    ),
    "date.conflict": Message(
        "error",
        _("{value} can be read two ways, and the column holds both day-first and month-first dates"),
        _("write it as 2021-07-02"),
    ),
    "date.mixed": Message(
        "warning",
        _("the column holds both day-first ({first}) and month-first ({second}) dates"),
        _("ask where the list came from"),
    ),
    "date.option_unlike_column": Message(
        "note",
        _("the column itself shows {order}; it was read so, not as the option says"),
        _("nothing to do"),
    ),
    "date.no_year": Message(
        "error",
        _("{value} has no year"),
        _("write the year"),
    ),
    "date.year_only": Message(
        "error",
        _("{value} is only a year"),
        _("write the day"),
    ),
    "date.order_by_file": Message(
        "note",
        _("dates that can be read two ways were read as {order}, as other columns of the file show"),
        _("correct them if that is wrong"),
    ),
    "date.order_by_headings": Message(
        "note",
        _("dates that can be read two ways were read as {order}, since the headings are Vietnamese"),
        _("say --month-first if that is wrong"),
    ),
    "date.year_added": Message(
        "note",
        _n(
            "{count} date without a year was read as of {year}",
            "{count} dates without a year were read as of {year}",
            2,
        ),
        _("write the year where it is another"),
    ),
    "date.short_year": Message(
        "note",
        _n("{count} date has a year of two digits", "{count} dates have a year of two digits", 2),
        _("write the year with four digits"),
    ),
    "date.midnight": Message(
        "note",
        _n(
            "{count} time is exactly midnight among real hours; read as the whole day",
            "{count} times are exactly midnight among real hours; read as the whole day",
            2,
        ),
        _("write the hour if midnight was meant"),
    ),
    "date.open_end": Message(
        "note",
        _n(
            "{count} end means that there is none (9999-12-31 and the like); left open",
            "{count} ends mean that there is none (9999-12-31 and the like); left open",
            2,
        ),
        _("nothing to do"),
    ),
    "date.open": Message(
        "error",
        _('{value} means "without an end" in other systems, but this is no end'),
        _("which day was meant? leave the cell empty if it is not known"),
    ),
    "date.swapped": Message(
        "error",
        _("{value} lies far from the other dates; day and month have probably changed places (Excel does that)"),
        _("which day was meant?"),
    ),
    "date.relative": Message(
        "error",
        _("{value} counts from the day of the list, and the list does not say which day that is"),
        _("write the date"),
    ),
    "date.hour_only": Message(
        "error",
        _("there is an hour but no day"),
        _("write the day"),
    ),
    "date.two_digit_year": Message(
        "error",
        _("{value} has a year of two digits"),
        _("write the year with four digits"),
    ),
    "date.future": Message(
        "error",
        _("{value} has not happened yet"),
        _("which day was meant?"),
    ),
    "date.after_list": Message(
        "error",
        _("{value} lies after the day as of which the list was made"),
        _("which day was meant?"),
    ),
    "date.unlike": Message(
        "error",
        _("{value} lies years away from the other dates of the column"),
        _("which day was meant?"),
    ),
    "date.past": Message(
        "error",
        _("{value} is too long ago"),
        _("which day was meant?"),
    ),
    "date.serial": Message(
        "note",
        _n(
            "{count} date was a number as Excel counts days, and was read so",
            "{count} dates were numbers as Excel counts days, and were read so",
            2,
        ),
        _("nothing to do"),
    ),
    "birth.unreadable": Message(
        "warning",
        _("the birth date cannot be read; left empty"),
        _("write it as 1991-07-02 or as a year"),
    ),
    "birth.ambiguous": Message(
        "warning",
        _("the birth date can be read two ways; only its year was kept"),
        _("write it as 1991-07-02"),
    ),
    "value.read_as": Message(
        "warning",
        _('{value} was read as "{read}"'),
        _("correct it if that is wrong"),
    ),
    "value.unknown": Message(
        "warning",
        _("{value} is not understood here; left empty (known: {known})"),
        _("use one of the known words"),
    ),
    "value.number": Message(
        "warning",
        _("{value} is not a number here; left empty"),
        _("type a number"),
    ),
    "value.range": Message(
        "warning",
        _("{value} is out of range; left empty"),
        _("correct the number"),
    ),
    "id.completed": Message(
        "warning",
        _('the id was read as "{read}", as the other rows\' ids show'),
        _("correct it if that is wrong"),
    ),
    "id.private": Message(
        "warning",
        _n(
            "{count} id is a telephone number, an identity number or the name itself; a short id (P-4127) is shown in"
            " its place",
            "{count} ids are telephone numbers, identity numbers or the names themselves; short ids (P-4127) are shown"
            " in their place",
            2,
        ),
        _("with --show-names they are shown; better give another column of ids"),
    ),
    "id.unlike": Message(
        "warning",
        _("the id looks unlike nearly all others of its column"),
        _("check it for a slip of the keyboard"),
    ),
    "person.shared": Message(
        "warning",
        _n(
            "{count} row tells a name again, with a telephone number that people of many names give: taken for the"
            " person of the other row",
            "{count} rows tell a name again, with a telephone number that people of many names give: taken for the"
            " person of the other row",
            2,
        ),
        _("where they are two people, give each an id, or a telephone number of their own"),
    ),
    "id.derived": Message(
        "note",
        _n(
            "{count} row has no id; one was made from identity number, or name, birth and phone",
            "{count} rows have no id; one was made from identity number, or name, birth and phone",
            2,
        ),
        _("add an id column where there is one"),
    ),
    "present.in_title": Message(
        "question",
        _("a line about the table names a case, and nothing says whether this person was there"),
        _("answer, or write the case into a row of its own"),
    ),
    "present.drives": Message(
        "note",
        _("the title names a case as who drives or goes along: taken to be aboard whenever somebody of the list was"),
        _("write the rides of the case into a row of its own, if they are others"),
    ),
    "line.tells": Message(
        "question",
        _("a line or a comment that is no row tells of a case, a test, hours or people"),
        _("answer, or write what it tells into a row or a column"),
    ),
    "onset.of_whom": Message(
        "question",
        _("a day of onset is told of somebody who is on no list of cases; it stays with the person"),
        _("answer what the person is, or load the list of cases that has them"),
    ),
    "code.of_whom": Message(
        "question",
        _("the code or an onset of a case is told of somebody who is on no list of cases; it stays with the person"),
        _("answer what the person is, or load the list of cases that has them"),
    ),
    "remark.positive": Message(
        "question",
        _("a text tells of a positive test that no column holds; the row is used without it"),
        _("answer, or write it into a column of results"),
    ),
    "household.case": Message(
        "question",
        _("a known case lives in this home, and nothing says whether those who live there are its contacts"),
        _("answer whether they live together"),
    ),
    "contact.no_case": Message(
        "question",
        _("the list says F1, and no list names the case that was met; no contact is on record until it is answered"),
        _("answer with the code of the case, or write it into a column"),
    ),
    "contact.in_title": Message(
        "question",
        _("the title names a case, and nothing says whether these people met it"),
        _("answer with the day on which they met, or that they did not"),
    ),
    "birth.too_old": Message(
        "question",
        _("this year of birth lies more than a life ago; left out until it is answered"),
        _("answer, or write the right year"),
    ),
    "phone.incomplete": Message(
        "question",
        _("this is no whole telephone number; left out until it is answered"),
        _("answer, or write the whole number"),
    ),
    "national_id.rounded": Message(
        "question",
        _("a spreadsheet rounded this identity number; left out until it is answered"),
        _("answer, or write the whole number into a cell that is text"),
    ),
    "remark.contact": Message(
        "note",
        _("{count} remarks tell when people met, which no column does: read so"),
        _("nothing to do"),
    ),
    "contact.own": Message(
        "warning",
        _("the case that is named is the person of the row: no contact"),
        _("name whom they met, if there was anybody"),
    ),
    "time.counted": Message(
        "note",
        _("{count} numbers are seconds or thousandths since 1970: read as the times that they mean"),
        _("nothing to do"),
    ),
    "contact.not_met": Message(
        "warning",
        _("the row says that the customer was not met, or that nothing was delivered: no contact"),
        _("write it into the row if they did meet"),
    ),
}
