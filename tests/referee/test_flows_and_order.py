"""Stocks and flows, and events in order: each text is right as it stands and wrong with one number or date changed; what only looks so gives no alarm."""

import pytest
from reading import kinds

STAFF = (
    "Table 1: Staff\n\n| | Nurses | Carers |\n|---|---|---|\n| In post at the start of the year | 418 | 212 |\n| Joined | 61 | 48 |\n| Left | 55 | 50 |\n"
    "| In post at the end of the year | 424 | 210 |\n"
)
APPEALS = (
    "Table 2: Appeals\n\n| Year | Opening | Lodged | Decided | Closing |\n|---|---|---|---|---|\n| 2021 | 120 | 410 | 395 | 135 |\n| 2022 | 135 | 432 | 451 | 116 |\n"
    "| 2023 | 116 | 401 | 377 | 140 |\n| 2024 | 140 | 380 | 370 | 150 |\n| Four years | 120 | 1,623 | 1,593 | 150 |\n"
)
PAIRS = [
    ("sum", APPEALS, "| 432 | 451 |", "| 432 | 415 |"),
    ("dates", "The consultation opened on 12 June 2023. It closed on 4 September 2023.", "4 September", "4 March"),
    ("dates", "She applied on 3 May 2022 and was granted leave on 7 November 2022.", "7 November 2022", "7 November 2021"),
    ("dates", "In the four years from 2019/20 to 2022/23 spending on roads rose.", "the four years", "the six years"),
    ("dates", "Mr C, who was born in 1950, was 70 when he retired in 2020.", "was 70", "was 62"),
    ("dates", "The library, built in 1974, is 50 years old this year, 2024.", "is 50", "is 60"),
    (
        "dates",
        "A decision was made on 4 June 2023, nine weeks after the application of 2 April 2023.",
        "nine weeks",
        "three weeks",
    ),
]


@pytest.mark.parametrize(("kind", "text", "right", "wrong"), PAIRS, ids=[wrong for *_, wrong in PAIRS])
def test_what_comes_and_goes_and_what_happens_in_turn_is_held(kind, text, right, wrong):
    planted = text.replace(right, wrong)
    assert planted != text
    assert kinds(text) == set()
    assert kind in kinds(planted)


RIGHT = [
    STAFF.replace("| Left | 55 | 50 |", "| Moved elsewhere in the group | 30 | 25 |"),
    "| Homes | Number |\n|---|---|\n| Owned on 1 April 2022 | 6,150 |\n| Built or bought | 340 |\n| Sold | 90 |\n| Transferred | 15 |\n| Owned on 31 March 2023 | 6,415 |\n",
    APPEALS.replace("| Lodged | Decided |", "| Lodged in person | Heard |"),
    "We began the year with 86 staff, of whom 14 joined in 2010 and 9 left in May. At the end 80 remained.",
    "The road opened on 3 May 2022, the bridge on 7 July 2022 and the path on 9 August 2022. Work had begun on 14 January 2022.",
    "The first shop opened on 3 May 2022. The board agreed on 7 April 2022 to close two others.",
    "The survey closed on 12 June 2023. It had opened on 4 May 2023. A second survey opened on 1 July 2023.",
    "In the three years from 2019/20 to 2022/23 spending on roads rose.",
    "Mr C, who was born in 1950, was 69 when he retired in 2020.",
]


@pytest.mark.parametrize("text", RIGHT, ids=[text[-30:] for text in RIGHT])
def test_what_is_no_flow_and_no_story_gives_no_alarm(text):
    assert kinds(text) == set()
