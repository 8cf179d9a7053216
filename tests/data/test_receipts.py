"""Put a test here when it is about receipts: what a check knows of a record with none of the documents at hand."""

import re
import shutil

import pytest
from command import evidence

from evidence import paths
from evidence.catalog import Library, load, schema
from evidence.catalog.rows import write_rows
from evidence.errors import DataError, SourceError
from evidence.receipts import carry, held, problems, told
from evidence.receipts.fields import ASIDE
from evidence.receipts.issuing import by_hand, from_cell

RISE = "Training rose by 12% among small firms in the north."
FALL = "Young people in rural towns met employers 7 times."
TEXT = f"# An essay\n\n{RISE}\n\nIn all, 82% of businesses had a website. {FALL[:-1]} or trainers.\n"
HELD = [table for table in schema.tables() if table.held]


@pytest.fixture(scope="module")
def tables():
    library = load()
    return {table.name: library.all_rows(table.name) for table in schema.tables()}


def told_of(tables, **changed):
    """What a check says of a library in which some tables are others."""
    return problems(*held(Library({**tables, **changed})))


def test_no_record_of_this_book_waits_for_its_proof(tables):
    found, orphans = held(load())
    assert {one.receipt["how"] for one in found} == {"text", "file", "page", "ours"}
    assert problems(found, orphans) == []
    assert len(found) == sum(len(tables[table.name]) for table in HELD) > 1_000


@pytest.mark.parametrize("table", HELD, ids=lambda table: table.name)
def test_a_cell_of_a_record_changed_without_its_document_is_told_with_its_place(table, tables):
    """Every cell of every record, column by column: consistent lies, swaps, moved official numbers, other speakers, titles and licences are such changes."""
    missed = []
    for column in (name for name in table.names if name not in ASIDE):
        lied = [row | {column: row[column] + "x"} if row[column] else row for row in tables[table.name]]
        expected = {(row["_file"], row["_row"]) for row in lied if row[column]}
        red = [p for p in told_of(tables, **{table.name: lied}) if column in p.place.column or "no receipt" in p.message]
        found = {(problem.place.file.removeprefix("data/"), problem.place.row) for problem in red}
        missed += [(column, *place) for place in expected - found]
    assert not missed


def test_two_numbers_of_one_quote_that_change_places_are_told(tables):
    rows = tables["figures"]
    pairs = [(a, b) for a in rows for b in rows if a["quote"] and a["quote"] == b["quote"] and a["id"] < b["id"] and a["unit"] == b["unit"]]
    swapped = [(a, b) for a, b in pairs if a["stated"] != b["stated"]]
    assert len(swapped) > 40
    for a, b in swapped:
        other = {id(a): b, id(b): a}
        lied = [row | {name: other[id(row)][name] for name in ("stated", "value")} if id(row) in other else row for row in rows]
        assert {a["_row"], b["_row"]} <= {problem.place.row for problem in told_of(tables, figures=lied)}, (a["id"], b["id"])


@pytest.mark.parametrize("table", HELD, ids=lambda table: table.name)
def test_a_record_that_is_dropped_or_added_is_told(table, tables):
    first, *others = tables[table.name]
    (gone,) = told_of(tables, **{table.name: others})
    assert "is gone" in gone.message
    added = first | {name: "another.one" for name in ("id", "text", "title", "target") if name in table.names} | {"_row": 9_999}
    assert 9_999 in {problem.place.row for problem in told_of(tables, **{table.name: [*tables[table.name], added]})}


def test_what_a_merge_leaves_of_receipts_is_read_alike_and_what_is_gone_is_told_all_the_same(tables):
    """A receipt twice is read once by `load`; one of what a record was stands beside the one that fits, and counts for no other record."""
    kept = tables["receipts"]
    stale = [row | {"fields": re.sub(r"note=\w+|population=\w+", "population=00000000", row["fields"])} for row in kept]
    stale = [row for row, now in zip(stale, kept, strict=True) if row["fields"] != now["fields"]]
    assert len(stale) > 400
    assert told_of(tables, receipts=[*kept, *stale]) == []
    gone = tables["figures"][7]
    left = told_of(tables, receipts=[*kept, *stale], figures=[row for row in tables["figures"] if row is not gone])
    assert left
    assert all(gone["id"] in str(problem) and "is gone" in str(problem) for problem in left)


# Writing receipts


