"""What a number cannot be by its kind: each text is right as it stands and wrong with one number or word changed; what only looks so gives no alarm."""

import pytest
from reading import audited, kinds

CRIMES = (
    "| Offence | Reported | Cleared | Pct. cleared |\n|---|---|---|---|\n| Arson | 40 | 10 | 25.0 |\n| Fraud | 60 | 36 | 60.0 |\n| Theft | 900 | 90 | 10.0 |\n"
    "| All offences | 1,000 | 136 | 13.6 |\n"
)
WORK = (
    "| Residents | 2022 | 2023 |\n|---|---|---|\n| Employed | 12,400 | 12,900 |\n| Unemployed | 600 | 500 |\n| In the labour force | 13,000 | 13,400 |\n"
    "| Inactive | 4,000 | {inactive} |\n| All residents | 17,000 | 17,300 |\n"
)
REASONS = (
    "| Reason | Homes | Share (%) |\n|---|---|---|\n| Wiring | 486 | 46.0 |\n| Heating | 338 | 32.0 |\n| Kitchen | 148 | 14.0 |\n| Other | 84 | 8.0 |\n"
    "| All homes | 1,056 | 100.0 |\n"
)
QUARTERS = (
    "| Quarter | 2022/23 | 2023/24 |\n|---|---|---|\n| April to June | 16 | 14 |\n| July to September | 21 | 19 |\n| October to December | 33 | 27 |\n"
    "| January to March | 35 | 24 |\n| Year | 105 | 84 |\n"
)
SUBJECTS = (
    "| Subject | 2022/23 | 2023/24 | Share of 2023/24 (%) |\n|---|---|---|---|\n| Billing | 3,120 | 2,808 | 56.2 |\n| Supply | 1,460 | 1,606 | 32.1 |\n| Meters | 540 | 586 | 11.7 |\n"
    "| Total | 5,120 | 5,000 | 100.0 |\n\nComplaints about billing fell by 10 per cent, which we put down to a simpler bill.\n"
)
PAIRS = [
    ("sum", "Of the 80 shops that left, 52 closed, 19 were sold and 9 moved to another town.", "52 closed", "57 closed"),
    ("points against percent", "Thefts fell 12.5 percent, from 800 cases to 700.", "12.5 percent", "12.5 percentage points"),
    ("ratio", "There are now 63 clubs in the county, three times as many as the 21 of 2019.", "three times", "four times"),
    (
        "respondents (GRIM)",
        "Views were marked on a scale from 1 to 5. The 16 builders who sit on our panel gave a mean of 2.75.",
        "mean of 2.75",
        "mean of 2.72",
    ),
    ("respondents (GRIM)", "Fitters marked the course from 1 to 5: 27 replied, and their mean was 4.19.", "was 4.19", "was 4.17"),
    ("respondents (GRIM)", "We rang all 23 of them. 48% of the 23 told us that they had cooked.", "48% of", "46% of"),
    (
        "range",
        "Our central estimate is that the line would in time bring 1,650 workers to the city, with a range of 1,500 to 1,800.",
        "1,650 workers",
        "1,350 workers",
    ),
    (
        "words against numbers",
        "Fewer than half of the employers with a vacancy (45.8%) found it hard to fill.",
        "Fewer than half",
        "More than half",
    ),
    (
        "words against numbers",
        "Theft made up about two-thirds of property crime (66.9 percent).",
        "about two-thirds",
        "about three-quarters",
    ),
    ("words against numbers", "The response rate was 52%, so that a majority of staff took part.", "was 52%", "was 48%"),
    ("words against numbers", "The answer of a majority, given by 56 per cent, was to support it.", "56 per cent", "46 per cent"),
    (
        "range",
        "It averaged 7 working days over the year: 5 days at the Market Street office and 8 days at the Northgate office.",
        "averaged 7",
        "averaged 9",
    ),
    ("dates", "Work began on 8 January 2024. We had the keys on 26 July 2024, 200 days later.", "July 2024", "July 2023"),
    (
        "respondents (GRIM)",
        "Two workshops were attended by 16 of the 21 drivers. They were asked to score it on a scale from 1 to 5. The mean was 3.75.",
        "was 3.75",
        "was 3.72",
    ),
    (
        "respondents (GRIM)",
        "We asked on a scale from 1 (not at all) to 5 (entirely). All 35 answered, and the mean score was 3.46.",
        "3.46",
        "3.44",
    ),
    ("over the whole", "In all 92 per cent of respondents said that they had raised prices.", "92 per cent", "102 per cent"),
    (
        "share × base",
        "A total of 8,460 patients came. Handover took 15 minutes or less for 2,961 of them (35%), between 15 and 60 minutes for 4,230 (50%), and longer for the remaining 1,269 (15%).",
        "(15%)",
        "(25%)",
    ),
    ("share × base", REASONS, "| 338 | 32.0 |", "| 338 | 34.0 |"),
    (
        "repeat",
        "We made 623 awards in three years. Of the 623 awards most were small. Reports came back on all 623 awards.\n\nIt has been said that the Foundation made 623 awards.",
        "Foundation made 623 awards",
        "Foundation made 632 awards",
    ),
    (
        "share × base",
        "| Region | Amount (£m) |\n|---|---|\n| North | 7.24 |\n| Midlands | 4.62 |\n| South | 3.82 |\n| Wales | 4.42 |\n| Great Britain | 20.10 |\n\n"
        "The North received £7.24 million, or 36 per cent of the total.",
        "36 per cent",
        "39 per cent",
    ),
    ("words against numbers", "Almost two thirds of them (65 per cent) agreed.", "two thirds", "three quarters"),
    (
        "respondents (GRIM)",
        "We asked each of the 20 to rate the hub with a whole number from 1 to 5; the mean was 4.15.",
        "was 4.15",
        "was 4.18",
    ),
    (
        "respondents (GRIM)",
        "Some have a team of five. Asked to rate the courses with a whole number from 1 to 5, the 40 employers gave a mean score of 3.65.",
        "of 3.65",
        "of 3.66",
    ),
    (
        "repeat",
        "We had 1,188,000 visits. Of the 1,188,000 visits most were short. In all 1,188,000 visits are counted.\n\nIt was a year of 1,188,000 visits.",
        "a year of 1,188,000",
        "a year of 1,118,000",
    ),
    ("sum", QUARTERS, "| 33 | 27 |", "| 33 | 29 |"),
    ("change", SUBJECTS, "fell by 10 per cent", "fell by 12 per cent"),
    ("share × base", CRIMES, "| 36 | 60.0 |", "| 36 | 66.0 |"),
    ("sum", WORK.format(inactive="3,900"), "3,900", "3,700"),
]


