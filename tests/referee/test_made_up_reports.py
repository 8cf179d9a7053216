"""Reports made up from wordings that the checks were not written for: how many of the faults planted into them are found, by kind."""

from collections import Counter

from planting import DRAWS, composed, wordings
from reading import audited

FLOORS = dict.fromkeys(DRAWS, 0.95) | {"shares": 0.75, "share × base": 0.9, "sum": 0.9, "repeat": 0.7}
"""Least share of the planted faults of a kind that is found; lower where the words alone do not say that parts are all, or two things one."""


def test_faults_planted_into_reports_made_up_are_found_and_the_reports_as_they_are_give_no_alarm():
    made, found, strays = Counter(), Counter(), []
    for text, faulty in composed(seed=7):
        audit = audited(text)
        alarms = [alarm.text for alarm in audit.alarms]
        asked = [question.text for question in audit.questions]
        for case in faulty:
            told = [one for one in (*alarms, *asked) if _plain(one) in _plain(case.planted)]
            made[case.kind] += 1
            found[case.kind] += bool(told)
            alarms = [alarm for alarm in alarms if alarm not in told]
        strays += alarms
    assert strays == []
    assert {kind: (found[kind], number) for kind, number in made.items() if found[kind] < FLOORS[kind] * number} == {}


def test_each_kind_is_planted_in_many_wordings():
    assert min(Counter(row["kind"] for row in wordings()).values()) >= 10


def _plain(text):
    """Return the signs of a text that say something, as dashes and bars of tables are written in several ways."""
    return "".join(sign for sign in text if sign.isalnum())
