"""Numbers that stand beside each other and are of different things: each text is right, and an audit that reckons the one from the other alarms falsely."""

import pytest
from reading import kinds

TRIPS = "| Purpose | Respondents | Share (%) |\n|---|---|---|\n| Work | 95 | 24 |\n| Shops | 190 | 48 |\n| Health | 75 | 19 |\n| Leisure | 36 | 9 |\n| All | 396 | 100 |\n"
TEXTS = [
    "# Review of the register\n\nMarch 2022\n\nWe received 410 requests in 2023. In 2024 we received 460, and in 2025 we received 480.",
    "A loan repaid over 30 years cost £420 a month in 2021 and £610 a month in 2024.",
    "Entries closed on 30 June 2022, after 15 months, and the last prize was given on 5 July 2023.",
    "Over the five years the catch was steady, ranging from 18,475 tonnes in 2021 to 19,695 tonnes in 2019.",
    "With 456 pupils this gives an average of a little over 25 to each tutor, although no tutor had more than 14 at one time.",
    "Replies came from 352 buyers (55%), and 128 of them had help. Asked how many homes they had seen, they gave a mean of 9.4.",
    "At the usual 30 homes to the hectare the land for each home cost £26,000 in the towns and £39,000 in the city.",
    "Spending on agency staff was £3.6 million, compared with £4.5 million a year ago. Agency nurses gave 48,000 hours, which comes to £2.16 million or 60% of all agency spending.",
    "We attended 24,400 calls, an increase of 1.7% on the 24,000 of the year before.\n\nThe north is the largest area. It also had the largest increase, of 400 calls or 4.3%.",
    "Of the 180 complaints, 54 were upheld, 63 upheld in part and 63 not upheld. The proportion upheld wholly or in part was thus 65%.",
    "The cheapest district has a mean of £162,000, and the dearest £245,000. The dearest mean was therefore 51% higher than the other.",
    "Hours came down from 146,400 to 99,552. That is a fall of 32%, or nearly a third.",
    "In Aldon 108 of 232 stayed, or 47%, whereas in Berrow only a quarter of respondents (32 of 128) did.",
    "At the end of March there were 14,260 vans, up from 10,385 a year before (37.3%).",
    TRIPS + "\nTrips to health appointments were more common among those aged 65 and over, at 28 per cent.",
    "The group that left and came back was 412 strong. The remaining 212 (22%) had come from elsewhere.",
    "We traced 4,637 members (94.4%) and, for a pool of 38,215 others, their tax records.",
    "My office cost £4,530,000, which is 2.6% of the total, or £7.41 for each resident.",
    "On one day 3,600 people waited for one of the eight tests, of whom 2,160 (60%) had waited six weeks or less.",
    "A prawn costs £3,280 a tonne, about three times as much as a herring (£1,070) and half as much again as a cod (£2,200).",
    "This is a fall of 103,000 (1.9%) heads, and of 92,000 (2.0%) full posts on the quarter before.",
    "There were 318.2 million visits in 2010, or 6.1 for each person, and 158.9 million in 2024, or 2.8 each.",
]


@pytest.mark.parametrize("text", TEXTS, ids=[text[-30:] for text in TEXTS])
def test_what_is_of_something_else_gives_no_alarm(text):
    assert kinds(text) == set()
