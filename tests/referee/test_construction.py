"""An alarm stands where the words themselves say what is reckoned from what; what is only likely to be meant is a question and fails nothing."""

import pytest
from reading import audited

LIKELY = [
    "Of the 940 walkers who set out, 611 (65%) came back by noon. That is 21% of all guests.",
    "Overall 80% were content with the walk: 444 were very content and 382 fairly content. A further 124 (12%) were neither, and 82 (8%) were not.",
    "Potters are much more likely to sell: 97 of the 148 do so (66%), compared with 76 of the 264 amateur painters (29%).",
    "210 huts (35%) are let for the season; the other 390 (65%) stand open.",
    "They planned to let 70% of the pitches; three of the six fields, and the park as a whole, did better.",
    "We answered 2,140 letters, 1,712 of them (80%) within 12 days. Of the 96 appeals, 60 were heard within 30 days. The share is below the standard of 85%.",
    "Our guest list grew by 3.5%, from 4,000 to 4,140. Long stays, however, came down.",
    "The park hired 94 wardens over the season, so that on average each worked with 55 guests. Groups at any one time were lower, at between 18 and 31.",
    "The 31,800 bulbs were set in 26.5 beds, 1,200 to the bed. Helpers gave 9,204 hours, 59 each.",
    "Rents rose by 4%, about half as fast as wages (9.1%).",
    "Guests who dine spent £15.20 on average, £2.10 more than in 2017, and a party of five £62.",
    "Trade was brisk: 63 of the 240 stalls were sold, and in June 21 stalls stood empty, twice as many as in 2016.",
    "| £m | 2018 | 2019 |\n|---|---|---|\n| Crew | 20.2 | 21.0 |\n| Boats | 5.2 | 5.6 |\n| Total | 25.4 | 26.6 |\n\nMost were content. Among part-time crew it was 73%, among others 66%.",
    "Contentment was 74% in huts that we had painted and 46% in the rest; over all huts it was 53%.",
    "Helpers gave 84,000 hours, as much as 52 paid hands. There were 1,400 of them, 60 hours each, and half are over 60 (52%).",
    "Boats took £7.1 million (44%), water £2.3 million, the office £3.1 million and everything else £3.5 million.",
    "| Kind | £000 | Share (%) |\n|---|---|---|\n| Paths | 2.31 | 34 |\n| Huts | 1.62 | 24 |\n| Signs | 1.48 | 22 |\n| Maps | 0.79 | 12 |\n| Talks | 0.64 | 9 |\n| Total | 6.84 | 100 |",
    "| Mood | Q3 2021 | Q4 2021 | Q1 2022 | Change on the year |\n|---|---|---|---|---|\n| Tea | +5 | +7 | +12 | +7 |\n| Buns | \u22129 | \u22127 | \u22122 | +7 |"
    "\n| Jam | +4 | +3 | +8 | +4 |\n| Milk | +20 | +26 | +35 | +15 |",
]


@pytest.mark.parametrize("text", LIKELY)
def test_what_is_reckoned_only_by_guess_is_no_alarm(text):
    assert audited(text).alarms == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("share × base", "The club has 84 rowers, of whom 21 row at dawn. That is 36% of all rowers."),
        ("change", "In 2019 we let 840 huts. Last year it was 1,260. That is an increase of 30%."),
        ("per head", "The fair drew 9,200 guests. They spent £73,600, which is £9 a head."),
        (
            "share × base",
            "Of the 640 keepers who had written in, 160 had been sent a lamp. Of these, 104 had paid for it, which is 56.0% of those served.",
        ),
        ("respondents (GRIM)", "Of the six wardens who replied, 60% were for it."),
        ("change", "Rowers are keener: 61 of them race, and 48 sailors do, a difference of 21."),
        (
            "sum",
            "| Kind | Share (%) |\n|---|---|\n| Paths | 34 |\n| Huts | 24 |\n| Signs | 22 |\n| Maps | 12 |\n| Talks | 14 |\n| Total | 100 |",
        ),
    ],
)
def test_what_the_words_construct_is_an_alarm(kind, text):
    assert kind in {found.kind for found in audited(text).alarms}


@pytest.mark.parametrize(
    ("alarm", "question"),
    [
        (
            "The school has 40 boats. It let 12 of them, or 52%.",
            "The school has 40 boats and 90 oars. It let 12 of them, or 52%.",
        ),
        (
            "Guests rose from 400 to 500, an increase of 99%.",
            "With 42 tents on the field guests rose from 400 to 500, an increase of 99%.",
        ),
    ],
)
def test_what_is_far_from_what_was_reckoned_is_a_question_where_other_numbers_stand_beside(alarm, question):
    assert audited(alarm).alarms
    found = audited(question)
    assert (found.alarms, bool(found.questions)) == ([], True)
