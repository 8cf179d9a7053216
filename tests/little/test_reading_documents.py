"""A new report enters the little book: read, decided on in a table, taken in with receipts, or refused whole."""

import csv
import io
import json
import urllib.error
import urllib.request

import pytest
from command import evidence

from evidence.catalog.verify.formats import read_text
from evidence.reading import proposals
from evidence.reading.review import Review
from evidence.reading.sheet import read

SOURCE = (
    *("new", "source", "--id", "rye", "--title", "Rye, invented", "--short", "Rye", "--publisher", "Nobody", "--published", "June 2026"),
    *("--as-of", "2026-06-30", "--licence", "none", "--cadence", "one-off", "--kind", "report", "--read", "invented", "--seed", "rye.md"),
)

REPORT = """# Rye bread

In 2025, 60% of small bakers in Leeds baked rye. The table (30 Kb) tells more.

We asked 1,204 bakers, and 12% to 15% of them want an oven.
"""


@pytest.fixture
def read_book(little_book):
    """The little book with a source whose document was read."""
    (little_book / "rye.md").write_text(REPORT, encoding="utf-8")
    assert evidence(*SOURCE, folder=little_book).code == 0
    done = evidence("read", "rye.md", "--source", "rye", folder=little_book)
    assert done.code == 0, done.complained
    assert "4 numbers proposed as records" in done.printed
    return little_book


def table(book):
    return book / "_build" / "proposals" / "rye" / "proposals.csv"


def rows(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def decide(book, *changes):
    """Write cells into the rows of the table, in order."""
    found = rows(table(book))
    for row, change in zip(found, changes, strict=False):
        row.update(change)
    with table(book).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, found[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)


def accept(book):
    return evidence("read", "--accept", table(book), folder=book)


YES, NO = {"decision": "accept"}, {"decision": "excuse"}


def test_reading_changes_nothing_of_the_library(read_book):
    assert not (read_book / "data" / "figures" / "rye.csv").exists()
    assert [row["decision"] for row in rows(table(read_book))] == [""] * 5


def test_what_is_accepted_and_excused_is_taken_in_once_and_the_rest_waits(read_book):
    decide(read_book, {**YES, "population": "bakers with few hands"}, NO, YES)
    assert accept(read_book).code == 0
    held = rows(read_book / "data" / "figures" / "rye.csv")
    assert [(row["stated"], row["population"], row["place"], row["period"], row["as_of"]) for row in held] == [
        ("60%", "bakers with few hands", "Leeds", "2025", "2026-06-30"),
        ("1,204", "bakers", "", "", "2026-06-30"),
    ]
    assert rows(read_book / "data" / "not-evidence.csv") == [
        {"source": "rye", "text": "The table (30 Kb) tells more.", "reason": "A size of a file"}
    ]
    evidence("read", "rye.md", "--source", "rye", folder=read_book)
    assert [row["decision"] for row in rows(table(read_book))] == ["taken"] * 3 + ["", ""]
    assert "0 records and 0 excuses" in accept(read_book).printed
    assert rows(read_book / "data" / "figures" / "rye.csv") == held


def test_a_document_that_is_the_text_of_its_source_proves_what_was_accepted_from_it(read_book):
    assert evidence("receipt", "sources", "figures", folder=read_book).code == 0
    decide(read_book, YES, NO, YES, YES, YES)
    assert accept(read_book).code == 0
    found = rows(read_book / "data" / "receipts.csv")
    proved = [(row["how"], row["document"], row["at"]) for row in found if row["kind"] == "figures" and row["record"].startswith("rye")]
    assert sorted(proved) == [("text", "rye.md", place) for place in ("line 3 +9", "line 5 +27", "line 5 +27", "line 5 +9")]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"value": "61"}, "61 percent is not what"),
        ({"id": ""}, "column id: is empty"),
        ({"quote": "Some bakers."}, 'does not contain "60%"'),
        ({"decision": "yes"}, 'column decision: found "yes"'),
        ({"decision": "excuse"}, "an excuse needs one"),
    ],
)
def test_one_wrong_record_is_told_at_its_row_and_nothing_is_taken_in(read_book, change, told):
    decide(read_book, {**YES, **change}, NO, YES)
    done = accept(read_book)
    assert done.code == 1
    assert "proposals.csv, row 2" in done.complained.replace("\n", " ")
    assert told in " ".join(done.complained.split())
    assert not (read_book / "data" / "figures" / "rye.csv").exists()


