"""What each rule says of a sentence around a bound number: a way of misleading beside a link gets a row, with the words that are to be marked."""

import csv
import hashlib
import math
from pathlib import Path

import pytest
from every import every
from test_holding import LIBRARY as SMALL
from test_holding import claim, figure, rows

from evidence.catalog import Library, schema
from evidence.problems import Place
from evidence.statements.pages import Passage
from evidence.statements.prose import Link, read_blocks
from evidence.statements.rules import RULES, broken_rules
from evidence.statements.rules.subject import index, stems
from evidence.statements.rules.terms import terms
from evidence.statements.rules.times import times
from evidence.statements.signed import SENTENCE, wording

ROWS = list(csv.DictReader((Path(__file__).parent / "sentence_rules.csv").open(encoding="utf-8", newline="")))

AREAS = figure("areas.deprived", "27%", "27", "percent") | {"population": "neighbourhoods in the most deprived tenth, by rank"}
TRADE = figure("trade.small", "45%", "45", "percent") | {"population": "small firms that export", "place": "Leeds", "period": "2016/17"}
LARGE = figure("trade.large", "60%", "60", "percent") | {"population": "large firms that export", "place": "Leeds", "period": "2016/17"}
LARGE["quote"] = "60% of large firms export, against 45% of small ones."
CHOIRS = figure("choirs.brew", "45%", "45", "percent") | {"population": "choirs that brew their own beer"}
ASKED = figure("choirs.asked", "161", "161", "count") | {"population": "choirs"}
REACHED = figure("choirs.reached", "162", "162", "count") | {
    "population": "asked by letter",
    "quote": "There were 162 singers in 74 towns, of 30 or 40 guilds.",
}
GUILDS = figure("guilds.fewest", "30", "30", "count") | {"population": "asked by letter", "quote": "There were 30 or 40 guilds."}
BREAD = figure("bread.share", "51%", "51", "percent") | {
    "population": "households that bake",
    "place": "Kingston upon Loid",
    "category": "Loid",
    "period": "2019",
    "as_of": "2026-11-30",
    "locator": "Ortelius, page 3",
    "quote": "Few ask a small business. By 2019 households baked bread and cake, not butterscotch of any old shops. "
    "About 51% of households bake, thanks to ovens, and it is not rye. The share rebounds, and more bake than cook.",
}
"""What its quote denies, hedges, calls a cause and compares, a sentence that links it may too."""
TIMES = figure("trade.times", "three times", "3", "times") | {"quote": "Large firms sing three times as often as small ones."}
KITCHENS = [
    figure(f"kitchens.{name}", f"{number}%", number, "percent") | {"population": f"{name} cooks of an inn who buy", "place": "Leeds"}
    for name, number in (("early", "71"), ("late", "72"), ("loud", "73"))
]
"""Three records with a word, cooks, which is thereby of the book's matter; "inn" and "buy" are too short to be, and choirs are in one alone."""
WORDINGS = rows(
    "wordings",
    {"scheme": "claim", "target": "larger-share", "wording": "the larger part"},
    {"scheme": "finding", "target": "skills.help", "wording": "skills are of help"},
    {"scheme": "finding", "target": "skills.taught", "wording": "the young learn"},
    {"scheme": "claim", "target": "small-part", "wording": "the other part"},
)
FINDING = {"id": "skills.taught", "statement": "The young learn.", "quote": "Apprentices in Wales learn.", "note": "Asked in Bradford."}
LIBRARY = Library(
    {table.name: SMALL.all_rows(table.name) for table in schema.tables()}
    | {
        "wordings": WORDINGS,
        "figures": [
            *SMALL.all_rows("figures"),
            *rows("figures", AREAS, TRADE, LARGE, CHOIRS, ASKED, REACHED, GUILDS, BREAD, TIMES, *KITCHENS),
        ],
        "claims": [*SMALL.all_rows("claims"), *rows("claims", claim("small-part", "{trade.small} < {trade.large}"))],
        "findings": [*SMALL.all_rows("findings"), *rows("findings", FINDING)],
        "sources": rows("sources", {"key": "made-up", "title": "What Guilding asked"}),
        "synonyms": rows("synonyms", {"word": "Leeds-Bradford", "means": "leeds", "reason": "They are neighbours."}),
        "scopes": rows("scopes", {"chapter": "about-scotland", "about": "Scotland, 2019", "reason": "The chapter is about it."}),
    }
)


