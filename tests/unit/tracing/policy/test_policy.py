"""A user's own policy: everything wrong is said at once, by field; and policies as text, side by side."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from importlib.resources import files

import pytest

from tracing.errors import InputError, InternalError
from tracing.policy.describe import compare_policies, describe_policy, policy_rows
from tracing.policy.model import Policy
from tracing.policy.shipped import list_policies, load_policy, parse_policy
from tracing.policy.words import field_words
from tracing.text import say


def packaged(policy_id: str = "vn-3638") -> str:
    return (files("tracing.policy") / f"{policy_id}.toml").read_text(encoding="utf-8")


def error_of(text: str) -> InputError:
    with pytest.raises(InputError) as caught:
        parse_policy(text, name="mine")
    return caught.value


HEAD = 'unit = "hour", source = "3638/QĐ-BYT", grade = "quoted"'


@pytest.mark.parametrize(
    ("old", "new", "en", "vi"),
    [
        ('family = "vn"\n', "", "family: is missing", "family: còn thiếu"),
        ('family = "vn"', "family = 3", "family: found 3; allowed: a text", "family: là 3; cho phép: chữ"),
        ('family = "vn"', 'familly = "vn"', "familly: is not a field here; did you mean family?", "có phải family?"),
        ("valid_from = 2021-07-30", 'valid_from = "30/7/2021"', "valid_from: found '30/7/2021'", "một ngày như"),
        ("valid_from = 2021-07-30", "valid_from = 2021-07-30T00:00:00", "allowed: a date like", "một ngày như"),
        ("valid_to = 2021-12-28", "valid_to = 2021-07-29", "2021-07-29 is before valid_from 2021-07-30", "trước"),
        ("immune_excluded = false", "immune_excluded = 0", "immune_excluded: found 0; allowed: true, false", "là 0"),
        ("linger = { value = 0", "linger = { value = -1", "linger.value: found -1; allowed: a number from 0", "là -1"),
        ("linger = { value = 0", "linger = { value = nan", "linger.value: found nan", "là nan"),
        ("linger = { value = 0", "linger = { value = true", "linger.value: found true", "là true"),
        ("linger = { value = 0", f"linger = {{ value = 1{'0' * 400}", "linger.value: found 1000", "là 1000"),
        (HEAD, HEAD.replace("hour", "league"), "linger.unit: found 'league'; allowed: hour, minute", "là 'league'"),
        (HEAD, HEAD.replace(', grade = "quoted"', ""), "linger.grade: is missing", "linger.grade: còn thiếu"),
        (HEAD, HEAD.replace("quoted", "good"), "linger.grade: found 'good'; allowed: primary, quoted", "là 'good'"),
        (HEAD, HEAD.replace('source = "3638/QĐ-BYT"', 'source = " "'), "linger.source: found ' '", "để trống"),
        ('event = "isolation"', 'event = "release"', "window.end_events[1].event: found 'release'", "là 'release'"),
        ('event = "isolation", ', "", "window.end_events[1].event: is missing", "còn thiếu"),
        ('anchors = ["onset"]', 'anchors = ["rash"]', "anchors: found 'rash'; allowed: onset", "là 'rash'"),
        ('anchors = ["onset"]', 'anchors = "onset"', "allowed: a list, ['onset']", "danh sách, ['onset']"),
        ('kinds = ["transport"]', 'kinds = ["bus"]', "clauses[3638 II.1.3-c].kinds: found 'bus'", "là 'bus'"),
        ('kinds = ["transport"]', "", "clauses[3638 II.1.3-c]: has no condition", "không có điều kiện"),
        ("physical = true", 'physical = "yes"', "clauses[3638 II.1.3-a1].physical: found 'yes'", "là 'yes'"),
        ('id = "3638 II.1.3-c1"', 'id = "3638 II.1.3-c"', "clauses[3638 II.1.3-c].id: is there twice", "lặp lại"),
        ('id = "3638 II.1.3-a"\n', "", "clauses[1].id: is missing", "clauses[1].id: còn thiếu"),
        ("[window]", f"[stays]\nmarket = {{ value = 25, {HEAD} }}\n[window]", "stay and linger are 25 hours", "25 giờ"),
        ("deepest_tier = { value = 3", "deepest_tier = { value = 0", "deepest_tier.value: found 0", "số nguyên từ 1"),
        ("deepest_tier = { value = 3", "deepest_tier = { value = 2.5", "allowed: a whole number from 1 to 6", "2.5"),
        ("tier = 1\nplace", "tier = 4\nplace", "quarantine[1].tier: found 4; the deepest tier is 3", "là 4"),
        ('place = "centre"', 'place = "camp"', "quarantine[1].place: found 'camp'; allowed: centre, home", "là 'camp'"),
        ("test_days = [1, 14]", "test_days = [1.5]", "quarantine[1].test_days: found [1.5]", "là [1.5]"),
        ("tier = 1\nplace", "place", "quarantine[1].tier: give a tier", "cần tier"),
        ("doses = {", "dose = {", "quarantine[3].doses: goes with vaccinated", "đi cùng với vaccinated"),
    ],
)
def test_each_wrong_field_is_named(old: str, new: str, en: str, vi: str) -> None:
    text = packaged()
    assert old in text
    error = error_of(text.replace(old, new, 1))
    assert en in error.text("en")
    assert vi in error.text("vi")
    assert error.exit_code == 5


def test_everything_wrong_is_said_at_once() -> None:
    text = packaged().replace('family = "vn"\n', "").replace("immune_excluded = false", "immune_excluded = 7")
    error = error_of(text.replace('unit = "tier"', 'unit = "floor"'))
    assert "3 fields are wrong" in str(error)
    assert "3 trường chưa đúng" in error.text("vi")
    assert [line.split(":")[0].strip() for line in str(error).splitlines()[1:]] == [
        "family",
        "deepest_tier.unit",
        "immune_excluded",
    ]


@pytest.mark.parametrize(
    "text", ["", "clauses = 3", "window = 1\nstays = []\nclauses = [1]\nquarantine = [{}]\nlinger = 2\nco_present = 1"]
)
def test_hopeless_texts_are_errors_too(text: str) -> None:
    assert "linger" in str(error_of(text))


def test_not_toml_says_the_line() -> None:
    error = error_of("id = 'x'\nlinger = \nstays = 1")
    assert "not TOML" in str(error) and "line 2" in str(error)
    assert "không phải TOML" in error.text("vi")


def test_clause_conditions_must_fit_together() -> None:
    text = packaged("cdc-2020")
    start = text.index("minutes = {") if "minutes = {" in text else text.index("minutes.")
    error = error_of(text[:start] + text[text.index("\n", start) + 1 :])
    assert "clauses[CDC close contact].cumulative_hours: needs minutes beside it" in str(error)
    text = packaged()
    start, end = text.index("[window.asymptomatic]"), text.index("# Same place")
    error = error_of(text[:start] + text[end:])
    assert "window.source_known: needs window.asymptomatic" in str(error)


def test_presence_alone_is_co_presence_only_where_the_rule_says_so() -> None:
    alone = [p for p in list_policies() if (known := load_policy(p).co_present) is not None and known.presence_alone]
    assert alone == ["vn-11042", "vn-1909"]
    assert "nothing else known: listed here" in describe_policy(load_policy("vn-1909"))
    error = error_of(packaged("vn-1909").replace("presence_alone = true", "presence_alone = 1"))
    assert "co_present.presence_alone: found 1; allowed: true, false" in str(error)


def test_plain_minutes_ask_the_same_of_every_mask_state() -> None:
    (clause,) = load_policy("cdc-2020").clauses
    assert clause.minutes is not None and clause.minutes.both is not None
    assert clause.minutes.both == clause.minutes.one == clause.minutes.none
    assert clause.minutes.both.seconds == 15 * 60


def test_a_mask_state_that_is_left_out_never_qualifies() -> None:
    lines = [line for line in packaged("vn-11042").splitlines() if not line.startswith("minutes.both")]
    minutes = parse_policy("\n".join(lines), name="mine").clause("11042 F1-b").minutes
    assert minutes is not None and minutes.both is None and minutes.none is not None
    text = describe_policy(parse_policy("\n".join(lines), name="mine"))
    assert "both masked never" in text


def test_only_durations_have_seconds() -> None:
    policy = load_policy("vn-3638")
    assert policy.stay("market").seconds == 3600
    assert policy.stay("submarine") == policy.stay(None) == policy.stays["default"]
    with pytest.raises(InternalError):
        _ = policy.deepest_tier.seconds


EXTENDS = """
extends = "vn-3638"
id = "district"

