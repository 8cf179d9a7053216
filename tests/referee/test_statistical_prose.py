"""What official prose says of like things, groups, periods and rates is held against nothing that it is not of; what its words construct still is."""

import pytest
from reading import REPORTS, audited

from evidence.catalog.verify.text import Text
from evidence.referee import document_of
from evidence.referee.tables import ReportTable
from evidence.referee.topics import apart, limited

BOATS = (
    "| | All (000s) | | Launched (000s) | | Scrapped (000s) |\n|---|---|---|---|---|---|\n| | | **Count** | **Rate (%)** | **Count** | **Rate (%)** |\n"
    "| Alton | 64 | 7 | 11.4 | 7 | 11.1 |\n| Beck | 232 | 27 | 11.4 | 26 | 11.4 |\n| Carr | {carr} | 18 | 10.8 | 18 | 11.0 |\n"
    "| Dale | 439 | 65 | 14.8 | 52 | 11.7 |\n| Esk | 206 | 20 | 9.8 | 21 | 10.0 |\n| Total | 1,107 | 137 | 12.4 | 124 | 11.2 |\n"
)
NESTED = (
    "| Kind | 2018 | 2019 |\n|---|---|---|\n| Boats | 131 | 133 |\n| Ferries | 48 | 49 |\n| Barges | 83 | 84 |\n| Huts | 262 | 264 |\n| Fields | 57 | 61 |\n"
    "| Total | 450 | {total} |"
)
LIKE = {
    "another time": (
        "The deficit of trade in boats and carts for June 2014 was £2.5 billion.",
        "The deficit of trade in boats and carts for Q2 2014 was £6.9 billion.",
    ),
    "another subject": (
        "Website sales of boats represented 6% of harbour turnover in 2012.",
        "Auction sales of boats represented 18% of harbour turnover in 2012.",
    ),
    "a group within": (
        "The 6.4 million rowers who had never used the pier represented 13% of the rowing population.",
        "The 3.5 million disabled rowers who had never used the pier represented 30% of the rowing population who were disabled.",
    ),
    "a limited part": (
        "201,000 guests arrived in the year to June 2013.",
        "125,000 guests arrived for work in the year to June 2013.",
    ),
    "items of two lists": (
        "The number of boat owners by river is:\n\n- Alton - 4,027,200, a rise of 1.1%",
        "The number of hut tenants by river is:\n\n- Alton - 4,120,500, a rise of 1.4%",
    ),
    "the other way": (
        "Since 2003 the catch rate has fallen by 8% on the coast.",
        "Since 2003 the catch rate has risen by 3% on the coast.",
    ),
    "what is compared": (
        "There were 2.17 million farms on the list in March 2013, compared with 2.15 million in March 2012.",
        "There were 2.63 million fields of farms on the list in March 2013, compared with 2.61 million in March 2012.",
    ),
    "round numbers of the same digits": (
        "214,000 rowed for sport in the year to December 2013, a great increase from 180,000 the year before.",
        "Net arrivals of citizens saw a great increase to 124,000 in the year to December 2013 from 82,000 the year before.",
    ),
    "initials": (
        "Total boat spending in the harbour in 2012 represented 1.72% of Gross Island Product (GIP), a decrease from 1.77% in 2011.",
        "Total boat spending in 2012 represented 1.72% of GIP, a decrease on the 1.77% estimate for 2011.",
    ),
    "another word for firms": (
        "Ferries lead with 16.9% of all registered businesses.",
        "Ferries were the most, with 16.9% of all enterprises registered, ahead of barges with 16.5%.",
    ),
}
"""Two sentences far from each other that say alike what they do not say of one thing."""
OTHERS = {
    "shares within groups": "By 2012, 3.2% of male pairs had parted, while 60.1% of all female pairs had parted.",
    "shares of sectors": "85% of public crews and 36% of private crews had a boat in 2013.",
    "shares in groups": "In both sexes most falls were on stairs (65% of all falls in males and 49% in females).",
    "two adjectives before a noun": "Of crews, 92% of male and 40% of female rowers had a locker.",
    "a middle answer": "71 per cent are satisfied with the ferry (13 per cent dissatisfied)",
    "the rest of the world": "The site let 8% of farms sell to other lands of the union and 7% to the rest of the world.",
    "far from all": "Of these, 29% consisted of one boat and 20% consisted of four or more boats.",
    "a size before an earlier level": "In 2012, 10.8 boats sank per thousand, a decrease of 19% compared with 13.3 in 2002.",
    "a change that followed": "The number of huts fell between 2003 and 2009 from 153,065 to 113,949 followed by a 4.9% increase in 2010.",
    "a span of time": "The gap between their ages has stayed as it was over the last four decades, with a difference of around 2.5 years except for 1976 when it was 2.0 years.",
    "the decimals of a length": "It was around 2.5 years except for the years 1974 to 1976.",
    "an age": "There was a 20% rise in the number of 20 to 34 year olds living at the farm between 1997 and 2011.",
    "points of one whole": "66 per cent feel safe at sea (14 per cent do not). This time 7 per cent more people said that they do not.",
    "another subject behind and": "Sales to Alton were unchanged at £12.0 million and purchases from Alton increased by £0.5 million to £17.6 million.",
    "the main clause behind while": "While growth slowed from 3.7% in May to 3.6% in June, the index is now 6.2% higher than in December.",
    "growth as a level": "The bank has cut its growth forecast for this year to 0.25 per cent from 0.75 per cent.",
    "a participle of another noun": "The club's increased reach came despite income falling from £175.9m to £162m.",
    "a change left open": "In constant prices, sales have risen by 70% (£10.4 million) since 1989. In contrast, rents have decreased by 62%, from £4.7 million in 1989.",
    "from and to are no parts": "Boat sales decreased by 1%, from £25.5 million in 2011 to £25.2 million in 2012, while hut sales decreased by 10%, from £2.0 million to £1.8 million.",
    "two multiples": "While three times as many farms used boats as carts, the value of boat sales was double that of cart sales, at £328 million and £164 million.",
    "years are no range": "The number of rowers has grown on average by 0.7% each year; both rivers fell between the 2008 and 2009 lists.",
    "a year of a census": "Since the 2001 and 2011 Censuses provide a count of rowers at two points in time, the difference between these counts tells arrivals."
    " This showed that over the ten year period, earlier estimates of arrivals were 346,000 lower than the total arrivals implied by the 2011 Census.",
    "the number of a note": "The two fleets shrank, that of Alton faster (32% for Alton against 19% for Beck)4.",
    "changes with their percent": "There was an increase of 347,000 rowers (1%) on the quarter and an increase of 1.1 million (2%) on the year.",
    "what they hold": "The remaining 8,900 barns (44%) were rented, with 4.5 million sheep.",
    "the whole is elsewhere": "Although the clubs and crews spent £2.2 million rowing in their own boats, they actually paid £5.6 million of boat spending, 21% of total funding.",
    "a change that rounding explains": "The number of huts rose from 17.1 million in 2003 to 18.2 million in 2013. This is a rise of 7%.",
    "the largest decrease": "The fall in the boat rate from 1.94 in 2012 to 1.85 in 2013 was the largest yearly decrease in the rate since 1975.",
    "each of another noun": "1080 rowers used the pier, and £4M was raised for them by our team. The social cost per boathouse was £5527 and the repair cost per boathouse £673.",
    "sizes of changes": "There were 1,600 fewer falls at sea, among them 800 fewer on ferries and 600 fewer on barges.",
    "two sectors' growth": "Boats had the largest growth between 2012 and 2013, an increase of 14,000 huts. This was followed by carts which increased by 7,000 huts in 2013. "
    "Barns had the largest fall in huts with a fall of 6,000.",
    "a rate of a row": BOATS.format(carr="166") + "\nThe lowest launch rate, at 9.8%, was in Esk.",
    "what no column measures": BOATS.format(carr="166")
    + "\nBy place, the highest five-year survival rate was in Esk at 48.1%, while the lowest was in Beck at 41.7%.",
    "rounded to thousands": "| Place | Boats (000s) | Carts (000s) |\n|---|---|---|\n| Alton | 7 | 9 |\n| Beck | 27 | 14 |\n| Carr | 18 | 21 |\n| Total | 53 | 44 |",
    "parts of a row": NESTED.format(total="458"),
}
FAULTS = {
    "repeat": "The ferry carried 41,230 guests in 2019.\n\nIn 2019 the ferry carried 42,130 guests.",
    "shares": "Of the guests, 62% were men and 48% women.",
    "change": "Boat sales fell from £50 million in 2011 to £40 million in 2012, a fall of 30%.",
    "direction": "Income rose from £175.9m to £162m.",
    "share × base": BOATS.format(carr="116"),
    "sum": NESTED.format(total="470"),
    "dates": "The lease ran for twelve years from 2010 to 2014.",
    "ratio": "Three times as many rowed as sailed: 40 rowed and 20 sailed.",
}


