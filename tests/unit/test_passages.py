"""What a check makes of whole passages: what it counts, lets through, objects to, and where. An outcome of another kind gets a test here."""

from test_holding import LIBRARY, rows

from evidence.catalog import Library, schema
from evidence.problems import Place
from evidence.statements import check_passages, citable, read_page
from evidence.statements.citing import rank
from evidence.statements.pages import Passage
from evidence.statements.prose import Block

PAGE = """# Made up

Of all firms [35%](figure:firms.share) do, and of both [9%](figure:both).

There are 44 kinds of it, and it came with 66.

There are 44 of them.
"""


def notice(target, text):
    return {"page": "page", "kind": "figure", "target": target, "text": text, "since": "2026-02-01"}


def checked(folder):
    allowed = rows("allowed-numbers", {"chapter": "page", "text": "44 kinds"}, {"chapter": "*", "text": "came with 66"})
    noticed = rows("notices", notice("both", "9%"), notice("firms.share", "35%"))
    path = folder / "page.md"
    path.write_text(PAGE, encoding="utf-8")
    tables = {table.name: LIBRARY.all_rows(table.name) for table in schema.tables()}
    return check_passages(read_page(path), Library(tables | {"allowed-numbers": allowed, "notices": noticed}))


def test_a_statement_is_noticed_only_where_it_no_longer_holds(tmp_path):
    statements = checked(tmp_path).statements
    assert [(one.target, one.holds, one.noticed) for one in statements] == [("firms.share", True, False), ("both", False, True)]


def test_a_number_is_let_through_where_its_words_stand_and_nowhere_else(tmp_path):
    found = checked(tmp_path)
    assert found.allowed == ["chapters/page.md, line 5: 44", "chapters/page.md, line 5: 66"]
    assert found.used == {("page", "44 kinds"), ("*", "came with 66")}
    assert [(str(problem.place), problem.message) for problem in found.problems] == [
        ("chapters/page.md, line 7", '"44" is bound to nothing.')
    ]


def test_what_was_read_and_bound_is_counted(tmp_path):
    found = checked(tmp_path)
    assert (found.read, found.bound) == (4, 2)  # a heading and three paragraphs


def test_a_passage_without_lines_has_no_columns():
    assert Passage("data", Place("data/cases.csv"), Block("9 of them", 1)).columns(0, 1) == (0, 0)


def test_a_cell_that_states_a_figure_is_no_heading():
    assert not Block("9 of them", 1).heading


def test_a_range_is_found_by_what_both_its_ends_have():
    assert [hit.id for hit in citable(LIBRARY, ["growth", "high"])] == ["growth.high"]
    assert [hit.id for hit in citable(LIBRARY, ["growth"])] == ["growth.low", "growth.high", "growth"]


def test_an_id_that_begins_with_what_was_asked_comes_first_and_then_what_holds_most_words():
    order = sorted(["a.skills", "cost.a", "skills.cost", "cost"], key=lambda name: rank(["cost", "Skills"], name))
    assert order == ["skills.cost", "a.skills", "cost.a", "cost"]
    assert sorted(["a.cost", "cost.a"], key=lambda name: rank(["Cost"], name)) == ["cost.a", "a.cost"]