def test_a_source_that_is_not_there_is_asked_for(little_book):
    (little_book / "rye.md").write_text(REPORT, encoding="utf-8")
    assert evidence("read", "rye.md", folder=little_book).code == 2
    done = evidence("read", "rye.md", "--source", "rye", folder=little_book)
    assert (done.code, "rye" in done.complained) == (1, True)


LATER = """# Rye bread

In 2026, 64% of small bakers in Leeds baked rye. The table (30 Kb) tells more.

We asked 1,204 bakers, and seven new ovens were lit.
"""


def test_a_later_edition_brings_what_became_of_each_number_for_accept_to_take(read_book):
    assert evidence("receipt", "sources", "figures", folder=read_book).code == 0
    decide(read_book, YES, NO, YES, YES, YES)
    assert accept(read_book).code == 0
    (read_book / "rye-2027.md").write_text(LATER, encoding="utf-8")
    done = evidence("read", "rye-2027.md", "--source", "rye", "--against", "rye.md", "--as-of", "2027-06-30", folder=read_book)
    assert done.code == 0, done.complained
    home = table(read_book).with_name("2027-06-30")
    (changed,) = rows(home / "edition" / "figures" / "rye.csv")
    assert [changed[name] for name in ("stated", "value", "period", "place", "population", "as_of")] == [
        *("64%", "64", "2026", "Leeds", "small bakers", "2027-06-30"),
    ]
    assert rows(home / "edition" / "texts.csv") == [{"source": "rye", "as_of": "2027-06-30", "text": "rye-2027.md"}]
    assert [(row["how"], row["document"]) for row in rows(home / "edition" / "receipts.csv")] == [("text", "rye-2027.md")]
    assert "1 changed" in done.printed
    assert "2 gone" in done.printed
    assert [row["stated"] for row in rows(home / "proposals.csv")] == ["30 Kb", "seven"]
    tried = evidence("accept", "--data", home / "edition", "--reason", "A later edition.", "--dry-run", folder=read_book)
    assert tried.code == 0, tried.complained + tried.printed


def test_a_later_edition_needs_its_day(read_book):
    assert evidence("read", "rye.md", "--source", "rye", "--against", "rye.md", "--as-of", "June", folder=read_book).code == 2


def test_what_a_document_says_of_itself_need_not_be_typed(little_book):
    (little_book / "rye.md").write_text(REPORT, encoding="utf-8")
    flags = [
        word
        for at, word in enumerate(SOURCE)
        if "--title" not in SOURCE[max(0, at - 1) : at + 1] and "--seed" not in SOURCE[max(0, at - 1) : at + 1]
    ]
    done = evidence(*flags, "--from", "rye.md", "--publisher", "Bread House", folder=little_book)
    assert done.code == 0, done.complained
    assert "from rye.md title: Rye bread" in done.printed
    (row,) = [row for row in rows(little_book / "data" / "sources.csv") if row["id"] == "rye"]
    assert (row["title"], row["seed"], row["publisher"]) == ("Rye bread", "rye.md", "Bread House")


RESULTS = """# Advice

Advice from a neighbour has improved the bread of small bakers.

Every baker should ask for advice, which leads to better bread.
"""


def test_a_result_in_words_is_completed_by_its_author_and_taken_in_with_the_strength_of_the_rule(little_book):
    (little_book / "rye.md").write_text(RESULTS, encoding="utf-8")
    assert evidence(*SOURCE, folder=little_book).code == 0
    assert evidence("receipt", "sources", "figures", folder=little_book).code == 0
    assert "1 results in words" in evidence("read", "rye.md", "--source", "rye", "--findings", folder=little_book).printed
    decide(little_book, {"decision": "accept"})
    refused = evidence("read", "--accept", table(little_book), folder=little_book)
    assert (refused.code, "column statement: is empty" in " ".join(refused.complained.split())) == (1, True)
    own = {"statement": "Bakers who are advised bake better bread.", "basis": "survey", "design": "statement", "directness": "direct"}
    decide(little_book, own)
    done = evidence("read", "--accept", table(little_book), folder=little_book)
    assert done.code == 0, done.complained
    (held,) = [row for row in rows(little_book / "data" / "findings.csv") if row["source"] == "rye"]
    assert (held["direction"], held["strength"], held["quote"]) == ("positive", "opinion", RESULTS.splitlines()[2])
    assert "text" in {row["how"] for row in rows(little_book / "data" / "receipts.csv") if row["record"] == held["id"]}


# The page