def told(markdown, page="page"):
    """Return the problems of a page that holds one paragraph, by rule, with what each marks."""
    passages = [Passage(page, Place(f"chapters/{page}.md"), block, tuple(markdown.split("\n"))) for block in read_blocks(markdown)]
    found = [problem for passage in passages for problem in broken_rules(passage, LIBRARY)]
    return [(problem.rule, problem.sentence[slice(*problem.marked)]) for problem in found]


@every("row", ROWS, ids=lambda row: row["sentence"])
def test_each_rule_marks_what_it_is_to_mark_and_nothing_else(row):
    assert told(row["sentence"]) == [(row["rule"], marked) for marked in row["marked"].split("; ") if marked]


def test_each_rule_has_sentences_that_it_tells_and_sentences_that_it_does_not():
    assert {(row["rule"], bool(row["marked"])) for row in ROWS} == {(name, told) for name in RULES for told in (True, False)}


def test_a_synonym_bears_a_word_out_and_a_scope_the_words_of_its_chapter():
    assert told("In Leeds-Bradford [45%](figure:trade.small) of small firms export.") == []
    abroad = "In Scotland [45%](figure:trade.small) of small firms exported in 2019."
    assert told(abroad, "about-scotland") == []
    assert told(abroad) == [("foreign", "2019"), ("foreign", "Scotland")]


def test_words_around_a_sentence_tell_its_subject_too():
    told_alone = told("Of those that export [45%](figure:trade.small) said so.")
    under_a_heading = "# Choirs that brew beer\n\nOf those that export [45%](figure:trade.small) said so."
    passages = read_blocks(under_a_heading)
    [_, paragraph] = passages
    passage = Passage("page", Place("chapters/page.md"), paragraph, (), passages[0].text)
    assert told_alone == []
    assert [problem.rule for problem in broken_rules(passage, LIBRARY)] == ["subject"]


def test_what_is_declared_as_the_same_fact_is_no_better_subject():
    pair = rows("pairs", {"figure": "choirs.brew", "against": "trade.small", "why": "The same survey."})
    paired = Library({table.name: LIBRARY.all_rows(table.name) for table in schema.tables()} | {"pairs": pair})
    passage = Passage("page", Place("chapters/page.md"), read_blocks("Of choirs that brew, [45%](figure:trade.small) sell it.")[0])
    assert [problem.rule for problem in broken_rules(passage, LIBRARY)] == ["subject"]
    assert list(broken_rules(passage, paired)) == []


def test_a_verdict_of_prose_is_the_one_that_the_audit_gives():
    """Two sources that agree make a number sound, two that do not make it doubted."""
    tables = {table.name: LIBRARY.all_rows(table.name) for table in schema.tables()}
    for against, verdicts in (("choirs.brew", ("does not add up",)), ("trade.large", ("adds up",)), ("", ("does not add up", "adds up"))):
        pairs = rows("pairs", *([{"figure": "trade.small", "against": against}] if against else []))
        library = Library(tables | {"pairs": pairs})
        linked, beside = "[45%](figure:trade.small) of small firms export, which {}.", "It {}."
        told_of = {verdict: broken(linked.format(verdict), library) for verdict in ("does not add up", "adds up")}
        assert [verdict for verdict, found in told_of.items() if "judged" in found] == list(verdicts)
        row = {verdict: read_blocks(beside.format(verdict))[0] for verdict in told_of}
        passages = {name: Passage("data/cases.csv", Place("data/cases.csv"), block, records=RECORDED) for name, block in row.items()}
        assert [name for name, one in passages.items() if "judged" in [found.rule for found in broken_rules(one, library)]] == list(
            verdicts
        )


RECORDED = (("finding", "skills.help"), ("figure", "trade.small"))


def with_figures(*more):
    tables = {table.name: LIBRARY.all_rows(table.name) for table in schema.tables()}
    return Library(tables | {"figures": [*tables["figures"], *rows("figures", *more)]})


