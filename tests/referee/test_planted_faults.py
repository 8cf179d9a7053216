"""Each kind of fault, planted into invented reports that are right: it is found where it stands, and the reports as they are give no alarm."""

import re

import pytest
from reading import HERE, REPORTS, audited, kinds, planted, sentences, told

from evidence.catalog.verify.text import Text
from evidence.referee import document_of


def test_reports_that_are_right_give_no_alarm_and_much_is_compared_in_them():
    audits = [audited(text, name) for name, text in REPORTS.items()]
    assert [found.message for audit in audits for found in (*audit.alarms, *audit.questions)] == []
    assert min(len(audit.comparisons) for audit in audits) >= 25


def test_every_planted_fault_is_told_or_asked_in_its_sentence():
    missed = []
    for row in planted():
        true = REPORTS[row["report"]]
        assert true.count(row["true"]) == 1, row
        audit = audited(true.replace(row["true"], row["planted"]), row["report"])
        found = [(one.kind, one.message) for one in (*audit.alarms, *audit.questions)]
        if row["kind"] not in {kind for kind, _ in found}:
            missed.append((row["kind"], row["planted"], found))
    assert missed == []


def test_a_fault_is_found_in_sentences_of_every_style_and_none_where_there_is_none():
    rows = sentences()
    assert [(row["kind"], row["planted"]) for row in rows if row["planted"] and row["kind"] not in kinds(row["planted"])] == []
    assert [(row["true"], kinds(row["true"])) for row in rows if kinds(row["true"])] == []


