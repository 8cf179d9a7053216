"""Lies about claims and findings, told over the whole book: each kind has a floor of the share that is found out, and the true book raises no alarm.

A kind of lie that a rule begins to find out gets its floor raised; what survives is printed with the words that were not found out.
"""

from collections import defaultdict

from lies import Lies, negated, reversed_
from whole import LIBRARY, passages

from evidence.catalog import Library, schema
from evidence.catalog.wordings import SHOWN, undeclared, wordings, wrong_wordings
from evidence.grading import check_findings
from evidence.problems import Place
from evidence.statements import read_blocks
from evidence.statements.pages import Passage
from evidence.statements.rules import broken_rules

LINKS = [link for passage in passages() for link in passage.block.links if link.scheme in ("claim", "finding")]
FINDINGS, CLAIMS = LIBRARY.rows("findings"), LIBRARY.rows("claims")
OTHER = {"positive": "negative", "negative": "positive", "mixed": "positive", "none": "negative"}
NEIGHBOURS = 5
"""To how many other records of its kind a link is turned: those that follow its own in their table, mostly of the same source."""


def library(**changed):
    """Return the library with some tables changed, and of the others only what the checks of findings and claims read."""
    return Library({table.name: changed.get(table.name, LIBRARY.all_rows(table.name)) for table in schema.tables()})


def alone(row):
    """Return the rules that a changed finding breaks, by itself: with what is declared of it, and without the other findings."""
    declared = {
        "directions": [one for one in LIBRARY.rows("directions") if one["finding"] == row["id"]],
        "wordings": [one for one in LIBRARY.rows("wordings") if one["scheme"] == "finding" and one["target"] == row["id"]],
    }
    known = Library({table.name: [] for table in schema.tables()} | {"findings": [row]} | declared)
    return [problem.rule for problem in check_findings(known)] + ["words" for _ in wrong_wordings(known)]


def linked(text, scheme, target):
    """Return the rules that a link breaks."""
    [block] = read_blocks(f"So [{text}]({scheme}:{target}).")
    return [problem.rule for problem in broken_rules(Passage("page", Place("chapters/page.md"), block), LIBRARY)]


def held(kind, by, lies, floor):
    """Assert that at least a share of lies is found out.

    Args:
        kind: What kind of lie it is.
        by: The rule that it breaks.
        lies: What each says, the rules that find it out, and what is true in its place.
        floor: The share.
    """
    count = Lies(kind, floor, by)
    for said, rules, *true in lies:
        count.tell(said, rules, *true)
    count.held()


def test_the_true_book_raises_no_alarm():
    assert len(LINKS) > 150
    assert LIBRARY.rows("wordings")
    assert check_findings(LIBRARY) == []
    assert [*wrong_wordings(LIBRARY), *undeclared(LIBRARY)] == []
    assert [problem for passage in passages() for problem in broken_rules(passage, LIBRARY) if problem.rule == "words"] == []


def test_words_of_a_link_reversed_or_negated_are_found_out():
    lies = [(lie(link.text), link) for link in LINKS for lie in (reversed_, negated)]
    held(
        "link words",
        "words",
        [(f"[{text}]({link.scheme}:{link.target})", linked(text, link.scheme, link.target)) for text, link in lies],
        0.99,
    )


def test_a_link_turned_to_another_record_is_found_out():
    order = {"claim": [row["id"] for row in CLAIMS], "finding": [row["id"] for row in FINDINGS]}
    lies = []
    for link in LINKS:
        known = order[link.scheme]
        place = known.index(link.target)
        others = dict.fromkeys(known[(place + step) % len(known)] for step in range(1, NEIGHBOURS + 1))
        lies += [(f"[{link.text}]({link.scheme}:{other})", linked(link.text, link.scheme, other)) for other in others]
    held("link targets", "words", lies, 0.99)


def test_no_other_record_of_its_kind_admits_the_words_of_a_link_but_where_they_say_the_same():
    """Without passing through Markdown, for there are so many: the rule of words asks only what is declared."""
    known, admitted = wordings(LIBRARY), defaultdict(set)
    for (scheme, target), said in known.items():
        for words in said:
            admitted[scheme, words].add(target)
    shared = {words: targets for (_, words), targets in admitted.items() if len(targets) > 1}
    assert set(shared) == {"wellbeing and flexibility"}, shared


def test_a_direction_flipped_is_found_out():
    lies = [
        (f"{row['id']}: {OTHER[row['direction']]}: {row['statement']}", alone(row | {"direction": OTHER[row["direction"]]}))
        for row in FINDINGS
    ]
    held("directions", "direction", lies, 0.99)


def test_a_statement_reversed_is_found_out():
    lies = [(lie := reversed_(row["statement"]), alone(row | {"statement": lie}), row["statement"]) for row in FINDINGS]
    held("statements reversed", "opposite", lies, 0.95)


def test_a_statement_negated_is_found_out():
    lies = [(lie := negated(row["statement"]), alone(row | {"statement": lie}), row["statement"]) for row in FINDINGS]
    held("statements negated", "negation", lies, 0.95)


def test_quotes_rotated_among_the_findings_of_a_source_are_found_out():
    places = defaultdict(list)
    for place, row in enumerate(FINDINGS):
        places[row["source"]].append(place)
    turned = dict(enumerate(FINDINGS))
    for own in places.values():
        turned |= {
            place: FINDINGS[place] | {"quote": FINDINGS[other]["quote"]} for place, other in zip(own, own[1:] + own[:1], strict=True)
        }
    told = " ".join(
        f"{problem.place.name} {problem.message}"
        for problem in check_findings(library(findings=[*turned.values()]))
        if problem.rule == "quote"
    )
    moved = [row for place, row in turned.items() if row["quote"] != FINDINGS[place]["quote"]]
    held("quotes", "quote", [(f"{row['id']}: {row['quote']}", ["quote"] * told.count(row["id"])) for row in moved], 0.95)


def test_what_a_claim_shows_reversed_is_found_out():
    lies = []
    for place, row in enumerate(CLAIMS):
        for column in SHOWN:
            lie = reversed_(row[column])
            changed = [*CLAIMS[:place], row | {column: lie}, *CLAIMS[place + 1 :]]
            lies.append((lie, [problem.rule for problem in undeclared(library(claims=changed))], row[column]))
    held("claims", "words", lies, 0.99)