def broken(sentence, library):
    """Return the rules that a sentence of a page breaks on a library."""
    passage = Passage("page", Place("chapters/page.md"), read_blocks(sentence)[0])
    return [problem.rule for problem in broken_rules(passage, library)]


def test_an_end_of_an_interval_is_stated_as_one_and_not_as_a_number_of_its_own():
    ends = [
        figure(f"trade.small.interval.{end}", value, value[:-1], "percent") | {"population": "small firms that export"}
        for end, value in (("low", "41%"), ("high", "49%"))
    ]
    library = with_figures(*ends)
    alone = "Of small firms [41%](figure:trade.small.interval.low) export."
    assert broken(alone, library) == ["subject"]
    assert broken("By its interval of confidence [41%](figure:trade.small.interval.low) of small firms export.", library) == []
    assert broken("It is [41%](figure:trade.small.interval.low) or [49%](figure:trade.small.interval.high) of small firms.", library) == []


def test_a_year_and_a_range_fit_their_figure_best_too():
    years = [
        figure(f"{name}.began", "2011", "2011", "calendar year") | {"population": f"{name} of the valley", "period": "2011"}
        for name in ("otters", "badgers")
    ]
    wool = [
        figure(f"{name}.share", value, value[:-1], "percent") | {"population": f"{name} that bleat"}
        for name, value in (("sheep", "86%"), ("goats", "87%"))
    ]
    library = with_figures(*years, *wool)
    assert broken("Otters of the valley began in [2011](figure:badgers.began).", library) == ["subject"]
    assert broken("Otters of the valley began in [2011](figure:otters.began).", library) == []
    assert broken("Of sheep that bleat [85% to 88%](figure:goats.share) do.", library) == ["subject"]
    assert broken("Of sheep that bleat [85% to 88%](figure:sheep.share) do.", library) == []


def test_a_record_explains_by_a_cause_or_by_an_end():
    songs = figure("songs.share", "52%", "52", "percent") | {"population": "singers", "quote": "They sing in order to learn songs."}
    tunes = figure("tunes.share", "53%", "53", "percent") | {"population": "singers", "quote": "Practice raises tunes."}
    library = with_figures(songs, tunes)
    assert broken("[52%](figure:songs.share) of singers sing because of songs.", library) == []
    assert broken("[53%](figure:tunes.share) of singers sing because of tunes.", library) == []
    assert broken("[53%](figure:tunes.share) of singers sing because of songs.", library) == ["reasoned"]


@every("quote,rules", [("All small firms learn.", []), ("Some small firms learn.", ["unlinked"])])
def test_words_that_judge_stand_where_a_record_of_their_sentence_has_them(quote, rules):
    tables = {table.name: LIBRARY.all_rows(table.name) for table in schema.tables()}
    library = Library(tables | {"findings": rows("findings", FINDING | {"quote": quote})})
    assert broken("All small firms learn, and [the young learn](finding:skills.taught).", library) == rules
    assert broken("It is odd. All small firms learn, and [the young learn](finding:skills.taught).", library) == rules


@every(
    "begins,turned",
    [
        ("Of small firms", True),
        ("Of small firms [45%](figure:trade.small) do, and", False),
        ("[45%](figure:trade.small) of small firms do, and", False),
        ("They say [skills are of help](finding:skills.help) and of small firms", True),
    ],
)
def test_a_number_holds_no_words_before_a_joint_behind_another_number_against_those_behind_it(begins, turned):
    found = broken(f"{begins} [three times](figure:trade.times) as many large firms sing.", LIBRARY)
    assert ("crossed" in found) is turned


def test_half_of_somebody_may_be_a_majority():
    library = with_figures(figure("half.share", "50%", "50", "percent") | {"population": "small firms"})
    assert broken("Of small firms a majority, [50%](figure:half.share), do.", library) == []


