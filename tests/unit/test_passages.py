"""What a check makes of whole passages: what it counts, lets through, objects to, and where. An outcome of another kind gets a test here."""

import nbformat
import pytest
from every import every
from test_holding import LIBRARY, claim, figure, rows

from evidence.catalog import Library, schema
from evidence.errors import StatementError
from evidence.problems import Place
from evidence.statements import check_passages, citable, read_page
from evidence.statements.checking import stale_allowances, stale_notices, stale_wordings, statements_of
from evidence.statements.citing import Citation, rank
from evidence.statements.pages import Passage
from evidence.statements.propositions import senses
from evidence.statements.prose import Block, read_blocks
from evidence.statements.signed import sentences

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


def test_a_number_is_let_through_wherever_its_words_stand_in_a_passage():
    allowed = rows("allowed-numbers", {"chapter": "*", "text": "44 kinds"})
    library = Library({table.name: LIBRARY.all_rows(table.name) for table in schema.tables()} | {"allowed-numbers": allowed})
    found = check_passages(passages("44 kinds at the head, 44 others, and 44 kinds at the end: 44 kinds"), library)
    assert len(found.allowed) == 3
    assert [problem.column for problem in found.unbound] == [len("44 kinds at the head, ") + 1]


def test_rows_that_nothing_needs_any_more_are_told():
    allowed = rows("allowed-numbers", {"chapter": "page", "text": "44 kinds"}, {"chapter": "page", "text": "45 kinds"})
    noticed = rows("notices", notice("both", "9%"), notice("firms.share", "35%"))
    tables = {table.name: LIBRARY.all_rows(table.name) for table in schema.tables()}
    library = Library(tables | {"allowed-numbers": allowed, "notices": noticed})
    markdown = "Of firms [35%](figure:firms.share) do, of both [9%](figure:both), and there are 44 kinds."
    found = check_passages(passages(markdown), library)
    assert [problem.message for problem in stale_allowances(library, found)] == ['"45 kinds" stands nowhere in page.']
    assert [problem.message for problem in stale_notices(library, found)] == ['"35%" in page holds again or is gone.']


def test_a_declared_wording_that_nothing_shows_is_told_and_one_of_a_correction_is_not():
    shown = {"scheme": "claim", "target": "larger-share", "wording": "made up"}  # its statement
    linked, elsewhere = (
        {"scheme": "finding", "target": "skills.help", "wording": "They  help"},
        {"scheme": "claim", "target": "larger-part"},
    )
    lost = {"scheme": "finding", "target": "skills.help", "wording": "they hinder"}
    correction = {"scheme": "correction", "target": "sum", "wording": "it is wrong"}
    declared = rows("wordings", shown, linked, lost, elsewhere | {"wording": "they help"}, correction)
    library = Library({table.name: LIBRARY.all_rows(table.name) for table in schema.tables()} | {"wordings": declared})
    found = check_passages(passages("That [they help](finding:skills.help) is so."), library)
    assert [problem.message for problem in stale_wordings(library, found)] == [
        'no prose links "they hinder" to finding:skills.help.',
        'no prose links "they help" to claim:larger-part.',
    ]


def test_the_outcomes_of_two_checks_are_put_together():
    allowed = rows("allowed-numbers", {"chapter": "*", "text": "44 kinds"}, {"chapter": "*", "text": "came with 66"})
    library = Library({table.name: LIBRARY.all_rows(table.name) for table in schema.tables()} | {"allowed-numbers": allowed})
    first = "## Of [35%](figure:firms.share)\n\n44 kinds and 17."
    second = "## Of [12%](figure:both)\n\nIt came with 66 and 18."
    both, more = (check_passages(passages(text), library) for text in (first, second))
    both.add(more)
    together = check_passages([*passages(first), *passages(second)], library)
    assert both == together
    assert (both.read, both.bound, len(both.allowed), len(both.unbound), len(both.faults), len(both.used)) == (4, 2, 2, 2, 2, 2)


def test_a_link_is_told_as_its_author_writes_it():
    markdown = "It is [more](compare:firms.share/above/both), [35%](figure:firms.share) and [so](claim:larger-share)."
    written = ["[more](compare:firms.share/above/both)", "[35%](figure:firms.share)", "[so](claim:larger-share)"]
    assert [one.link for one in statements_of(passages(markdown), LIBRARY)] == written


def test_sentences_are_told_with_their_links_and_code_as_they_are_written():
    [passage] = passages(
        "Of firms [35%](figure:firms.share) do, [more](claim:larger-share) with `code`. 5 + 5. [12%](figure:both) *and* some"
    )
    first = "Of firms [35%](figure:firms.share) do, [more](claim:larger-share) with code."
    begins = passage.block.text.index("12%")
    assert list(sentences(passage)) == [
        (0, first, (("figure", "firms.share"), ("claim", "larger-share"))),
        (begins, "[12%](figure:both) and some", (("figure", "both"),)),
    ]


