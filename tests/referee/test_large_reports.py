"""Reports that are larger than anybody writes: put a test here when the time of an audit grows faster than its report."""

import sys

import pytest
from command import evidence

from evidence.catalog.verify import Text
from evidence.errors import SourceError
from evidence.referee import audit, read_document
from evidence.referee.document import document_of

ALIKE = "Near the mill all bakers of Hillford who knead sourdough by hand before dawn, {}% sell loaves to nearby schools.\n\n"
TABLE = "| Town | Bakers |\n|---|---|\n| Hillford | 12 |\n| Oldbridge | 8 |\n\n"


def audited(text):
    return audit(document_of(Text(text), "report.md"))


@pytest.mark.parametrize(
    ("room", "limit", "most", "told"),
    [
        ("auditing", "MOST_NUMBERS", 9, "states more than 9 numbers"),
        ("auditing", "MOST_CELLS", 5, "more than 5 cells in tables"),
        ("auditing", "MOST_SENTENCES", 9, "or 9 sentences"),
        ("checks.repeats", "MOST_PAIRS", 44, "more than 44 pairs"),
        ("checks.repeats", "MOST_ALIKE", 44, "more than 44 pairs"),
        ("checks.tabled", "_MOST_LOOKS", 19, "more than 19 pairs of a row of a table and a number"),
    ],
)
def test_a_report_of_more_than_can_be_compared_in_time_is_refused_in_a_line(room, limit, most, told, monkeypatch):
    """Ten sentences alike are 45 pairs, of which each but the first tells one alarm; with a table of two rows, 20 of a row and a number."""
    report = TABLE + "".join(ALIKE.format(share) for share in range(50, 60))
    assert len(audited(report).alarms) == 9
    monkeypatch.setattr(sys.modules[f"evidence.referee.{room}"], limit, most)
    with pytest.raises(SourceError, match=f"^report.md: .*{told}"):
        audited(report)
    monkeypatch.setattr(sys.modules[f"evidence.referee.{room}"], limit, most + 1)
    audited(report)


def test_a_report_of_thirty_thousand_headings_ends_in_a_line(tmp_path):
    (tmp_path / "report.md").write_text(
        "".join(f"# Part {part}\n\nBread is {part % 90}% rye.\n" for part in range(30_000)), encoding="utf-8"
    )
    done = evidence("audit", "report.md", folder=tmp_path)
    assert (done.code, done.printed, done.complained.count("\n")) == (1, "", 1)
    assert done.complained.startswith("report.md: states more than 20,000 numbers")


def test_each_line_of_an_endless_paragraph_is_looked_at_once():
    """Its sentences keep their lines, though what is done for a line may not go through all lines before it."""
    lines = 20_000
    (block,) = document_of(Text("\n".join(["All of the bread that they bake there is of good rye."] * lines)), "report.md").blocks
    assert [sentence.place for sentence in block.sentences] == list(range(1, lines + 1))


def test_a_title_of_back_matter_that_comes_again_and_again_silences_what_is_behind_the_first():
    (block, *_) = document_of(Text("It is 5% of all that they bake.\n\n" + "References\n" * 40_000), "report.md").blocks
    assert [mention.text for mention in block.sentences[0].mentions] == ["5%"]


def test_a_page_of_tables_in_tables_is_read_once(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("<table><tr><td>a<td>1<tr><td>b<td>2" * 3_000, encoding="utf-8")
    (table,) = read_document(path).tables
    assert [cells for cells, _ in table.rows[-2:]] == [["a", "1"], ["b", "2"]]
    assert len(table.rows) == 6_000