def test_a_quote_that_is_longer_than_quotes_are_fits_no_sentence_better():
    """Nor when it has every word of the sentence, which the record that is meant has not."""
    sentence = "Of choirs that brew their own beer in cold cellars by night [45%](figure:choirs.brew) sell it."
    padding = " ".join(f"{one}{other}zz" for one in "abcdefghijklmnopqrstuvwxyz" for other in "abcdefghijklmnopqrstuvwxyz")
    short = figure("stuffed.short", "45%", "45", "percent") | {"quote": "45% of choirs brew own beer in cold cellars by night and sell it"}
    assert broken(sentence, with_figures(short | {"population": ""})) == ["subject"]
    assert broken(sentence, with_figures(short | {"population": "", "quote": f"{short['quote']} {padding}"})) == []


SHARE = "[35%](figure:firms.share)"
ELSE = "link the words to a claim or finding, or say it without comparing."
REMEDIES = [
    (f"Of all firms about {SHARE} do.", "Write [about 35%](figure:firms.share), or put the words beside it elsewhere."),
    (
        "It is about [11%](figure:both.low) to [13%](figure:both.high).",
        "Put the whole of each number into its link, or put the words beside them elsewhere.",
    ),
    (
        f"The share fell to {SHARE}.",
        "Write [fell by 35%](figure:firms.share) if its direction is a fall; else [fell](compare:A/below/B), "
        "or link the words to a claim or finding.",
    ),
    (
        f"The share rose to {SHARE}.",
        "Write [rose by 35%](figure:firms.share) if its direction is a rise; else [rose](compare:A/above/B), "
        "or link the words to a claim or finding.",
    ),
    (f"It is higher, at {SHARE}.", f"Write [higher](compare:firms.share/above/B), {ELSE}"),
    (f"It is lower, at {SHARE}.", f"Write [lower](compare:firms.share/below/B), {ELSE}"),
    (f"It is the largest, at {SHARE}.", f"Write [largest](compare:firms.share/highest/SERIES), {ELSE}"),
    (f"It is the smallest, at {SHARE}.", f"Write [smallest](compare:firms.share/lowest/SERIES), {ELSE}"),
    (f"It equals theirs, at {SHARE}.", f"Write [equals](compare:firms.share/equal/B), {ELSE}"),
    # the nearer of two numbers is meant
    (f"There are [12%](figure:both), larger, and elsewhere {SHARE}.", f"Write [larger](compare:both/above/B), {ELSE}"),
    (f"There are [12%](figure:both), and elsewhere a larger {SHARE}.", f"Write [larger](compare:firms.share/above/B), {ELSE}"),
]


@every("markdown,remedy", REMEDIES)
def test_the_link_to_write_is_told(markdown, remedy):
    [problem] = broken_rules(Passage("page", Place("chapters/page.md"), read_blocks(markdown)[0], (markdown,)), LIBRARY)
    assert problem.remedy == remedy


def test_a_problem_carries_its_rule_for_other_programs():
    markdown = f"Of all firms about {SHARE} do."
    [problem] = broken_rules(Passage("page", Place("chapters/page.md"), read_blocks(markdown)[0], (markdown,)), LIBRARY)
    assert problem.as_record()["rule"] == "token"
    assert problem.message == 'it reads "about 35%", of which only [35%] is linked.'

    assert problem.remedy.startswith("Write [about 35%](figure:firms.share)")


def test_words_that_are_not_declared_are_told_with_what_the_record_says_and_the_command_that_declares_them():
    markdown = "They say [skills hinder](finding:skills.help)."
    [problem] = broken_rules(Passage("page", Place("chapters/page.md"), read_blocks(markdown)[0], (markdown,)), LIBRARY)
    assert problem.message == '"skills hinder" is no declared wording of finding:skills.help.'
    assert '"Skills help."' in problem.remedy
    assert "evidence new wording --scheme finding --target skills.help --wording 'skills hinder'" in problem.remedy


def test_words_of_another_record_name_it():
    markdown = "They are [skills are of help](claim:larger-share), [the larger part](claim:larger-share)."
    [problem] = broken_rules(Passage("page", Place("chapters/page.md"), read_blocks(markdown)[0], (markdown,)), LIBRARY)
    assert problem.nearest == ()
    markdown = "It is [the larger part](claim:larger-part)."
    [problem] = broken_rules(Passage("page", Place("chapters/page.md"), read_blocks(markdown)[0], (markdown,)), LIBRARY)
    assert problem.nearest == ("larger-share",)