def test_each_check_has_a_planted_fault_and_each_kind_is_one_that_a_check_tells():
    sources = "".join(path.read_text(encoding="utf-8") for path in (HERE.parents[1] / "lib/evidence/referee/checks").glob("*.py"))
    assert all(f'"{row["kind"]}"' in sources for row in (*planted(), *sentences()))
    told = set(re.findall(r'\b(?:compared|worded|Compared|_alarm|_held)\(\s*"([a-z][^"]+)"', sources))
    questions, in_the_sources = {"wording", "respondents"}, {"base", "part of the economy"}
    assert told - {row["kind"] for row in (*planted(), *sentences())} == questions | in_the_sources


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("sum", "In 2023 the trust employed 4,812 people: 2,340 nurses, 812 doctors and 1,760 support staff."),
        ("sum", "The council built 300 homes in 2019, 250 in 2020 and 400 in 2021, a total of 1,050 homes."),
        ("shares", "Some 45% of firms exported to Europe, 28% to Asia and the remaining 37% sold only at home."),
        ("share × base", "Of the 48 councils that replied, 31 (71%) had cut their youth services."),
        ("share × base", "Only 12 of the 60 schools (25%) had a nurse."),
        ("change", "Spending rose from £120 million in 2018/19 to £150 million in 2021/22, an increase of a third."),
        ("points against percent", "The share of renters went from 31% to 36%, an increase of 5%."),
        ("direction", "Productivity fell from £38 an hour to £41 an hour."),
        ("words against numbers", "Wages have soared by 0.4% in real terms."),
        ("words against numbers", "A minority of teachers (57%) would leave."),
        ("ratio", "Twice as many women (320) as men (240) enrolled."),
        ("order", "Attendance was higher in primary schools (91.2%) than in secondary schools (94.5%)."),
        ("range", "Fees are between £38 and £31 a month."),
        ("per head", "The programme trained 2,400 people at a cost of £6 million, or £250 per person."),
        ("respondents (GRIM)", "The survey, carried out in March 2021 among 18 firms, found that 45% had no plan."),
        ("over the whole", "Emissions fell by 130% between 1990 and 2020."),
        ("share × base", "Of the 1,500 people who applied, 900 were offered a place, an acceptance rate of 70%."),
        ("share × base", "The council employs 3,200 people. Two thirds of them, 1,700, are women."),
        ("respondents (GRIM)", "We interviewed 25 managers. Some 62% of them said that costs had risen."),
        ("per head", "Each of the 14 centres received £25,000. In total £450,000 was paid out."),
        ("change", "Staff rose from 1,200 to 1,500, a rise of 30%."),
        ("sum", "| Area | 2020 | 2021 |\n|---|---|---|\n| Ashby | 12 | 14 |\n| Burford | 15 | 16 |\n| Total | 29 | 30 |"),
        ("change", "Men live for 78.2 years. Women live for 82.1 years, a gap of 5.9 years."),
        ("change", "The council received 1,240 complaints in 2022/23, an 18% increase on the 960 received the year before."),
        ("direction", "The gap between the regions narrowed from 12 points in 2010 to 15 points in 2020."),
        ("sum", "Revenue of £240 million less costs of £215 million left a surplus of £35 million."),
        ("dates", "The trial lasted 18 months, from January 2019 to March 2021."),
        ("dates", "The ten-year plan runs from 2015 to 2030."),
        ("dates", "Between 2018 and 2015, the number of homeless families grew."),
    ],
)
def test_what_a_sentence_alone_says_wrongly(told, text):
    assert told in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "The shares were 33%, 33% and the remaining 33%.",
        "It rose from 1.2 million to 1.3 million, up 8%.",
        "From a gain of 315,000 to 310,000 jobs it was lowered by 5,000, and the other went down by 10,000, from a gain of 175,000 to 165,000.",
        "There were 9.10 million people aged from 16 to 64, down 117,000 on the quarter.",
        "Nearly half of the firms (47%), up from 41%, used it.",
        "The most common complaint was noise (34%).",
        "Exports were 112% of the target, and output grew by 130%.",
        "The five years from 2015 to 2020 were good ones.",
        "Of 1,200 firms, 413 were small, 588 large and the remaining 199 in between.",
        "Girls were twice as likely as boys to say so (24% compared with 12%).",
        "More than half of the members (72%) voted, and more than 20% (35%) twice.",
        "Men earned £540 and women £480 a week. Men over 50 earned £610 a week.",
        "Overall 45% were positive, 30% negative and the remainder neutral.",
        "Higher apprenticeships made up a third of starts (33.5%), up from 30.5%.",
        "There were 24.8 million households, an increase of 6.1% from 23.4 million in 2011.",
        "Between 2015 and 2020 emissions fell by 18%, from 495 to 405 million tonnes, and energy use by 6%.",
        "Staff fell from 34,000 to 29,000, or by 14%, and visits from 1,200 to 1,500 were expected.",
        "| Area | 2020 | 2021 |\n|---|---|---|\n| Ashby | 12 | 14 |\n| Burford | 15 | 16 |\n| Total | 27 | 30 |",
        "Demand reached 150% of expectations and 120% of the plans.",
        "Rents rose more slowly in Wales (5.1%) than in England (5.9%).",
        "The rate was 4.1% in 2021. The rate was 3.8% in 2022.",
        "Income rose by £4.5 million (4.7%) on the year. It was £100.3 million.",
        "A ticket costs £42.00, an increase of £2.00 or 5.0%.",
        "Fares went from £18 to £24. Rents rose faster, by 48%.",
        "Rides ranged from 13.0 in Alton to 39.0 in Beck, so that Beck had three times as many rides as Alton.",
        "The poorest fifth lost £60 a year out of £290, and the top third gained £90.",
        "Of each pound 71 pence is spent: 12 pence on rent, 5 pence on heat, 46 pence on food and 7 pence on fares.",
        "In a comparison of seven towns prices were lowest in Alton (4%).",
        "Places held up better, slipping by 3% from 2.04 million to 1.98 million.",
        "On 1 May there were 150 tenants, 30 more than a year before and 2.4 times the number in 2018.",
        "Of the 140 homes, 80 were let to families, with 190 children between them.",
        "Alton had 400 birches on 20 hectares, that is 20 to the hectare: oaks 210, limes 140 and elms 50.",
        "Mr Hay served 61 improvement notices. Damp was found in 130 rooms and mould in 84.",
        "Cash spending rises by 11%; earlier cuts came to a reduction of 14%. Prices rise by 2% a year.",
        "Families in the bottom two fifths get £1.29 billion, or 40%; those in the top two fifths £1.17 billion, or 36%.",
        "We saw eight hens in 2020, 13 in 2021, 19 in 2022 and 24 in 2023, three times as many as at the start.",
        "A stay costs £48 a night and lasts 3 nights. Those who lodge pay £144.",
    ],
)
def test_what_rounding_or_another_subject_explains_is_no_alarm(text):
    assert kinds(text) == set()


