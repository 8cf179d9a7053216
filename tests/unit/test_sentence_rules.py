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
PUBS = figure("pubs.brew", "45%", "45", "percent") | {"population": "pubs that brew their own beer"}
LIBRARY = Library(
    {table.name: SMALL.all_rows(table.name) for table in schema.tables()}
    | {
        "figures": [*SMALL.all_rows("figures"), *rows("figures", AREAS, TRADE, PUBS)],
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
    under_a_heading = "# Pubs that brew beer\n\nOf those that export [45%](figure:trade.small) said so."
    passages = read_blocks(under_a_heading)
    [_, paragraph] = passages
    passage = Passage("page", Place("chapters/page.md"), paragraph, (), passages[0].text)
    assert told_alone == []
    assert [problem.rule for problem in broken_rules(passage, LIBRARY)] == ["subject"]


def test_what_is_declared_as_the_same_fact_is_no_better_subject():
    pair = rows("pairs", {"figure": "pubs.brew", "against": "trade.small", "why": "The same survey."})
    paired = Library({table.name: LIBRARY.all_rows(table.name) for table in schema.tables()} | {"pairs": pair})
    passage = Passage("page", Place("chapters/page.md"), read_blocks("Of pubs that brew, [45%](figure:trade.small) sell it.")[0])
    assert [problem.rule for problem in broken_rules(passage, LIBRARY)] == ["subject"]
    assert list(broken_rules(passage, paired)) == []


def test_a_problem_carries_its_rule_for_other_programs():
    markdown = "Of all firms about [35%](figure:firms.share) do."
    [problem] = broken_rules(Passage("page", Place("chapters/page.md"), read_blocks(markdown)[0], (markdown,)), LIBRARY)
    assert problem.as_record()["rule"] == "token"
    assert problem.remedy.startswith("Write [about 35%](figure:firms.share)")