@pytest.fixture
def essay(own_folder, tmp_path):
    """A book of one source and two figures with receipts by hand, and its text in `texts`."""
    source = {**own_folder.record("sources.csv", "demos"), "id": "essay", "seed": "essay.txt", "title": "An essay"}
    figure = {**own_folder.record("figures/demos.csv", "careers.school-links.large"), "source": "essay", "category": "", "series": ""}
    shutil.rmtree(own_folder.path)
    own_folder.path.mkdir()
    write_rows(own_folder.path / "sources.csv", [list(source), list(source.values())])
    write_rows(own_folder.path / "figures" / "essay.csv", [list(figure)])
    own_folder.add("figures/essay.csv", figure, id="training.rise", quote=RISE, stated="12%", value="12")
    own_folder.add("figures/essay.csv", figure, id="contact.number", quote=FALL[:-1], stated="7 times", value="7", unit="times")
    (own_folder.path.parent / "_config.yml").touch()
    assert evidence("--book", own_folder.path.parent, "receipt", "sources", "figures").code == 0
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "essay.txt").write_text(TEXT, encoding="utf-8")
    return own_folder


def verify(essay, *more):
    return evidence("--book", essay.path.parent, "verify", "--sources", essay.path.parent / "texts", *more)


def ways(essay):
    return {one.row["id"]: one.receipt["how"] for one in held(load(essay.path))[0] if one.fits}


def test_what_is_typed_waits_for_its_text_and_is_proved_by_it(essay):
    assert ways(essay) == {"essay": "typed", "training.rise": "typed", "contact.number": "typed"}
    assert verify(essay, "--check").code == 1
    assert ways(essay)["training.rise"] == "typed"
    run = verify(essay)
    assert "3 receipts new or renewed" in run.printed
    assert ways(essay) == {"essay": "text", "training.rise": "text", "contact.number": "text"}
    again = verify(essay, "--check")
    assert "0 receipts new or renewed" in again.printed
    assert 'contact.number), column quote: the sentence goes on with "or"' in again.printed
    assert '; the sentence goes on there with "or".' in " ".join(told(load(essay.path)).values())


@pytest.mark.parametrize(
    ("quote", "cut"), [("2% of businesses had a website", "82%"), ("raining rose by 12%", "Training"), (RISE[:19], "12%")]
)
def test_a_quote_cut_inside_a_word_or_number_is_refused(quote, cut, essay):
    stated = {"2% of businesses had a website": "2%", RISE[:19]: "12"}.get(quote, "12%")
    essay.set("figures/essay.csv", "training.rise", quote=quote, stated=stated)
    run = verify(essay)
    assert run.code == 1
    assert f'cut inside "{cut}" of essay' in run.printed
    assert ways(essay)["contact.number"] == "typed", "nothing is written while something is wrong"


def test_a_source_that_was_read_in_part_needs_figures_for_that_part_only(essay):
    text = essay.path.parent / "texts" / "essay.txt"
    text.write_text(
        f"# What rose\n\n{RISE}\n\n{FALL[:-1]}.\n\n# Other things\n\nAnother 40% of schools gave no answer.\n", encoding="utf-8"
    )
    assert "no figure covers" in verify(essay).printed
    write_rows(essay.path / "parts.csv", [["source", "part", "reason"], ["essay", "What rose", "The rest is about schools"]])
    run = verify(essay)
    assert run.code == 0
    assert "essay: 2 of 2 numbers covered, 66.7% of the whole text" in run.printed
    write_rows(essay.path / "parts.csv", [["source", "part", "reason"], ["essay", "What fell", "Misspelt"]])
    assert "has no heading and no lines or pages called so" in verify(essay).printed


def test_a_later_edition_has_a_text_of_its_own(essay):
    essay.add(
        "figures/essay.csv",
        essay.record("figures/essay.csv", "training.rise"),
        as_of="2027-01-31",
        quote=RISE.replace("12", "15"),
        stated="15%",
        value="15",
    )
    assert evidence("--book", essay.path.parent, "receipt", "figures").code == 0
    assert verify(essay).code == 1
    (essay.path.parent / "texts" / "essay-2027.md").write_text(RISE.replace("12", "15"), encoding="utf-8")
    write_rows(essay.path / "texts.csv", [["source", "as_of", "text"], ["essay", "2027-01-31", "essay-2027.md"]])
    verify(essay)
    documents = {one.row["stated"]: one.receipt["document"] for one in held(load(essay.path))[0] if "stated" in one.row}
    assert documents == {"12%": "essay.txt", "15%": "essay-2027.md", "7 times": "essay.txt"}