@pytest.fixture
def review(read_book):
    """A review of the report, whose check refuses a record without a population."""
    text = read_text(read_book / "rye.md")
    found = read(table(read_book))
    check = lambda index: [] if found.rows[index]["population"] else ["population: is empty."]  # noqa: E731
    page = Review(found, text, proposals(text), check, lambda span: [one for one in proposals(text, added=[span]) if one.added])
    yield page
    page.close()


def ask(review, token=None, path="", **given):
    headers = {"X-Token": review.token if token is None else token}
    data = json.dumps(given).encode() if given else None
    with urllib.request.urlopen(urllib.request.Request(review.address + path, data, headers), timeout=10) as reply:
        content = reply.read().decode("utf-8")
    return json.loads(content) if given else content


def test_the_page_shows_the_document_with_each_number_marked_and_what_was_missed(review):
    html = ask(review)
    assert '<script src="/review.js"' in html
    assert review.token in html
    parts = ask(review, do="look")["document"]
    assert [kind for kind, _ in parts] == ["heading", "paragraph", "paragraph"]
    marked = [(words, found) for _, pieces in parts for words, found in pieces if found]
    assert ask(review, do="look")["missed"][2] == "A year in the name of a law, a paper or an event"
    assert marked == [("2025", [-4]), ("60%", [0]), ("30 Kb", [1]), ("1,204", [2]), ("12% to 15%", [3, 4])]


def test_a_number_that_was_missed_is_added_where_it_stands_once_and_stays_when_the_document_is_read_again(review, read_book):
    year = ask(review, do="add", part=1, **{"from": 3, "to": 7})
    assert (year["problems"], year["at"], [row["stated"] for row in year["rows"]][:2]) == ([], 0, ["2025", "60%"])
    assert (year["rows"][0]["value"], year["rows"][0]["unit"], year["rows"][0]["quote"][:7]) == ("2025", "calendar year", "In 2025")
    assert ask(review, do="add", part=1, **{"from": 3, "to": 7})["problems"] == [
        'For "2025" there is a proposal already, or it is nothing.'
    ]
    assert ask(review, do="add", part="1")["problems"] == ["Select the number in the document first."]
    assert ask(review, do="add", part=1, **{"from": 9, "to": 9})["problems"]
    ask(review, do="leave", at=0)
    evidence("read", "rye.md", "--source", "rye", folder=read_book)
    assert [(row["stated"], row["decision"]) for row in rows(table(read_book))][:2] == [("2025", "leave"), ("60%", "")]


def test_each_key_is_written_at_once(review, read_book):
    ask(review, do="accept", at=0)
    ask(review, do="excuse", at=1)
    ask(review, do="leave", at=2)
    assert [row["decision"] for row in rows(table(read_book))] == ["accept", "excuse", "leave", "", ""]
    ask(review, do="undo", at=0)
    assert ask(review, do="look")["left"] == 3
    assert rows(table(read_book))[0]["decision"] == ""


def test_what_is_edited_is_open_again_and_a_number_can_be_given_the_id_of_the_one_before(review, read_book):
    ask(review, do="accept", at=0)
    ask(review, do="edit", at=0, cells={"population": "bakers  of rye", "decision": "accept"})
    ask(review, do="group", at=2)
    found = rows(table(read_book))
    assert (found[0]["population"], found[0]["decision"]) == ("bakers of rye", "")
    assert found[2]["id"] == found[1]["id"]


def test_what_is_wrong_is_told_and_not_accepted(review, read_book):
    assert ask(review, do="accept", at=3)["problems"] == ["population: is empty."]
    assert ask(review, do="excuse", at=3)["problems"] == ["An excuse needs a reason: say why the number is no evidence."]
    assert rows(table(read_book))[3]["decision"] == ""
    assert ask(review, do="excuse", at=3, reason="A guess")["problems"] == []
    assert rows(table(read_book))[3]["reason"] == "A guess"


def test_only_the_page_itself_is_answered_and_it_is_over_when_all_is_decided(review):
    with pytest.raises(urllib.error.HTTPError) as refused:
        ask(review, token="another", do="accept", at=0)
    assert refused.value.code == 403
    for number in range(5):
        ask(review, do="leave", at=number)
    assert review.over.wait(10)


def test_a_document_without_a_number_keeps_its_source_open_to_the_next(read_book):
    for proposed, text in ((0, ""), (1, "In 2025, 60% of bakers in Leeds baked rye.\n"), (0, "")):
        (read_book / "rye.md").write_text(f"# Rye bread\n\nBakers bake it.\n\n{text}", encoding="utf-8")
        done = evidence("read", "rye.md", "--source", "rye", folder=read_book)
        assert done.code == 0, done.complained
        assert f"{proposed} numbers proposed as records" in done.printed
