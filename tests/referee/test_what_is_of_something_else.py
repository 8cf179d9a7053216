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


BESIDE = {
    "another-report": "# Needs of the lakes\n\nThis paper updates the review published in October 2021.\n\nIn 2023 we counted 40 boats. In 2022 there were 38. We opened two huts in 2023.",
    "rate": "Three of the 22 lakes had a rate of more than 16%.",
    "all-but": "All but two of the sixteen guides (88%) would come again.",
    "whole-again": "We opened six huts. Four of the six had guests by May; the other two wait for beds.",
    "share-of-total": "Our income of £14.62 million comes almost wholly (94.9%) from rents, which work out at £2.85 for each of the 4.86 million nights.",
    "two-groups": "Nearly nine times as many lakes reported that fish had come as that they had fallen away (527 against 59).",
    "hyphen": "Weighing the follow-up answers anew changes the share by little more than one percentage point, from 64.0% to 62.8%.",
    "two-changes": "England's rose by 4.0 percentage points, from 39.2%, so the gap has come down from 7.1 points to 5.7.",
    "half-in-words": "Among the 121 lakes with boats the figure was 54 (44.6%), lower than for any other but still not far short of half.",
    "another-year": "| Costs | % naming it |\n|---|---|\n| Boats | 54.0 |\n| Fuel | 47.0 |\n| Rent | 31.0 |\n\nFuel was the commonest answer in 2022, when 61.0% named it.",
    "the-most": "Carrow had the most boats (32.0% of all) and Tarn the fewest (10.0%). Dorlen gives out the most, 40% of all our oars.",
    "made-up": "Guests from elsewhere, who made up 60 per cent of all in 2018/19, now make up 51 per cent.",
    "against-others": "Those who had seen a guide came back less often: 162 of the 540 (30%), against 330 of the other 660 (50%).",
    "of-whom": "Over the three years it has seen 9,300 guests, of whom 5,580 (60 per cent) were new. The cost in 2023/24 was £702,000, or £180 a guest.",
    "more-than": "We helped 3,240 lakes. They told us of 756 new boats, a fifth more than the 630 of the year before.",
    "part-in-brackets": "In the year the lakes that we helped were 3,240. Boats came in May.\n\nThree quarters of the lakes that we helped (2,430) had an island.",
    "smaller-number": "Of the 540 guests 297 (55 per cent) were told in time. A smaller number, 189 (35 per cent), said that they were told again.",
    "several-breakdowns": "| Group | Guests | Rowed |\n|---|---|---|\n| Women | 1,260 | 378 |\n| Men | 1,140 | 234 |\n| With a child | 720 | 252 |\n| Without | 1,680 | 360 |\n| All | 2,400 | 612 |",
    "part-before": "Half began in the galley: cooking was the cause of 190 of them (50%). Wires were the cause of 68, pipes of 54, and all other things of the remaining 66.",
    "subset": "All 22 huts have now been looked at once. Seven were found wet; by May four were dry and the other three were being dried.",
    "count-and-share": "A bridge is to be had at 150 (72%), up from 93 in 2019, when it was half of them.",
    "one-was": "No post was vacant in 125 huts (60%), one was vacant in 62 (30%), and two or more in 21 (10%).",
    "most-by": "In 2019 help was wanted most by 30 of 186 huts (16%).",
    "from-to": "| Costs | % naming it |\n|---|---|\n| Boats | 54.0 |\n| Fuel | 47.0 |\n| Rent | 31.0 |\n\nBoats have gone from 45.0% to 54.0%.",
}


@pytest.mark.parametrize("text", BESIDE.values(), ids=BESIDE)
def test_what_only_stands_beside_gives_no_alarm(text):
    assert kinds(text) == set()


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("respondents (GRIM)", "Overall 74% of the 23 thought so.", "Overall 72% of the 23 thought so."),
        (
            "respondents (GRIM)",
            "| Part of the day | Mean score (34 guests) |\n|---|---|\n| Dawn | 8.56 |\n| Dusk | 7.15 |".replace("guests", "respondents"),
            "| Part of the day | Mean score (34 guests) |\n|---|---|\n| Dawn | 8.56 |\n| Dusk | 7.13 |".replace("guests", "respondents"),
        ),
        (
            "shares",
            "Asked to choose the one statement that fits, 11.1% said often, 29.0% seldom, 14.0% once and 46.0% never.",
            "Asked to choose the one statement that fits, 11.1% said often, 39.0% seldom, 14.0% once and 46.0% never.",
        ),
        (
            "dates",
            "# Lakes\n\nThe review was written in June 2023.\n\nIn 2022 we counted 40 boats.",
            "# Lakes\n\nThe review was written in June 2021.\n\nIn 2022 we counted 40 boats.",
        ),
    ],
)
def test_what_so_many_can_say_is_held_against_how_many_they_are(kind, right, wrong):
    assert kinds(right) == set()
    assert kind in kinds(wrong)
