"""Alarms held against each other: what one rule alone says is asked, unless such rules have proved right by themselves."""

from dataclasses import replace
from itertools import chain

from reading import REPORTS, audited

from evidence.referee.auditing import DOCUMENTS, SENTENCES
from evidence.referee.checks import linked
from evidence.referee.comparing import Confidence
from evidence.referee.constructions.binding import ROOMS
from evidence.referee.corroborating import ALONE, SECONDING, corroborated
from evidence.referee.relations import holding

RENTS = "Rents rose from £500 to £600 for all 45 of them, that is by 43%."


def _alarm(text: str = RENTS, *, rule: str = "one.rule", confidence: Confidence = Confidence.high):
    (found,) = audited(text).alarms
    return replace(found, rule=rule, confidence=confidence)


def _told(*found) -> list[str]:
    return [one.confidence.value for one in corroborated(found)]


def test_one_rule_alone_asks_and_puts_no_question_of_a_reckoning():
    assert (_told(_alarm()), _told(_alarm(confidence=Confidence.question))) == (["question"], [])
    assert _told(replace(_alarm(confidence=Confidence.question), given=None)) == ["question"]


def test_rules_that_have_proved_right_alone_tell():
    assert [_told(_alarm(rule=rule)) for rule in sorted(ALONE)] == [["high"]] * len(ALONE)


def test_two_rules_that_contest_one_number_tell_what_either_alone_would_ask():
    one, other = _alarm(), _alarm(rule="another.rule")
    assert _told(one, other) == ["high", "high"]
    assert _told(one, replace(one)) == ["question", "question"], "one rule that says it twice is no second rule"
    assert _told(one, replace(other, sentence=one.sentence + 1)) == ["question", "question"]
    assert _told(one, replace(other, spans=((0, 1),))) == ["question", "question"]
    assert _told(one, replace(other, holds=True)) == ["question", "high"]


def test_a_rule_whose_questions_are_idle_seconds_another_and_asks_nothing():
    one, idle = _alarm(), _alarm(rule="differences.sizes")
    assert (_told(idle), _told(one, idle)) == ([], ["high", "high"])
    assert _told(one, replace(idle, confidence=Confidence.question)) == ["high"]


def test_what_one_rule_says_is_told_in_a_short_text_and_asked_in_a_report():
    text = "The hall was built in 1974 and is 60 years old in 2024, with 14 rooms."
    short, report = audited(text), audited(f"{text}\n\n{REPORTS['warm-homes.md']}")
    assert [[found.kind for found in some] for some in (short.alarms, short.questions)] == [["dates"], []]
    assert [[found.kind for found in some] for some in (report.alarms, report.questions)] == [[], ["dates"]]


LIKELY = "On calm days 9.0% of letters went astray, against 24.0% in a gale (96 of 400). One sent in a gale was {} as likely to be lost."


def test_a_multiple_of_the_two_shares_before_it_is_told_or_asked():
    audits = [audited(f"{LIKELY.format(stated)}\n\n{REPORTS['warm-homes.md']}") for stated in ("more than three times", "3.7 times")]
    assert [[found.kind for found in (*one.alarms, *one.questions)] for one in audits] == [["ratio"], ["ratio"]]


def test_faults_whose_words_bind_the_numbers_are_told_in_a_report_whatever_else_it_states():
    texts = (
        "In the 14 yards the number of oars fell by more than half, from 940 to 610, in 18 weeks.",
        "Some 45 boats ran; a ticket cost £40 in 2020 and £52 in 2024, a rise of 71%.",
        "Of the 400 firms, 120 (47%) answered, which took 9 weeks.",
    )
    audits = [audited(f"{text}\n\n{REPORTS['warm-homes.md']}") for text in texts]
    assert [[found.kind for found in audit.alarms] for audit in audits] == [["change"], ["change"], ["share × base"]]


def test_rules_that_are_named_are_rules():
    rooms = chain.from_iterable(room.RULES for room in ROOMS)
    rules = (*SENTENCES, *DOCUMENTS, *holding.RELATIONS, *holding.WORDED, *holding.BOUND, *holding.LINKED, *rooms, linked.check)
    assert {*ALONE, *SECONDING} <= {f"{rule.__module__.rpartition('.')[2]}.{rule.__name__}" for rule in rules}