SAME = [
    ("The tram line cost £12.4 million in total.", "Total costs of the tram line came to £14.2 million."),
    ("Our survey found that 38% of parents use a nursery.", "As many as 48% of parents use a nursery, according to the survey."),
    ("In 2021 there were 4,120 rough sleepers in the city.", "The city counted 4,210 rough sleepers in 2021."),
    ("The average rent in Leeds was £840 a month in 2022.", "Renters in Leeds paid on average £940 a month in 2022."),
    ("Key finding: 62% of small charities fear closure.", "More worrying still, 52% of small charities fear closure."),
    ("A total of 340 landlords were interviewed for the study.", "For the study 430 landlords were interviewed."),
    ("Unemployment in Wales stood at 4.8% in March 2023.", "In March 2023 the unemployment rate in Wales was 5.8%."),
    ("Half of carers (51%) feel lonely.", "Only 41% of carers feel lonely."),
]
OTHER = [
    ("The harbour bridge cost £48 million to build.", "The harbour bridge cost about £48.3 million to build."),
    ("The harbour bridge cost £48 million to build.", "The harbour tunnel cost £84 million to build."),
    ("Unemployment in Wales stood at 4.8%.", "Unemployment in Scotland stood at 3.8%."),
    ("The unemployment rate rose to 4.8% in May.", "The unemployment rate was 4.5% in April."),
    ("Among micro firms 12% train apprentices.", "Among large firms 82% train apprentices."),
    ("Apprentices earn £5.20 an hour.", "Apprentices earn £9.80 an hour after two years."),
    ("45% of respondents strongly agreed that training helps.", "31% of respondents agreed that training helps."),
    ("The trust treated 4,000 patients in its first year.", "The trust treated 6,000 patients in its second year."),
    ("The North received £12 million from the fund.", "London received £30 million from the fund."),
    ("21% of firms cite finance as a barrier.", "20% of firms cite staff capacity as a barrier."),
]
"""Two sentences, far from each other, of one thing and of two."""


def test_numbers_of_one_thing_are_compared_across_a_report_and_those_of_two_are_not():
    def around(first, second):
        return f"{first}\n\n{REPORTS['warm-homes.md']}\n\n{second}"

    assert [pair for pair in SAME if told(around(*pair)) != {"repeat"}] == []
    assert [pair for pair in OTHER if kinds(around(*pair))] == []


def test_an_alarm_of_two_things_that_no_word_joins_is_a_question():
    joined, apart = (f"Thefts fell from 5,200 to 4,900. {told} faster, by 18%." for told in ("They fell", "Arson fell"))
    assert {found.kind for found in audited(joined).alarms} == {"change"}
    assert (audited(apart).alarms, [found.kind for found in audited(apart).questions]) == ([], ["change"])


def test_what_other_numbers_of_the_passage_or_a_table_give_is_no_alarm():
    table = "| £000 | 2022 | 2023 |\n|---|---|---|\n| Parks | 1,380 | 940 |\n| Roads | 1,070 | 1,200 |\n| Total | 2,450 | 2,140 |\n\n"
    text = "The total falls from £2.45 million to £2.14 million. That line alone falls by {}.\n"
    assert [kinds(table + text.format(fall)) for fall in ("£440,000", "£340,000")] == [set(), {"change"}]


def test_a_question_is_no_alarm():
    audit = audited("Firms do not work with at least one of these bodies.")
    assert (audit.alarms, len(audit.questions)) == ([], 1)


def test_a_numbered_heading_ends_with_its_line_and_letters_inside_a_paragraph_are_no_signs_of_items():
    text = "7. What passengers told us\nWe handed out forms in the autumn, and 1,150 were returned. Asked about them, 46% of all\nwere content.\n"
    assert [sentence.text for sentence in document_of(Text(text), "page.txt").sentences] == [
        "What passengers told us",
        "We handed out forms in the autumn, and 1,150 were returned.",
        "Asked about them, 46% of all were content.",
    ]
