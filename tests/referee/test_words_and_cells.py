"""What words say of the cells of a table that they name: right as it stands, wrong with one number or word changed; what may be of other cells gives no alarm."""

import pytest
from reading import audited, kinds

FERRIES = (
    "## Crossings\n\n**Table 1. Crossings by route**\n\n| Route | 2022/23 | 2023/24 | Share in 2023/24 (%) |\n|---|---|---|---|\n| Harbour line | 41,000 | 38,950 | 29.7 |\n"
    "| Islands | 52,300 | 57,530 | 43.8 |\n| Night boats | 31,200 | 34,820 | 26.5 |\n| All routes | 124,500 | 131,300 | 100.0 |\n"
)
PITCHES = "**Table 2. Weekly lessons at the riding schools**\n\n| School | Lessons |\n|---|---|\n| Ash Farm | 41 |\n| Beck | 36 |\n| Copse | 29 |\n| Dell | 17 |\n| Total | 123 |\n"
PLEAS = "**Table 3. Pleas and their success**\n\n| Year | Pleas | Success rate (%) |\n|---|---|---|\n| 2017 | 412 | 31.0 |\n| 2018 | 463 | 34.0 |\n| 2019 | 510 | 38.0 |\n"
PAIRS = [
    ("direction", f"{FERRIES}\nHarbour line sailings fell by 5.0 per cent, for want of a boat.", "fell", "rose"),
    ("direction", f"{FERRIES}\nCrossings to the islands grew by 10 per cent.", "grew", "fell"),
    ("direction", f"{FERRIES}\nAll in all, crossings rose over the year.", "rose", "fell"),
    ("direction", f"{FERRIES}\nNight boats and islands apart, the harbour line fell from 41,000 to 38,950.", "fell", "rose"),
    ("change", f"{FERRIES}\nNight boats were up by 11.6 per cent.", "11.6", "10.4"),
    ("change", f"{PLEAS}\nThe success rate rose by seven percentage points between 2017 and 2019.", "seven", "38"),
    ("change", f"{PLEAS}\nPleas increased by 24 per cent between 2017 and 2019.", "24", "34"),
    ("range", f"{PITCHES}\nThe riding schools give between 17 and 41 lessons a week.", "17 and", "19 and"),
    ("range", f"{PITCHES}\nLessons at each school range from 17 at Dell to 41 at Ash Farm.", "17 at Dell", "29 at Copse"),
    ("repeat", f"{FERRIES}\nOn the islands 57,530 crossings were made in 2023/24.", "57,530", "51,530"),
]


@pytest.mark.parametrize(("kind", "text", "right", "wrong"), PAIRS, ids=[f"{kind}: {wrong}" for kind, _, _, wrong in PAIRS])
def test_what_words_say_of_a_table_is_held_against_the_cells_that_they_name(kind, text, right, wrong):
    planted = wrong.join(text.rsplit(right, 1))
    assert planted != text
    assert kinds(text) == set()
    assert kind in kinds(planted)


@pytest.mark.parametrize(
    "text",
    [
        f"{FERRIES}\nThe harbour line had a bad year. Crossings fell.",
        f"{FERRIES}\nTwo of the three routes fell short of what was hoped.",
        f"{FERRIES}\nCrossings will fall next year, when a boat is sold.",
        f"{FERRIES}\nHarbour line fares rose by 5.0 pence a mile in each zone.",
        f"{FERRIES}\nCrossings fell during the storms, and then rose.",
        f"{FERRIES}\nThe share of the harbour line fell, and that of night boats rose to 26.5 per cent.",
        f"{PITCHES}\nThe other schools give between 17 and 36 lessons a week.",
        f"{PITCHES}\nPupils are between 9 and 41 years old.",
        f"{PLEAS}\nThe number of judges rose from 12 in 2017 to 19 in 2019.",
        f"{PLEAS}\nPleas are heard within 463 days, and 413 were heard on paper.",
    ],
)
def test_what_may_be_of_other_cells_is_no_alarm(text):
    assert kinds(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "For 812 guests the reason was a wedding, for 640 it was a funeral, and for the remaining 355 it was a holiday.",
        "Asked again, 210 (70%) wanted to stay and only 30 (10%) to go. The other 60 did not mind.",
        "The fair was attended by 41 people from Oxby, 72 from Penhill and 90 from Quarley, making 203 in all.",
        "Among senior cooks it is £640 (£31,200 for women and £31,840 for men).",
        "Grants rose by £5 million to £70 million. A part of it (£2,500k) came from the county, of which £2.1 million was for roads and the remainder for bridges.",
        "Options for more spending of £2 million, £4 million and £7 million a year will be brought in May.",
        "The pay bill is £50.0 million, and a difference of 0.2 percentage points costs £100,000.",
        "We spoke to 612 walkers in May and 455 in June.[^2] Of the 1,067, all were glad.",
        "Last year it cost £300 million, which is equivalent to £340 million now, so that it was lower.",
    ],
)
def test_what_other_words_bind_is_no_alarm(text):
    assert kinds(text) == set()


CARGO = (
    "**Table 5. Cargo by quay**\n\n| Quay | Ships | Cargo (tonnes) | Mean wait (days) |\n|---|---|---|---|\n| North | 241 | {north} | 4 |\n"
    "| Old | 158 | 2,310 | 9 |\n| South | 102 | 1,425 | 6 |\n| Port | 501 | 5,373 | 5 |\n"
)


def test_a_column_that_does_not_add_up_is_told_at_the_only_part_that_a_slip_would_mend():
    """The last row is that of all by its name or by one column of hundreds that it is the sum of, which no mean is; another digit is a slip where the text has the total too."""
    assert kinds(CARGO.format(north="1,638")) == set()
    (swapped,) = audited(CARGO.format(north="1,683")).alarms
    assert (swapped.place, "1,638 for 1,683 (North)" in swapped.message) == (5, True)
    other = CARGO.format(north="1,698")
    assert [(one.place, one.kind) for one in audited(other).alarms] == [(8, "sum")]
    told = audited(f"{other}\nThe port handled 5,373 tonnes of cargo.").alarms
    assert [(one.place, "1,638 for 1,698 (North)" in one.message) for one in told] == [(5, True)]