def test_words_of_ours_can_be_read_again_without_the_text_and_the_proof_stays(essay):
    verify(essay)
    essay.set("figures/essay.csv", "training.rise", population="small firms")
    (problem,) = problems(*held(load(essay.path)))
    assert problem.place.column == "population"
    issued = by_hand(load(essay.path), ["training.rise"])
    assert {row["how"] for row in issued.rows} == {"text"}
    essay.set("figures/essay.csv", "training.rise", quote=RISE.replace("12", "15"), stated="15%", value="15")
    issued = by_hand(load(essay.path), ["essay"])
    assert {row["record"]: row["how"] for row in issued.rows} == {"essay": "text", "training.rise": "typed", "contact.number": "text"}
    with pytest.raises(DataError, match=r'unknown record "training\.raise"'):
        by_hand(load(essay.path), ["training.raise"])


def test_a_number_of_a_file_is_held_against_its_cell(essay, tmp_path):
    file = tmp_path / "firms.csv"
    file.write_text("area,year,share\nnorth,2025,0.1204\nsouth,2025,0.31\n", encoding="utf-8")
    for asked in ("C2", "share; area=north"):
        issued = from_cell(load(essay.path), file, asked, ["training.rise"])
        (receipt,) = [row for row in issued.rows if row["record"] == "training.rise"]
        assert (receipt["how"], receipt["document"], receipt["at"], receipt["reads"]) == ("file", "firms.csv", "C2", "0.1204")
    for asked, said in (
        ("C3", 'cell C3: holds "0.31"'),
        ("share; year=2025", "2 rows with year=2025"),
        ("rate; area=north", "no column rate"),
        ("D9", "no cell D9"),
    ):
        with pytest.raises(SourceError, match=said):
            from_cell(load(essay.path), file, asked, ["training.rise"])


def test_another_file_than_the_receipts_is_told_where_it_is_at_hand(essay, tmp_path):
    file = tmp_path / "texts" / "firms.csv"
    file.write_text("area,share\nnorth,12.04\n", encoding="utf-8")
    book = ("--book", essay.path.parent)
    assert evidence(*book, "receipt", file, "training.rise", "--cell", "B2").code == 0
    essay.set("figures/essay.csv", "training.rise", quote="")
    assert evidence(*book, "receipt", file, "training.rise", "--cell", "B2").code == 0
    assert "another edition than" not in verify(essay).printed
    file.write_text("area,share\nnorth,12.04\nsouth,1\n", encoding="utf-8")
    assert "firms.csv is another edition than" in verify(essay).printed


# Commands that change records


def test_receipts_go_with_the_records_that_a_command_rewrites(essay, tmp_path):
    verify(essay)
    shutil.copytree(essay.path, tmp_path / "before")
    essay.set("figures/essay.csv", "training.rise", id="training.growth")
    essay.set("figures/essay.csv", "contact.number", stated="8 times", value="8")
    essay.add("figures/essay.csv", essay.record("figures/essay.csv", "training.growth"), id="training.new")
    rows = essay.path / "figures" / "essay.csv"
    carry(tmp_path / "before", essay.path)
    assert ways(essay) == {"essay": "text", "training.growth": "typed", "contact.number": "typed", "training.new": "typed"}
    shutil.copytree(tmp_path / "before", essay.path, dirs_exist_ok=True)
    rows.write_text(rows.read_text(encoding="utf-8").replace("training.rise", "training.growth"), encoding="utf-8")
    carry(tmp_path / "before", essay.path)
    assert ways(essay) == {"essay": "text", "training.growth": "text", "contact.number": "text"}
    rows.write_text("\n".join(rows.read_text(encoding="utf-8").splitlines()[:2]) + "\n", encoding="utf-8")
    carry(tmp_path / "before", essay.path)
    assert problems(*held(load(essay.path))) == []


def test_what_did_not_fit_before_a_command_does_not_fit_after(essay, tmp_path):
    verify(essay)
    essay.set("figures/essay.csv", "training.rise", stated="13%", value="13")
    shutil.copytree(essay.path, tmp_path / "before")
    essay.set("figures/essay.csv", "contact.number", note="Read again")
    carry(tmp_path / "before", essay.path)
    (problem,) = problems(*held(load(essay.path)))
    assert problem.place.name == "training.rise"


def test_this_book_is_red_when_its_receipts_are_gone_or_another_is_told(tmp_path):
    copy = tmp_path / "data"
    shutil.copytree(paths.data_dir(), copy)
    file = copy / "receipts.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[:-1]), encoding="utf-8")
    (problem,) = problems(*held(load(copy)))
    assert "has no receipt" in problem.message
