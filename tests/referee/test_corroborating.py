"""Alarms held against each other: what one rule alone says, and no slip explains, is asked."""

from dataclasses import replace

import pytest
from reading import HERE, REPORTS, audited

from evidence.catalog.verify.text import Text
from evidence.referee import document_of
from evidence.referee.auditing import DOCUMENTS, SENTENCES
from evidence.referee.checks import linked
from evidence.referee.comparing import Confidence
from evidence.referee.constructions.binding import TRIED, by_construction
from evidence.referee.corroborating import ASKING_ALONE, SECONDING, corroborated
from evidence.referee.relations import holding, restated
from evidence.referee.relations.reach import Reach

FAR, SLIP = (f"Rents rose from £500 to £600 for all 45 of them, that is by {share}." for share in ("43%", "26%"))


def _alarm(text: str, *, rule: str = "one.rule", confidence: Confidence = Confidence.high):
    (found,) = audited(text).alarms
    return replace(found, rule=rule, confidence=confidence)


def _told(*found) -> list[str]:
    return [one.confidence.value for one in corroborated(found)]


def test_one_rule_alone_asks_where_no_slip_explains_what_is_stated():
    assert (_told(_alarm(SLIP)), _told(_alarm(FAR))) == (["high"], ["question"])


def test_a_question_of_one_rule_that_no_slip_explains_is_not_put():
    asked = [_alarm(text, confidence=Confidence.question) for text in (SLIP, FAR)]
    assert [_told(one) for one in asked] == [["question"], []]


def test_two_rules_that_contest_one_number_tell_what_either_alone_would_ask():
    one, other, apart = _alarm(FAR), _alarm(FAR, rule="another.rule"), _alarm(FAR, rule="another.rule")
    assert _told(one, other) == ["high", "high"]
    assert _told(one, replace(one)) == ["question", "question"], "one rule that says it twice is no second rule"
    assert _told(one, replace(apart, sentence=one.sentence + 1)) == ["question", "question"]
    assert _told(one, replace(apart, spans=((0, 1),))) == ["question", "question"]
    assert _told(one, replace(apart, holds=True)) == ["question", "high"]


def test_a_rule_whose_questions_are_idle_seconds_another_and_asks_nothing():
    one, idle = _alarm(FAR), _alarm(FAR, rule="differences.sizes")
    assert (_told(idle), _told(one, idle)) == ([], ["high", "high"])
    assert _told(one, replace(idle, confidence=Confidence.question)) == ["high"]


def test_a_count_its_base_and_a_share_in_one_construction_need_no_second_rule():
    assert _told(_alarm("Of the 400 firms, 120 (47%) answered.")) == ["high"]


@pytest.mark.parametrize(
    ("rule", "told"), [("restated.restated", "question"), ("ranges.check", "medium")], ids=["wrong when alone", "right when alone"]
)
def test_a_rule_without_a_reckoning_is_weighed_by_how_it_did_alone(rule, told):
    one = replace(_alarm(SLIP), rule=rule, given=None, confidence=Confidence.medium)
    assert _told(one) == [told]


LIKELY = "On calm days 9.0% of letters went astray, against 24.0% in a gale (96 of 400). One sent in a gale was {} as likely to be lost."


@pytest.mark.parametrize("stated", ["more than three times", "3.7 times"], ids=["the next word", "another digit"])
def test_a_multiple_of_the_two_shares_before_it_is_told_where_one_word_or_digit_is_wrong(stated):
    (found,) = audited(f"{LIKELY.format(stated)}\n\n{REPORTS['warm-homes.md']}").alarms
    assert (found.kind, found.confidence.value, found.claim.text) == ("ratio", "medium", stated)


def test_the_size_of_a_change_right_before_its_two_levels_needs_no_second_rule():
    text = "In the 14 yards the number of oars fell by more than half, from 940 to 610, in 18 weeks."
    (found,) = audited(f"{text}\n\n{REPORTS['warm-homes.md']}").alarms
    assert (found.kind, found.confidence.value) == ("change", "high")


def test_a_share_of_these_is_told_of_the_part_that_the_sentence_before_tells():
    whole = "Of the 640 keepers who wrote in, 160, exactly one quarter, had been sent a lamp."
    text = f"{whole} Of these, 104 had paid for the oil by it, which is 26.0% of those served."
    (found,) = audited(f"{text}\n\n{REPORTS['warm-homes.md']}").alarms
    assert (found.kind, found.confidence.value, [number.text for number in found.operands]) == ("share × base", "high", ["104", "160"])


TICKET = "A ticket cost £40 in 2020 and £52 in 2024, a rise of 71%."
BESIDE = TICKET.replace("A ticket", "Some 45 boats ran; a ticket")


def test_a_sentence_whose_words_bind_its_numbers_is_told_in_any_report_whatever_else_it_states():
    apart, among = (audited(f"{one}\n\n{REPORTS['warm-homes.md']}") for one in (TICKET, BESIDE))
    assert [(len(found.alarms), len(found.questions)) for found in (apart, among)] == [(1, 0), (1, 0)]


def test_a_short_text_is_told_what_one_rule_alone_says():
    assert [found.kind for found in audited(BESIDE).alarms] == ["change"]


def test_rules_that_are_named_are_rules():
    rules = (*SENTENCES, *DOCUMENTS, *holding.RELATIONS, linked.check, restated.restated)
    names = {f"{rule.__module__.rpartition('.')[2]}.{rule.__name__}" for rule in rules}
    assert {*ASKING_ALONE, *SECONDING, "changes.check", "linked.check"} <= names


def test_a_construction_that_has_not_been_tried_asks_where_neither_a_slip_nor_another_rule_bears_it_out():
    alone, other = replace(_alarm(FAR, rule="made.up"), supposed=True), _alarm(FAR, rule="made.too")
    asked, told = Confidence.question, Confidence.high
    assert [one.confidence for one in corroborated([], [alone])] == [asked]
    assert [one.confidence for one in corroborated([], [replace(alone, supposed=False)])] == [told]
    assert [one.confidence for one in corroborated([other], [alone])] == [told, told]


def test_constructions_that_have_not_been_tried_are_supposed_and_the_others_are_not():
    names = {f"{rule.__module__.rpartition('.')[2]}.{rule.__name__}" for rule in TRIED}
    texts = [path.read_text(encoding="utf-8") for path in (HERE / "passages").glob("*.txt")]
    read = [one for text in texts for one in by_construction(Reach(document_of(Text(text), "report.md")))]
    assert {one.supposed for one in read} == {True, False}
    assert [one.rule for one in read if one.supposed == (one.rule in names)] == []
