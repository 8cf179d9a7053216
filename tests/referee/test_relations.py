"""Relations across sentences, lists and tables: each text is right as it stands and wrong with one number or word changed."""

import pytest
from reading import audited

ROWS = "| Trade | Firms |\n|---|---|\n| Nursing and care | 254 |\n| Building | 336 |\n| Retail | 200 |\n| All | 790 |\n"
YEARS = "| | 2017 | 2018 |\n|---|---|---|\n| Visits | 412,000 | 453,200 |\n| Helpers | 265 | 318 |\n"
TOWNS = (
    "| Town | Stalls | Empty stalls | Let (%) |\n|---|---|---|---|\n| Oxby | 120 | 12 | 90.0 |\n| Penhill | 200 | 50 | 75.0 |\n| Quarley | 160 | 40 | 75.0 |\n"
    "| Rushden | 145 | 10 | 93.1 |\n| District | 625 | 112 | 82.1 |\n"
)
GOODS = (
    "Table 1. Catch landed (tonnes)\n\n| Kind | 2020/21 | 2021/22 | Share |\n|---|---|---|---|\n| Herring and sprats | 400 | 340 | 40% |\n"
    "| Cod | 250 | 300 | 35% |\n| Crab | 200 | 210 | 25% |\n"
)
PAIRS = [
    ("change", f"{GOODS}\nThe weather was bad, and our herring catch fell by 15 per cent.", "15 per", "17.6 per"),
    ("direction", f"{GOODS}\nThe catch of herring and sprats fell by 15 per cent, to 340 tonnes.", "fell", "rose"),
    (
        "range",
        f"{TOWNS}\nIn the towns the share of stalls that are let ranges from 75.0 per cent in Penhill to 93.1 per cent in Rushden.",
        "93.1 per cent in Rushden",
        "90.0 per cent in Oxby",
    ),
    ("repeat", f"{TOWNS}\nRushden, where 135 traders fill 145 stalls, is the best let.", "145 stalls", "154 stalls"),
    ("dates", "They are on an 18-month course which began in May 2019 and is due to end in November 2020.", "November 2020", "August 2021"),
    (
        "share × base",
        "Late return affected 150 junior readers, 240 adult readers and 110 readers in care homes.\n\nThus adult readers account for 48% of late returns.",
        "48%",
        "53%",
    ),
    ("dates", "Report for 2019\n\nThey stand on piles that were built in 1990, 29 years ago.", "29 years", "39 years"),
    ("list", "We used three kinds of proof: a keeper's diary, tide-gauge data and drone pictures.", "three", "two"),
    ("list", "We used five kinds of proof: a diary, tide-gauge data, drone pictures, a poll and long interviews.", "five", "four"),
    ("per head", "The park has 20 wardens for its 180 huts, or one warden for every nine huts.", "every nine", "every seven"),
    ("per head", "Sailings rose from 12 to 25, and the boats carried 16,000 guests, an average of 640 per sailing.", "640", "710"),
    (
        "repeat",
        "Beside the homes left alone, heat use fell by 2,461 kWh in each home.\n\nThis left a fall in heat use of 2,461 kWh in homes of the trial.",
        "2,461",
        "2,641",
    ),
    ("sum", "The trust saw 118,600 people. Of them 74,200 went to one site and the other 44,400 to another.", "44,400", "42,400"),
    ("sum", "The budget was £62.4m. Spending reached £48.1m. The difference, £14.3m, has slipped.", "£14.3m", "£16.3m"),
    ("sum", "Repairs cost £28.7m. Urgent ones took £14.9m, planned works £9.6m and empty homes £4.2m.", "£4.2m", "£5.2m"),
    ("sum", "Eight in ten (81%) would come again; 19% would not.", "19%", "29%"),
    ("sum", "Income was £612.4m and expenditure £609.3m. The trust thus ended with a surplus of £3.1m.", "£3.1m", "£4.1m"),
    ("share × base", "The club has 1,500 members. We asked them all, and 1,125 replied, 75% of the total.", "75%", "65%"),
    ("share × base", "Some 1,240 households are in hostels. With 72,000 households in the town, that is one in 58.", "58", "85"),
    (
        "share × base",
        "The helpline took 7,360 calls. It opened 2,208 cases, that is in three calls out of ten.",
        "three calls",
        "four calls",
    ),
    ("share × base", f"{ROWS}\nNursing and care make up just under a third of all.", "a third", "a quarter"),
    ("per head", "We completed 246 homes. The scheme cost £49.2m, which works out at £200,000 a home.", "£200,000", "£220,000"),
    ("per head", "The force recorded 68,900 crimes. With 1.06 million residents this is 65 crimes per 1,000 people.", "65", "75"),
    ("per head", "The club met on 46 Fridays. In all 1,794 young people came through the door, an average of 39 an evening.", "39", "49"),
    ("ratio", "The share is 14% in Newby, above the mean (12.9%), and twice as high in Oldby (28%) and Corby (26%).", "28%", "6.2%"),
    ("ratio", "The share is 14% in Newby and twice as high in Oldby (28%), of those aged 15 to 29.", "28%", "6.8%"),
    ("per head", "Hedges were laid along 42 kilometres of lane. They cost £504,000, about £12 a metre.", "£12", "£18"),
    ("change", "Before it 46% lived there. After it 52% did, which is six percentage points more.", "six", "eight"),
    ("change", f"Visits grew by 10%.\n\n{YEARS}", "10%", "16%"),
    ("change", "We made 15,800 arrests. That is 2,200 fewer than in 2015, when there were 18,000.", "18,000", "16,000"),
    ("order", f"{ROWS}\nNursing and care is the second largest trade.", "second", "third"),
    ("dates", "The five-year programme runs from 2021/22 to 2025/26.", "2025/26", "2027/28"),
    ("dates", "We opened in 2009. Twelve years later, in 2021, we serve more.", "2021", "2023"),
    ("dates", "Fieldwork ran for six weeks, from 4 September to 16 October 2023.", "October", "December"),
    ("shares", "Of residents, 52% were for the plan, 31% against and 17% had no opinion.", "17%", "27%"),
    ("range", "The average delay was 12 minutes. The shortest delay was 3 minutes and the longest 40 minutes.", "12", "52"),
    ("range", "A ticket cost £14 on average, and no seat cost more than £20.", "£14", "£24"),
    ("range", "In 2024, 82% of trains ran on time. On the two new lines 88% ran on time; on the others it was 79%.", "79%", "85%"),
    ("change", "Two boats were lost, one fewer than the three of last year.", "three", "five"),
    ("direction", "Visits rose to 453,200.\n\n" + YEARS, "rose", "fell"),
    ("direction", "Pay of cleaners has risen since 2011.\n\nThe pay of cleaners is the same as in 2010.", "2011", "2010"),
    (
        "part of the economy",
        "The sector is worth £90 billion, or 3% of GDP.\n\nIts firms contribute £400 billion to the national economy.",
        "£400 billion",
        "£1,900 billion",
    ),
]


