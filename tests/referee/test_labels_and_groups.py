"""Names with a number, groups with a share within each, and shares of another time are not reckoned with; years of another sentence only ask."""

import pytest
from reading import audited

NO_ALARM = [
    "Priority 2 takes the most, £40.0 million of the total. Priority 1 pays for boats, and for a grant of up to £900 for each crew.",
    "On roads limited to 40 mph the share was 3.1 times that on 20 mph roads.",
    "The club let 3,104 boats in 2021, an average of 8.5 a day. Each carried 2.4 guests on average.",
    "We are moving house. The plan runs from 2015 to 2018. Over the nine years to 2030 that comes to 900 boats.",
    "We asked 900 rowers. Joy was 81% among the 300 rowers aged 60 or over and 66% among the 600 who were younger.",
    "Women made up 64% of the crew (320 of 500), a share 2 percentage points higher than in 2019 (62%).",
    "Rowers made up about a quarter of those honoured.\n\n"
    + "The lake lies still at dawn. " * 60
    + "\n\nAmong rowers, 27% were honoured or thanked, or both.",
    "| Guests | Hurt | % of all guests |\n|---|---|---|\n| Rowers | 30 | 15.0 |\n| Sailors | 170 | 85.0 |\n\nAmong rowers, 28% of guests were hurt badly.",
]


@pytest.mark.parametrize("text", NO_ALARM)
def test_a_name_a_group_or_another_time_gives_no_alarm(text):
    assert audited(text).alarms == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("ratio", "The ferry makes 60 mph, 3 times the 30 mph of the barge."),
        ("share × base", "Joy was felt by 300 of the 600 rowers (66%)."),
        ("dates", "The plan of 2015 has run its course. From 2021 the lease runs over the twelve years to 2030."),
        ("per head", "The club let 300 boats. Each boat carried 3 guests on average, 1,200 guests."),
    ],
)
def test_what_is_counted_or_told_in_one_clause_is_an_alarm(kind, text):
    assert kind in {found.kind for found in audited(text).alarms}