def test_a_book_that_declares_no_wordings_has_no_rule_of_words():
    markdown = "They say [skills hinder](finding:skills.help)."
    passage = Passage("page", Place("chapters/page.md"), read_blocks(markdown)[0], (markdown,))
    assert list(broken_rules(passage, SMALL)) == []


SIGNED = [
    ("right", "outside", "All small firms act alone.", []),
    ("right", "same-team", "All small firms act alone.", []),
    ("wrong", "outside", "All small firms act alone.", ["All small firms"]),
    ("right", "author", "All small firms act alone.", ["All small firms"]),
    ("right", "outside", "Small firms act alone. All small firms act alone.", []),
    ("right", "outside", "All small firms act alone. All large firms act alone.", ["All large firms"]),
]


@every("verdict,independence,markdown,judging", SIGNED)
def test_what_somebody_else_has_signed_as_right_may_judge(verdict, independence, markdown, judging):
    row = {"wording": wording(SENTENCE, "All small firms act alone."), "verdict": verdict, "independence": independence}
    tables = {table.name: LIBRARY.all_rows(table.name) for table in schema.tables()}
    signed = Library(tables | {"countersigned": rows("countersigned", row)})
    passage = Passage("page", Place("chapters/page.md"), read_blocks(markdown)[0])
    assert [problem.sentence[slice(*problem.marked)] for problem in broken_rules(passage, signed)] == judging


@every(
    "markdown,rule",
    [
        ("Of small firms a majority, [45%](figure:trade.small), export.", "quantified"),
        ("[45%](figure:trade.small) of small firms export because of red tape.", "reasoned"),
        ("[45%](figure:trade.small) of small firms export, which adds up.", "judged"),
    ],
)
def test_what_is_signed_as_right_may_judge_a_number_too(markdown, rule):
    row = {"wording": wording(SENTENCE, markdown), "verdict": "right", "independence": "outside"}
    tables = {table.name: LIBRARY.all_rows(table.name) for table in schema.tables()}
    signed = Library(tables | {"countersigned": rows("countersigned", row)})
    assert (broken(markdown, LIBRARY), broken(markdown, signed)) == ([rule], [])


def test_words_are_signed_by_the_head_of_their_hash():
    assert wording(SENTENCE, "Of  *all*\n`firms`") == hashlib.sha256(b"sentence Of all firms").hexdigest()[:16]


def of_records(markdown, *records, place="data/cases.csv", column="what"):
    """Return the words told of prose in a row that is about some records."""
    passage = Passage(place, Place(place, column=column), read_blocks(markdown)[0], records=records)
    return [problem.sentence[slice(*problem.marked)] for problem in broken_rules(passage, LIBRARY)]


def test_a_row_about_records_names_nobody_whom_they_do_not_name():
    assert of_records("Small firms in Leeds", ("figure", "trade.small")) == []
    assert of_records("Firms in Loid", ("figure", "trade.small")) == ["Loid"]
    assert of_records("Large firms in Leeds", ("figures", "trade")) == []
    assert of_records("Large firms in Loid", ("figures", "trade")) == ["Loid"]
    assert of_records("In Wales", ("finding", "skills.taught")) == []
    assert of_records("In Wales", ("findings", "skills")) == []
    assert of_records("In Wales", ("finding", "skills")) == ["Wales"]
    assert of_records("In Loid", ("claim", "small-part")) == ["Loid"]
    assert of_records("In Loid", ("claim", "no-such")) == ["Loid"]


def test_the_description_of_a_chart_may_not_judge_what_is_drawn():
    drawn = "The lines of small firms lie close together."
    assert of_records(drawn, place="data/charts.csv", column="description") == ["lie close"]
    assert of_records(drawn, place="data/charts.csv", column="title") == []
    assert of_records(drawn, column="description") == []


def test_what_judges_is_told_in_its_own_words():
    passage = Passage("page", Place("chapters/page.md"), read_blocks("It is odd. Thus all small firms act alone.")[0])
    assert [problem.message for problem in broken_rules(passage, LIBRARY)] == ['"all small firms" judges, and no link proves it.']