@pytest.mark.parametrize(("kind", "text", "right", "wrong"), PAIRS, ids=[f"{kind}: {wrong}" for kind, _, _, wrong in PAIRS])
def test_what_the_words_relate_is_held_against_each_other(kind, text, right, wrong):
    assert text.count(right) >= 1
    planted = wrong.join(text.rsplit(right, 1))
    assert (audited(text).alarms, kind in {alarm.kind for alarm in audited(planted).alarms}) == ([], True)


@pytest.mark.parametrize(
    "text",
    [
        "2.3 Searches were made of 994 people. That is 7% of the 14,200 people held.",
        "Spending was £200m. Roads took 38m, schools 61m and parks 20m, among others.",
        "We held 14,200 people, 1,775 of whom were under 18 (12.5%).",
        "Most of the 47 answered. Of the rest, 33% were away, 23% ill and the remainder, 44%, busy.",
        "Life expectancy at birth was 48 years in 1955; 59 years in 1975.",
        "Sales brought in £212,000, an increase of 26%, and gifts fell to £1.26 million.",
        "We saw 52,000 guests, 6% more than the year before, and baked 12,300 loaves.",
        "We had aimed for 65% within a day and reached 58%; in the remaining 42% it took longer, of which 9% took a week.",
        "Lost bags fell from 96 to 84, by 12%.",
        "The trust cost £6.1 million, about £26 for each resident, and lent 1.24 million toys.",
        "The club has 620 members. Their mean age was 34; the youngest was 18 and the oldest 71.",
        "The hall cost £23.4 million, £1.9 million over its budget of £21.5 million, or 9%.",
        "Visits have now risen for three years in a row, and are 4% below the 921,000 of 2018/19.",
        "With a mentor 64% felt less alone; without one 48% did. Prices are between 5% and 8% higher.",
        "We have 346 porters. Women make up 31% of porters and 24% of cooks. The mean age of our cooks is 51; the youngest is 33 and the oldest 64.",
        "In 2024 we expect 4.3 million tonnes, 2% more. By 2030 we want 5 million tonnes a year, a fifth more than now.",
        "Among pupils with free meals 41% passed, and among the others 62%.",
        "For the 1,300 guests with dogs it was £780 each, £1.01 million altogether, and so for all others about £170.",
        "Sickness fell from 9.1 to 8.2 days for each of our staff. The stations need 340 porters.",
        "That is £62 for each resident. A household pays £81.50 a year, £4.20 more than in the year before.",
        "Gifts came to £1.5 million. We spent £1.46 million, 86% of it on services and 14% on staff.",
        "They gave out 88,400 parcels to 9,620 households, nine for each.",
        "Because we paved the whole yard, spending grew faster than takings, and our surplus slipped from £80,000 to £70,000. A yard that piles up is no yard.",
        "Truancy was 7.2 per cent, down by 0.3 percentage points on the year before but still above the 4.6 per cent of 2018/19.",
        "On 1 May 164 of its 200 huts were let. Use therefore went from 91.0 per cent a year earlier to 82.0 per cent.",
        "Across the towns it ranged from 18.0 per cent in Oxby to 25.0 per cent in Penhill. Oxby and Penhill together hold 40.8 per cent of all stalls.",
        "In the poll, 540 of the 675 guests (80.0%) felt warmer, 81 saw no difference and 54 felt colder.",
        "1. Of 930 guests 213 came by foot, 690 by bus and 27 by boat. They liked it.\n\n2. The club has 15 guides for its 120 boats, or one boat guide for every eight boats.",
        "They pay £0.72 million a year, which is £24,000 for each guide and £9.18 for each guest.\n\nThere were 930 guests on foot.",
        f"{TOWNS}\nThe district has 112 empty stalls, or 17.9 per cent of all.\n\nIn Penhill 25.0 per cent of all stalls are empty.",
        f"{GOODS}\nCod prices fell by 4 per cent. Over a decade crab fell by 30 per cent.",
        "| Item | £ million | Share |\n|---|---|---|\n| Repair | 60 | 75% |\n| Office | 20 | 25% |\n| Total | 80 | 100% |\n\nRoofs took 56% of the cost of repair.",
        "The scheme ran from 1 May 2018 to 30 April 2020. In its first 18 months it helped many.",
        "Pay grew by 4 points more than it would have.\n\nAmong pupils from 17% to 13% of pay is lost.",
        f"{TOWNS.replace('Quarley', 'Other towns').replace('160', '260').replace('625', '725')}\nPenhill had the most stalls.",
        "| | 2020 | 2021 |\n|---|---|---|\n| Pay | 2,400 | 2,520 |\n| Rent | 900 | 950 |\n\nPay of cooks rose by 9 per cent.",
        f"{TOWNS}\nIn Penhill 25 per cent of stalls are not let (%).",
        "Of the 63, 42 take new guests (67 per cent) and 18 new dogs (29 per cent).",
        "The west shore, with six huts, had 37 guests a hut; on the south shore it was 60.",
        "Ten cooks left: six retired, three moved and one went abroad.",
        "The rest, £30.5 million, was paid by the board: £74 for each guest and £148 for each dog.",
        "Response rates varied from 38% in Lower Ferry to 61% in Upper Ferry.",
    ],
)
def test_what_is_reckoned_from_something_else_is_no_alarm(text):
    assert audited(text).alarms == []
