"""Put a test here when quotes are proved against the texts of their sources."""

import shutil

import pytest
from command import evidence

from evidence.catalog import load
from evidence.catalog.verify import Text, normalise, verify
from evidence.errors import SourceError

RISE = "Training rose by 12% among small firms in the north."
FALL = "Young people in rural towns met employers 7 times."
TEXT = f"""# An essay

{RISE}

{FALL}
Nobody else met them.

Another 40% of schools gave no answer.
"""


@pytest.fixture
def essay(own_folder, tmp_path):
    """A library of one source and two figures, whose text lies in `texts`."""
    source = {**own_folder.record("sources.csv", "demos"), "id": "essay", "seed": "essay.txt"}
    figure = {**own_folder.record("figures/demos.csv", "careers.school-links.large"), "source": "essay"}
    own_folder.write("sources.csv", [list(source), list(source.values())])
    for file in (own_folder.path / "figures").glob("*.csv"):
        file.unlink()
    own_folder.write("figures/essay.csv", [list(figure)])
    own_folder.add("figures/essay.csv", figure, id="training.rise", quote=RISE, stated="12%", value="12")
    own_folder.add("figures/essay.csv", figure, id="contact.number", quote=FALL, stated="7 times", value="7", unit="times")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "essay.txt").write_text(TEXT, encoding="utf-8")
    return own_folder


def verified(folder, *only):
    return verify(load(folder.path), folder.path.parent / "texts", only)


def test_quotes_that_stand_in_the_text_are_found(essay):
    result = verified(essay)
    assert (result.found, result.problems) == (2, [])


@pytest.mark.parametrize(
    ("quote", "wrong", "nearest"),
    [("training.rise", RISE.replace("rose", "rise"), RISE), ("contact.number", FALL.replace("towns", "town"), FALL)],
)
def test_a_quote_changed_by_one_letter_is_reported_with_the_nearest_passage(quote, wrong, nearest, essay):
    row = essay.set("figures/essay.csv", quote, quote=wrong)
    result = verified(essay)
    assert result.found == 1
    assert len(result.problems) == 1
    assert f"figures/essay.csv, row {row} " in result.problems[0]
    assert wrong in result.problems[0]
    assert f'Nearest: "{nearest}' in result.problems[0]


def test_the_nearest_passage_is_shown_even_at_the_end_of_a_long_paragraph(essay, tmp_path):
    lead = "Nothing in these words is about what pupils learn or who teaches them, and they fill the page. " * 30
    (tmp_path / "texts" / "essay.txt").write_text(f"# Essay\n\n{FALL}\n\n{lead}{RISE}\n", encoding="utf-8")
    essay.set("figures/essay.csv", "training.rise", quote=RISE.replace("rose", "rise"))
    problems = verified(essay).problems
    assert len(problems) == 1
    assert "Training rose by 12%" in problems[0]


def test_a_changed_number_is_reported(essay):
    essay.set("figures/essay.csv", "training.rise", quote=RISE.replace("12%", "13%"), stated="13%", value="13")
    assert len(verified(essay).problems) == 1


def test_quotes_of_our_other_tables_are_proved_too(essay):
    row = essay.add(
        "findings.csv", essay.record("findings.csv", "perceptions.shape-workforce"), id="essay.finding", source="essay", quote="Not said."
    )
    result = verified(essay)
    assert (result.found, len(result.problems)) == (2, 1)
    assert f"findings.csv, row {row} " in result.problems[0]


def test_an_element_of_a_case_is_proved_against_the_source_of_its_case(essay):
    essay.add("cases.csv", essay.record("cases.csv", "case.catch"), id="case.essay", source="essay", quote=RISE)
    row = essay.add("case-elements.csv", essay.record("case-elements.csv", "case.catch"), case="case.essay", quote="Not said.")
    problems = verified(essay).problems
    assert len(problems) == 1
    assert f"case-elements.csv, row {row}" in problems[0]


def test_a_number_that_no_figure_covers_is_listed_with_its_line(essay):
    uncovered = verified(essay).uncovered
    assert len(uncovered) == 1
    assert uncovered[0].startswith("essay, line 8: ")
    assert "40%" in uncovered[0]


def test_a_folder_that_is_not_there_is_a_source_error(essay, tmp_path):
    with pytest.raises(SourceError, match=r"nowhere: holds the text of no source; expected essay\.txt"):
        verify(load(essay.path), tmp_path / "nowhere")


def test_a_folder_without_any_text_is_a_source_error(essay, tmp_path):
    (tmp_path / "texts" / "essay.txt").unlink()
    with pytest.raises(SourceError, match="holds the text of no source"):
        verified(essay)