@pytest.mark.parametrize(("kind", "text", "right", "wrong"), PAIRS, ids=[wrong for *_, wrong in PAIRS])
def test_a_number_is_what_its_kind_allows(kind, text, right, wrong):
    planted = text.replace(right, wrong)
    assert planted != text
    assert kinds(text) == set()
    assert kind in kinds(planted)


RIGHT = {
    "groups that overlap": "Of the 300 learners who started, 250 completed, 180 found a job and 60 did both.",
    "a mean of what is no mark": "The 16 builders on our panel had an average of 2.72 years of training.",
    "a mean and its table, in another table the least": CRIMES
    + "\nTheft has the lowest rate of any offence.\n\n"
    + "| Offence | Change |\n|---|---|\n| Arson | 4 |\n| Fraud | -3 |\n| Theft | 2 |\n| Graffiti | 1 |\n",
    "a response that became quicker": "Median response to calls improved by 24 seconds, from 7 minutes 12 seconds to 6 minutes 48 seconds."
    " It ranged from 5 minutes 55 seconds in Harbour to 8 minutes 10 seconds in Millbrook.",
    "a goal and what came of it": "- Reduce violent crime by 5 percent.\n\nViolent crime fell 6.3 percent.",
    "a gap to a budget": "Spending was £53.55 million, 0.8 percent under the adopted budget of £54.00 million.",
    "so many a year": "New firms averaged 90 a year from 2011 to 2014, and 150 a year from 2017 to 2020.",
    "a bound on what was settled": "Of the 85 settlements, 51 were worth between 3 and 4 per cent and the remaining 34 less than 3 per cent.",
    "a rate of some of all": "| Residents | 2023 | Rate (per cent) |\n|---|---|---|\n| Employed | 12,900 | 74.6 |\n| Unemployed | 500 | 3.7 |\n| Inactive | 3,900 | 22.5 |\n"
    "| Retired | 0 | 0.0 |\n| All residents | 17,300 | – |\n",
    "a minority that is one": "The response rate was 48%, so that a minority of staff took part.",
    "the digits of another thing": "We made 623 awards. Of the 623 awards most were small. All 623 awards were paid.\n\nThe trustees read 632 letters.",
    "almost a half": "Almost half of them (46 per cent) agreed, and nearly three quarters (71 per cent) came.",
    "a year to come": "# Report 2024\n\nPublished in March 2024.\n\nThe milestone implies that homes are completed in 2025.",
    "a share of the whole behind a change": "| Kind | 2023 | 2024 |\n|---|---|---|\n| Rudeness | 61 | 48 |\n| Delay | 104 | 88 |\n| All | 165 | 136 |\n\n"
    "Complaints fell by 29. Rudeness was again the most common, making up 35.3% of the total.",
}


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_what_only_looks_so_is_no_alarm(text):
    assert kinds(text) == set()


def test_one_fault_of_direction_is_told_once():
    assert [found.kind for found in audited("Corran crept up from 38,300 to 37,800.").alarms] == ["direction"]