[window.symptomatic]
before = { value = 4, unit = "day", source = "district order", grade = "quoted" }

[[clauses]]
id = "3638 II.1.3-a"
text = { vi = "trong vòng 1 m", en = "within 1 m" }
source = "district order"
grade = "quoted"
distance_max = { value = 1, unit = "m", source = "district order", grade = "quoted" }

[[clauses]]
id = "market"
text = { vi = "cùng chợ", en = "same market" }
source = "district order"
grade = "quoted"
place_kinds = ["market"]
"""


def test_extending_replaces_numbers_whole_and_clauses_by_id() -> None:
    base, own = load_policy("vn-3638"), parse_policy(EXTENDS, name="district.toml")
    assert own.id == "district"
    assert own.window.symptomatic.before.value == 4
    assert own.window.symptomatic.before.source == "district order"
    assert own.window.symptomatic.anchors == base.window.symptomatic.anchors
    assert [clause.id for clause in own.clauses] == [clause.id for clause in base.clauses] + ["market"]
    near = own.clause("3638 II.1.3-a").distance_max
    assert near is not None and near.value == 1
    assert own.clause("3638 II.1.3-b") == base.clause("3638 II.1.3-b")
    assert own.digest != base.digest
    fields = compare_policies(base, own)["field"].tolist()
    assert "window.symptomatic.before" in fields and not any(field.startswith("stays") for field in fields)


def test_a_changed_number_needs_its_own_source() -> None:
    error = error_of('extends = "vn-3638"\n[window.symptomatic.before]\nvalue = 5\nunit = "day"\n')
    assert "window.symptomatic.before.source: is missing" in str(error)
    assert "window.symptomatic.before.grade: is missing" in str(error)


def test_what_is_borrowed_from_another_rule_can_be_graded_ours() -> None:
    own = parse_policy('extends = "vn-3638"\nextends_as = "ours"\nid = "mine"', name="mine")
    assert len(own.unverified()) == len(own.rule_items()) == len(load_policy("vn-3638").rule_items())
    assert "grade: found 'good'" in str(error_of('extends = "vn-3638"\nextends_as = "good"\nid = "mine"'))


def test_extending_what_is_not_there() -> None:
    assert "extends: found 'vn-1'; allowed: cdc-2020" in str(error_of('extends = "vn-1"'))
    assert "extends: found 3" in str(error_of("extends = 3"))
    assert "needs an id of its own" in str(error_of('extends = "vn-3638"\nid = "vn-3638"'))


def test_digest_is_of_the_text() -> None:
    text = packaged()
    assert parse_policy(text, name="a").digest == parse_policy(text.replace("\n", "\r\n"), name="b").digest
    assert parse_policy(text, name="a").digest != parse_policy(text + "# x\n", name="a").digest


@pytest.mark.parametrize("policy_id", list_policies())
def test_policies_can_be_kept_and_compared(policy_id: str) -> None:
    policy = load_policy(policy_id)
    again = parse_policy(packaged(policy_id), name="other")
    assert again == policy and hash(again) == hash(policy)
    copied = pickle.loads(pickle.dumps(policy))
    assert isinstance(copied, Policy) and copied == policy
    assert compare_policies(policy, policy).empty
    assert list(compare_policies(policy, policy).columns) == ["field", "a", "b"]


def test_comparison_shows_what_changed_between_two_rules() -> None:
    table = compare_policies(load_policy("vn-11042"), load_policy("vn-1909")).set_index("field")
    assert "distance ≤ 2 m" in str(table.loc["clauses[F1-b]", "a"])
    assert "distance ≤ 1 m" in str(table.loc["clauses[F1-b]", "b"])
    assert "clauses[F1-a]" not in table.index and "window.symptomatic.before" not in table.index
    assert table.loc["valid_to", "b"] == "19 Oct 2023"
    table = compare_policies(load_policy("vn-3468"), load_policy("vn-3638"), lang="vi").set_index("field")
    assert table.loc["window.source_known", "b"] == "0 ngày [CHƯA KIỂM CHỨNG: của phần mềm]"
    assert table.loc["window.source_known", "a"] == "–"


@pytest.mark.parametrize("policy_id", list_policies())
def test_every_field_of_a_rule_has_words_in_both_languages(policy_id: str) -> None:
    english, vietnamese = (policy_rows(load_policy(policy_id), lang=lang) for lang in ("en", "vi"))
    for name, value in vietnamese.items():
        for part in re.findall(r"(\w+)(?:\[[^\]]*\])?", name):
            assert say(field_words(part), "vi") != part or part in ("taxi", "title"), part
        assert value not in ("primary", "quoted", "ours", "isolation", "negative_test"), name
        assert name == "family" or value != english[name] or not re.fullmatch(r"[a-z_]{6,}", value), name
    assert say(field_words("window.closings[1].event"), "vi") == "thời kỳ lây truyền · kết thúc 1 · sự kiện"
    assert say(field_words("stays.pagoda"), "vi").endswith(" · chùa")


@pytest.mark.parametrize("policy_id", list_policies())
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_description_marks_what_is_not_verified(policy_id: str, lang: str) -> None:
    policy = load_policy(policy_id)
    text = describe_policy(policy, lang=lang)
    for clause in policy.clauses:
        assert f"[{clause.id}] {clause.text.of(lang)}" in text
    assert ("CHƯA KIỂM CHỨNG" if lang == "vi" else "NOT VERIFIED") in text
    counts = [int(number) for number in re.findall(r"\d+", text.splitlines()[-2])]
    assert counts == [len(policy.unverified()), len(policy.rule_items()), 20]
    assert ("tính riêng" if lang == "vi" else "Counted apart") in text.splitlines()[-1]
    assert "None" not in text and "Quantity(" not in text
    assert ("chưa kiểm chứng" in text) == (lang == "vi")


def test_description_of_3638_says_what_is_ours() -> None:
    english = describe_policy(load_policy("vn-3638"))
    assert "from 14 days [NOT VERIFIED: ours] before positive sample" in english
    assert "from 3 days [quoted by another text] before onset until isolation" in english
    assert "30 Jul 2021 – 28 Dec 2021" in english
    assert "30/7/2021 – 28/12/2021" in describe_policy(load_policy("vn-3638"), lang="vi")


def test_loading_a_policy_is_light() -> None:
    code = (
        "import sys, tracing.policy.shipped as p; p.load_policy('vn-3638'); "
        "assert not {'pandas', 'numpy', 'numba'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