def test_a_number_bound_to_nothing_names_the_three_figures_that_fit_best():
    [problem] = check_passages(passages("Of them 18% name it."), LIBRARY).unbound
    assert problem.nearest == ("barriers.cost", "barriers.skills", "barriers.staff")
    assert problem.remedy == "Write [18%](figure:ID); evidence cite WORDS finds the id."


def test_what_was_read_and_bound_is_counted(tmp_path):
    found = checked(tmp_path)
    assert (found.read, found.bound) == (4, 2)  # a heading and three paragraphs


def passages(markdown):
    return [Passage("page", Place("chapters/page.md"), block, tuple(markdown.split("\n"))) for block in read_blocks(markdown)]


def test_a_heading_that_holds_figures_is_told_once_and_one_that_holds_a_claim_is_not():
    figures = passages("## Shares of [35%](figure:firms.share) and [12%](figure:both)")
    told = 'the heading "Shares of 35% and 12%" holds a figure, and headings outlive values.'
    assert [problem.message for problem in check_passages(figures, LIBRARY).faults] == [told]
    assert check_passages(passages("## That firms [differ](claim:larger-share)"), LIBRARY).faults == []
    assert check_passages(passages("Of firms [35%](figure:firms.share) do."), LIBRARY).faults == []


def test_what_passages_state_is_the_same_without_looking_for_loose_numbers():
    read = passages("Of firms [35%](figure:firms.share) do, and 44 do not.\n\nOf both [9%](figure:both).")
    stated = statements_of(read, LIBRARY)
    assert [(one.target, one.holds) for one in stated] == [("firms.share", True), ("both", False)]
    assert stated == check_passages(read, LIBRARY).statements


def test_a_passage_without_lines_has_no_columns():
    assert Passage("data", Place("data/cases.csv"), Block("9 of them", 1)).columns(0, 1) == (0, 0)


def test_a_cell_that_states_a_figure_is_no_heading():
    assert not Block("9 of them", 1).heading


def test_a_range_is_found_by_what_both_its_ends_have():
    assert [hit.id for hit in citable(LIBRARY, ["growth", "high"])] == ["growth.high"]
    assert [hit.id for hit in citable(LIBRARY, ["growth"])] == ["growth.low", "growth.high", "growth"]


def test_what_can_be_cited_says_what_to_link_and_what_tells_it_from_others():
    unsaid = rows("claims", claim("said-by-none", "{firms.share} > {both}") | {"statement": ""})
    library = Library({table.name: LIBRARY.all_rows(table.name) for table in schema.tables()} | {"claims": unsaid})
    threshold = "It would fail if it were not so."
    assert citable(LIBRARY, ["growth"])[-1] == Citation("figure", "growth", "£10.5 billion to £27.7 billion", "range", "made-up")
    assert citable(LIBRARY, ["larger", "share"]) == [Citation("claim", "larger-share", "Made up", threshold)]
    assert citable(library, ["said"]) == [Citation("claim", "said-by-none", "said by none", threshold)]
    assert [hit.about for hit in citable(LIBRARY, ["growth.low"])] == [""]


def test_an_id_that_begins_with_what_was_asked_comes_first_and_then_what_holds_most_words():
    order = sorted(["a.skills", "cost.a", "skills.cost", "cost"], key=lambda name: rank(["cost", "Skills"], name))
    assert order == ["skills.cost", "a.skills", "cost.a", "cost"]
    assert sorted(["a.cost", "cost.a"], key=lambda name: rank(["Cost"], name)) == ["cost.a", "a.cost"]


def overtaken(markdown, *noticed):
    """Return the rules that a page breaks, and the texts that await their author, in a library where some links carry a notice."""
    tables = {table.name: LIBRARY.all_rows(table.name) for table in schema.tables()}
    place = figure("trade.leeds", "45%", "45", "percent") | {"population": "bakers", "place": "Leeds"}
    library = Library(tables | {"figures": [*tables["figures"], *rows("figures", place)], "notices": rows("notices", *noticed)})
    found = check_passages(passages(markdown), library)
    return [problem.rule for problem in found.faults], [one.text for one in found.statements if one.noticed]


ELSEWHERE = "In Germany [45%](figure:trade.leeds) of bakers bake."


def test_a_sentence_that_data_overtook_awaits_its_author_where_a_notice_says_so():
    declared = notice("trade.leeds", "45%")
    assert overtaken(ELSEWHERE) == (["foreign"], [])
    assert overtaken(ELSEWHERE, declared) == ([], ["45%"])
    assert overtaken(ELSEWHERE, notice("trade.leeds", "44%")) == (["foreign"], [])
    assert overtaken("About [45%](figure:trade.leeds) of bakers bake.", declared) == (["token"], [])
    # what one sentence is forgiven, the next is not
    assert overtaken(f"{ELSEWHERE} In Wales [12%](figure:both) do.", declared) == (["foreign"], ["45%"])