@pytest.mark.parametrize(("first", "second"), LIKE.values(), ids=LIKE)
def test_what_is_said_alike_of_two_things_in_a_report_is_no_alarm(first, second):
    assert [(found.kind, found.message) for found in audited(f"{first}\n\n{REPORTS['warm-homes.md']}\n\n{second}").alarms] == []


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_what_is_of_something_else_is_no_alarm(text):
    assert [(found.kind, found.message) for found in audited(text).alarms] == []


@pytest.mark.parametrize(("kind", "text"), FAULTS.items(), ids=FAULTS)
def test_what_is_of_the_same_is_an_alarm(kind, text):
    assert kind in {found.kind for found in audited(text).alarms}


def test_two_rows_of_heads_name_a_column_together_and_hold_no_numbers():
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in BOATS.format(carr="166").splitlines() if "---" not in line]
    table = ReportTable([(row, number) for number, row in enumerate(rows, start=1)])
    assert table.heads[1:] == [
        "All (000s)",
        "Launched (000s) Count",
        "Launched (000s) Rate (%)",
        "Scrapped (000s) Count",
        "Scrapped (000s) Rate (%)",
    ]
    assert [label for label, _, _ in table.numbers] == ["Alton", "Beck", "Carr", "Dale", "Esk", "Total"]


