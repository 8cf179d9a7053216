"""What each rule says of a sentence around a bound number: a way of misleading beside a link gets a row, with the words that are to be marked."""

import csv
from pathlib import Path

from every import every
from test_holding import LIBRARY as SMALL
from test_holding import figure, rows

from evidence.catalog import Library, schema
from evidence.problems import Place
from evidence.statements.pages import Passage
from evidence.statements.prose import read_blocks
from evidence.statements.rules import RULES, broken_rules

ROWS = list(csv.DictReader((Path(__file__).parent / "sentence_rules.csv").open(encoding="utf-8", newline="")))

AREAS = figure("areas.deprived", "27%", "27", "percent") | {"population": "neighbourhoods in the most deprived tenth, by rank"}
TRADE = figure("trade.small", "45%", "45", "percent") | {"population": "small firms that export", "place": "Leeds", "period": "2016/17"}
LARGE = figure("trade.large", "60%", "60", "percent") | {"population": "large firms that export", "place": "Leeds", "period": "2016/17"}
CHOIRS = figure("choirs.brew", "45%", "45", "percent") | {"population": "choirs that brew their own beer"}
WORDINGS = rows(
    "wordings",
    {"scheme": "claim", "target": "larger-share", "wording": "the larger part"},
    {"scheme": "finding", "target": "skills.help", "wording": "skills are of help"},
)
LIBRARY = Library(
    {table.name: SMALL.all_rows(table.name) for table in schema.tables()}
    | {
        "wordings": WORDINGS,
        "figures": [*SMALL.all_rows("figures"), *rows("figures", AREAS, TRADE, LARGE, CHOIRS)],
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