def test_nobody_knows_whom_a_number_is_about_whose_record_is_not_there():
    assert overtaken("In Germany [45%](figure:trade.gone) of bakers bake.") == ([], [])
    assert overtaken("In Germany [45%](figure:trade.gone) of bakers bake. In Wales [12%](figure:both) do.") == (["foreign"], [])
    assert overtaken("In Germany 45% of bakers bake, or [12%](figure:both).") == ([], [])
    assert overtaken("About [45%](figure:trade.leeds) of bakers or [45%](figure:trade.gone) bake.") == (["token"], [])
    assert overtaken("In Germany it is [£10.5 billion to £27.7 billion](figure:growth).") == (["foreign"], [])


MERGED = "<<<<<<< HEAD\nOne\n=======\nTwo\n>>>>>>> theirs\n"


def book_of(folder, *cells):
    path = folder / "page.ipynb"
    new = nbformat.v4.new_notebook()
    made = {"markdown": nbformat.v4.new_markdown_cell, "code": nbformat.v4.new_code_cell}
    new.cells = [made[kind](source) for kind, source in cells]
    path.write_text(nbformat.writes(new), encoding="utf-8")
    return path


def test_a_conflict_that_is_left_is_told_with_its_cell_and_line_and_a_heading_that_is_underlined_is_none(tmp_path):
    with pytest.raises(StatementError, match=r"chapters/page\.ipynb, cell 2, line 3: a merge conflict is left"):
        read_page(book_of(tmp_path, ("markdown", "One"), ("markdown", f"One\n\n{MERGED}")))
    (tmp_path / "page.md").write_text(f"One\n\n{MERGED}", encoding="utf-8")
    with pytest.raises(StatementError, match=r"chapters/page\.md, line 3: a merge conflict is left"):
        read_page(tmp_path / "page.md")
    underlined = "Title\n=======\n\nWords."
    (tmp_path / "page.md").write_text(underlined, encoding="utf-8")
    for path in (tmp_path / "page.md", book_of(tmp_path, ("markdown", underlined))):
        assert [passage.block.text for passage in read_page(path)] == ["Title", "Words."]


def test_a_passage_stands_under_the_title_of_its_page_and_the_heading_above_it(tmp_path):
    headed = "# Bread\n\nOne\n\n## Rye\n\nTwo\n\n## Oats\n\nThree"
    path = book_of(tmp_path, ("markdown", headed))
    found = {passage.block.text: passage.context for passage in read_page(path)}
    assert found == {
        "Bread": "Bread Bread",
        "One": "Bread Bread",
        "Rye": "Bread Rye",
        "Two": "Bread Rye",
        "Oats": "Bread Oats",
        "Three": "Bread Oats",
    }


def test_columns_count_what_stands_before_in_the_line():
    [passage] = passages("One 44, then 45\nand 44 and 44.")
    text = passage.block.text
    assert passage.columns(text.rindex("44"), text.rindex("44") + 2) == (12, 14)
    assert passage.columns(text.index("45"), text.index("45") + 2) == (14, 16)
    assert passage.where(text.rindex("44")).line == 2
    assert passage.where().line == 1


@every(
    "text,found",
    [
        ("It fell behind.", [(3, 14, "less")]),
        ("It is on the increase.", [(6, 21, "rise")]),
        ("It tops more.", [(3, 8, "most"), (8, 12, "more")]),
        ("It amplifies what it intensified.", [(3, 12, "rise"), (21, 32, "rise")]),
    ],
)
def test_a_word_inside_a_turn_of_phrase_is_not_told_by_itself(text, found):
    assert senses(text) == found


@every(
    "content,told",
    [
        (b'{"cells": [}', "chapters/page.ipynb, line 1: column 12: not a notebook that can be read; its JSON breaks off here"),
        (b"[]", "chapters/page.ipynb: not a notebook that can be read: "),
        (b"caf\xe9", "chapters/page.ipynb: byte 3 is not UTF-8."),
        (b'{"cells": [], "metadata": {}, "nbformat": 9, "nbformat_minor": 0}', "chapters/page.ipynb: not a notebook that can be read"),
    ],
)
def test_what_is_no_notebook_is_told_with_its_place(content, told, tmp_path_factory):
    path = tmp_path_factory.mktemp("chapters") / "page.ipynb"
    path.write_bytes(content)
    with pytest.raises(StatementError) as caught:
        read_page(path)
    assert str(caught.value).startswith(told)
    assert all(problem.remedy for problem in caught.value.problems)
