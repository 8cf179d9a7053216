"""What is wrong with declared wordings and directions: a way of declaring them wrongly gets a row, with the words of its message."""

from every import every
from test_holding import LIBRARY as SMALL
from test_holding import rows

from evidence.catalog import Library, schema
from evidence.catalog.wordings import undeclared, wordings, wrong_wordings
from evidence.problems import Place
from evidence.statements import check_passages, stale_wordings
from evidence.statements.pages import Passage
from evidence.statements.prose import read_blocks

FINDINGS = rows(
    "findings",
    {"id": "skills.help", "statement": "Skills help.", "direction": "positive", "disputed_with": "skills.hardly"},
    {"id": "skills.hinder", "statement": "Skills hinder.", "direction": "negative"},
    {"id": "skills.hardly", "statement": "Skills matter.", "direction": "positive"},
    {"id": "skills.too", "statement": "Skills help too.", "direction": "positive"},
)


def wording(target, words, direction="positive", scheme="finding"):
    return {"scheme": scheme, "target": target, "wording": words, "direction": direction}


def library(*declared):
    tables = {table.name: SMALL.all_rows(table.name) for table in schema.tables()}
    return Library(tables | {"findings": FINDINGS, "wordings": rows("wordings", *declared)})


WRONG = {
    "in order": ((wording("skills.help", "are of use"), wording("larger-share", "more", "", "claim")), []),
    "no such finding": ((wording("skills.hlep", "are of use"),), ['unknown finding "skills.hlep".']),
    "a finding as a claim": ((wording("skills.help", "are of use", scheme="claim"),), ['unknown claim "skills.help".']),
    "another direction": ((wording("skills.help", "are of use", "negative"),), ["the direction positive"]),
    "no direction": ((wording("skills.help", "are of use", ""),), ["the direction positive"]),
    "a direction of a claim": ((wording("larger-share", "more", "positive", "claim"),), ["no direction"]),
    "twice as read": ((wording("skills.help", "are of use"), wording("skills.help", "Are of  use.")), ["reads the same as"]),
    "the statement": ((wording("skills.help", "skills help"),), ["is the statement of skills.help"]),
    "for two that agree": ((wording("skills.help", "are of use"), wording("skills.too", "are of use")), []),
    "for two directions": (
        (wording("skills.help", "make a difference"), wording("skills.hinder", "make a difference", "negative")),
        ["a record that contradicts it"],
    ),
    "for two in dispute": (
        (wording("skills.hardly", "make a difference"), wording("skills.help", "make a difference")),
        ["a record that contradicts it"],
    ),
}


@every("name", WRONG)
def test_what_is_wrong_with_declared_wordings_is_told(name):
    declared, told = WRONG[name]
    found = [problem.said for problem in wrong_wordings(library(*declared))]
    assert len(found) == len(told), found
    assert all(part in said for part, said in zip(told, found, strict=True)), found


def test_the_statement_of_a_record_is_a_wording_without_being_declared():
    assert wordings(library(wording("skills.help", "are of use")))["finding", "skills.help"] == {"skills help", "are of use"}


def test_a_wording_that_no_prose_links_is_stale():
    known = library(wording("skills.help", "are of use"), wording("skills.help", "are good"))
    [block] = read_blocks("They [Are of use](finding:skills.help).")
    [stale] = stale_wordings(known, check_passages([Passage("page", Place("chapters/page.md"), block)], known))
    assert 'no prose links "are good"' in stale.message


def test_what_a_claim_shows_is_declared_where_wordings_are():
    """The small library has three claims whose statement is "Made up" and whose threshold is "It would fail if it were not so."."""
    known = library(
        wording("larger-share", "made up", "", "claim"), wording("larger-share", "It would fail if it were not so", "", "claim")
    )
    found = [(problem.place.name, problem.place.column) for problem in undeclared(known)]
    assert found == [(name, column) for name in ("larger-part", "larger-pay", "larger-gone") for column in ("statement", "threshold")]
    assert list(undeclared(SMALL)) == []