def test_one_head_over_all_columns_and_a_row_of_data_in_words_are_told_apart():
    over = ReportTable(
        [(["", "", "Rate (%)", ""], 1), (["", "2007", "2008 boats", "2009 boats"], 2), (["One year", "95.4", "92.0", "90.8"], 3)]
    )
    assert over.heads == ["", "", "Rate (%)", ""]
    named = ReportTable([(["", "", "Rate (%)", ""], 1), (["", "Huts", "Boats", "Carts"], 2), (["One year", "95.4", "92.0", "90.8"], 3)])
    assert named.heads == ["", "Rate (%) Huts", "Rate (%) Boats", "Rate (%) Carts"]
    data = ReportTable([(["Place", "", "2012"], 1), (["Alton", "n/a", "none"], 2), (["Beck", "4", "5"], 3)])
    assert (data.heads, len(data.numbers)) == (["Place", "", "2012"], 2)


@pytest.mark.parametrize(
    ("first", "second", "other", "part"),
    [
        ("Boats carried 400 guests in June.", "Boats carried 500 guests in July.", True, False),
        ("Boats carried 400 guests.", "Carts carried 500 guests.", True, False),
        ("Boats carried 400 guests.", "Boats carried 500 guests for money.", False, True),
        ("Boats carried 400 guests in 2019.", "In 2019 boats carried 500 guests.", False, False),
    ],
)
def test_two_numbers_are_apart_by_their_times_and_things_or_limited_to_a_part(first, second, other, part):
    one, two = (sentence.mentions[0] for sentence in document_of(Text(f"{first}\n\n{second}"), "report.md").sentences)
    assert (apart(one, two), limited(one, two)) == (other, part)


@pytest.mark.parametrize(
    "text",
    [
        "Growth was highest in Ashby (4.7%) and the lowest in Borden (3.2%), followed by Corley (3.5%).",
        "Ashby had the lowest income per head (£13,300), followed by Borden (£13,742).",
        "The share of small jars fell from 4.6% of all jars in 2011 to 1.6% in 2018 before rising slightly to 2.2% in 2019.",
        "The plan assumes the rate increasing from 0.5 percent in 2016 to 0.7 percent in 2017 before moving up to 1.2 percent in 2018.",
    ],
)
def test_the_nearest_superlative_step_or_from_is_what_a_number_is_bound_to(text):
    assert [(found.kind, found.message) for found in audited(text).alarms] == []