@pytest.fixture
def two(essay):
    """The same with a second source, of which one passage is quoted and whose text is not at hand."""
    essay.add("sources.csv", essay.record("sources.csv", "essay"), id="second", seed="second.txt")
    essay.add(
        "findings.csv", essay.record("findings.csv", "perceptions.shape-workforce"), id="second.said", source="second", quote="Not at hand."
    )
    return essay


def test_a_text_that_is_not_at_hand_leaves_its_quotes_unproved_and_counted(two):
    result = verified(two)
    assert (result.found, result.problems, result.not_proved) == (2, [], {"second": 1})


def test_a_source_that_is_asked_for_is_proved_without_the_others(two):
    result = verified(two, "essay")
    assert (result.found, result.problems, result.not_proved) == (2, [], {})


@pytest.mark.parametrize("asked", [["second"], ["essay", "second"]])
def test_a_source_that_is_asked_for_must_be_at_hand(asked, two):
    with pytest.raises(SourceError, match=r"the text of second \(second\.txt\) is missing"):
        verified(two, *asked)


def test_an_unknown_source_is_told_with_those_there_are(two):
    with pytest.raises(SourceError, match=r"esay: no source with a text\. With one, by data/sources\.csv, column seed: essay, second\."):
        verified(two, "esay")


@pytest.mark.parametrize(("asked", "code"), [([], 0), (["essay"], 0), (["second"], 1)])
def test_the_command_names_what_it_did_not_prove(asked, code, two, tmp_path):
    """Its text without the passage that no figure covers: then all that is at hand is proved."""
    (tmp_path / "texts" / "essay.txt").write_text(TEXT.replace("40% of", "Some"), encoding="utf-8")
    book = tmp_path / "book"
    book.mkdir()
    (book / "_config.yml").touch()
    shutil.copytree(two.path, book / "data")
    only = [part for source in asked for part in ("--only", source)]
    done = evidence("--book", book, "verify", "--sources", tmp_path / "texts", *only)
    assert done.code == code, done.printed + done.complained
    assert ("not proved second: its text is not at hand; 1 quotes\n" in done.printed) is (asked == [])
    assert ("\n2 quotes found, 1 not proved, 0 problems" in done.printed) is (asked == [])
    assert ("is missing" in done.complained) is (code == 1)


def test_the_command_line_says_so_without_a_traceback(tmp_path):
    run = evidence("verify", "--sources", tmp_path / "nowhere")
    assert run.code == 1
    assert "holds the text of no source" in run.complained
    assert "Traceback" not in run.printed + run.complained


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("It <b>rose</b> <i>fast</i>", "It rose fast"),
        ("<p>One.</p><p>Two.</p>", "One. Two."),
        ('<ul style="list-style-type: none"><li>first</li><li>second</li></ul>', "first second"),
        ("one<br/>two", "one two"),
        ("It <b>rose</b>, sharply", "It rose, sharply"),
        ("the 'tail'.<sup>35</sup> Then", "the 'tail'. Then"),
        ("neighbourhoods.<sup>5,6</sup>", "neighbourhoods."),
        ("rose<SUP>12</SUP> again", "rose again"),
        ('rose.<sup><a href="#n">12</a></sup> Again', "rose. Again"),
        ("It **rose** by *half*", "It rose by half"),
        ("__Rose__ and _fell_", "Rose and fell"),
        ("snake_case stays", "snake_case stays"),
        (r"cost \$5 and 2\#3", "cost $5 and 2#3"),
        ("“sharply” and ‘softly’", "\"sharply\" and 'softly'"),
        ("the firm’s own", "the firm's own"),
        ("2010–2022 — and then", "2010-2022 - and then"),
        ("a co\u2011worker at \u22121.7%", "a co-worker at -1.7%"),
        ("soft\u00adware, zero\u200bwidth", "software, zerowidth"),
        ("5&nbsp;% &amp; more", "5 % & more"),
        ("5\u00a0%\u202fof\tall\n firms ", "5 % of all firms"),
        ("## The problem", "The problem"),
        ("- a point", "a point"),
        ("• a point", "a point"),
        ("p < 0.05 and q > 0.1", "p < 0.05 and q > 0.1"),
        ("see <https://example.org/a_b>", "see <https://example.org/a_b>"),
        ("", ""),
    ],
)
def test_normalise_leaves_the_words_alone(raw, plain):
    assert normalise(raw) == plain


def test_a_quote_over_a_line_break_is_found_on_the_line_it_begins_on():
    text = Text("First line.\n\nIt **rose** by\n5% at <sup>2</sup>once.\n")
    assert text.line_of("It rose by 5% at once.") == 3
    assert text.line_of("5% at once.") == 4
    assert text.line_of("It fell") == 0