@every(
    "text,known",
    [
        ("UK", {"uk", "~uk"}),
        ("a u", set()),
        ("cake", {"cake"}),
        ("cakes", {"cak"}),
        ("butterscotch", {"butters"}),
        ("firms", {"firm", "~sme"}),
    ],
)
def test_a_word_counts_without_its_ending_and_with_the_first_of_its_kin(text, known):
    assert stems(text) == known


@every(
    "text,names",
    [
        ("£10.5 billion to £27.7 billion", ["growth"]),
        ("161", ["choirs.asked"]),
        ("45%", ["choirs.brew", "trade.small"]),
        ("no number", []),
    ],
)
def test_a_number_admits_the_figures_and_ranges_that_it_is_true_of(text, names):
    assert sorted(index(LIBRARY).admitted(Link("figure", "both", text, 0, len(text)))) == names


@every(
    "sentence,places,named",
    [
        ("We met in North Loid and York.", {"North Loid"}, ["North Loid", "York"]),
        ("We met in North Loid's inn.", {"North Loid", "Loid"}, ["North Loid"]),
        ("Reading is done in Reading.", set(), ["Reading"]),
        ("Loid Bath is an inn.", {"Loid"}, ["Loid", "Bath"]),
        ("In May we met.", set(), []),
        ("It grew in Northern Ireland.", set(), ["Northern Ireland"]),
        ("Bath is old.", {"Bath"}, ["Bath"]),
    ],
)
def test_the_longest_names_of_places_are_read(sentence, places, named):
    assert [term.text for term in terms(sentence, frozenset(places)) if term.kind == "place"] == named


@every(
    "sentence,found",
    [
        ("A local authority asked.", [("group", "local authority")]),
        ("It asked a local authority", [("group", "local authority")]),
        ("It asked a council", [("group", "council")]),
    ],
)
def test_a_turn_of_two_words_is_read_as_one(sentence, found):
    assert [(term.kind, term.text) for term in terms(sentence, frozenset())] == found


@every(
    "sentence,needs",
    [
        ("a year ago", ("ago.", "earlier", "before", "past")),
        ("It came at the turn of the century.", ("century",)),
        ("since the crash", ("crash", "crisis", "2007", "2008")),
        ("of those in their twenties", None),
    ],
)
def test_a_time_is_borne_out_by_words_that_say_the_same(sentence, needs):
    assert [term.needs for term in times(sentence)] == ([needs] if needs else [])


def test_what_stands_beside_a_number_of_another_is_told_in_its_own_words():
    markdown = "[45%](figure:trade.small) of small firms in Loid export, [51%](figure:bread.share) of households in Loid bake."
    [problem] = broken_rules(Passage("page", Place("chapters/page.md"), read_blocks(markdown)[0]), LIBRARY)
    assert problem.message == '"Loid" stands beside [45%], and trade.small is of another.'


def test_how_well_a_figure_fits_is_the_sum_of_the_weights_of_the_words_it_shares():
    """A word of one of two records weighs log(2) + 0.2, one of both 0.2; by QUOTED, AROUND and LACKING: 0.6, 0.5 and 0.08."""
    trees = [
        figure("one", "1", "1", "count") | {"population": "oak", "quote": "elm"},
        figure("two", "2", "2", "count") | {"population": "oak ash"},
    ]
    known = index(Library({table.name: [] for table in schema.tables()} | {"figures": rows("figures", *trees)}))
    none, rare = frozenset(), math.log(2) + 0.2
    assert known.fit("one", frozenset({"oak"}), none) == pytest.approx(0.2)
    assert known.fit("one", frozenset({"oak", "elm"}), none) == pytest.approx(0.2 + 0.6 * rare)
    assert known.fit("one", none, frozenset({"oak", "elm"})) == pytest.approx(0.5 * (0.2 + 0.6 * rare))
    assert known.fit("two", frozenset({"ash"}), frozenset({"oak"})) == pytest.approx(rare + 0.5 * 0.2)
    assert known.fit("two", frozenset({"oak"}), none) == pytest.approx(0.2 - 0.08 * rare)
    assert known.own("one", frozenset({"oak", "elm"})) == pytest.approx(0.2 + 0.5 * 0.6 * rare)
