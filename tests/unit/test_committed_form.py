"""The committed form of chapters: put a test here when a sentence is cut in the wrong place, or a saved notebook keeps what it should not."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from evidence import paths
from evidence.form import canonical, committed, faults, one_sentence_a_line
from evidence.statements import chapter_files


@pytest.mark.parametrize(
    ("paragraph", "lines"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("Firms fell by 3.5% in 2007. Since then they rose.", ["Firms fell by 3.5% in 2007.", "Since then they rose."]),
        ("See e.g. Smith et al. in vol. 3, p. 12. It says so.", ["See e.g. Smith et al. in vol. 3, p. 12.", "It says so."]),
        ("Dr. A. Smith of Jones Ltd. England spoke. We heard.", ["Dr. A. Smith of Jones Ltd. England spoke.", "We heard."]),
        ("The U.K. Treasury paid. £5 went.", ["The U.K. Treasury paid.", "£5 went."]),
        ("It is the United Kingdom's. Careers differ.", ["It is the United Kingdom's.", "Careers differ."]),
        ("Is it? Yes! So be it.", ["Is it?", "Yes!", "So be it."]),
        ("[A title. With a stop](page.md) stays. Then more.", ["[A title. With a stop](page.md) stays.", "Then more."]),
        ("It grew. [68%](figure:sme.any) agree.", ["It grew.", "[68%](figure:sme.any) agree."]),
        (
            "Run `x. Y`. Then `evidence check` follows. `evidence format` too.",
            ["Run `x. Y`.", "Then `evidence check` follows.", "`evidence format` too."],
        ),
        (
            'They said "It works. We know. So do you" at once. Then left.',
            ['They said "It works. We know. So do you" at once.', "Then left."],
        ),
        ('They said "It works." Then they left.', ['They said "It works."', "Then they left."]),
        ("It (see the audit. Or do not) holds. Yes.", ["It (see the audit. Or do not) holds.", "Yes."]),
        ("**How strong is it?** Limited.", ["**How strong is it?**", "Limited."]),
        ("Rows, columns ... And so on. End.", ["Rows, columns ... And so on.", "End."]),
        ("A note[^1]. Another.", ["A note[^1].", "Another."]),
        ("We count in steps. 1. is no list here. Good.", ["We count in steps. 1. is no list here.", "Good."]),
        ("Nothing ends", ["Nothing ends"]),
    ],
)
def test_a_paragraph_has_one_sentence_on_each_line(paragraph, lines):
    assert one_sentence_a_line(paragraph).split("\n") == lines


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("A sentence over\ntwo lines. Next.", "A sentence over two lines.\nNext."),
        ("It ended.\n`code` starts the next.", "It ended.\n`code` starts the next."),
        ("- One. Two.\n- Three", "- One.\n  Two.\n- Three"),
        ("10. One. Two.\n    - Deep. Er.", "10. One.\n    Two.\n    - Deep.\n      Er."),
        ("> One. Two.\n> Three.", "> One.\n> Two.\n> Three."),
        ("> - One. Two.", "> - One.\n>   Two."),
        ("Text[^a].\n\n[^a]: One. Two.", "Text[^a].\n\n[^a]: One.\n    Two."),
        ("```{note}\n:class: wide\nOne. Two.\n```", "```{note}\n:class: wide\nOne.\nTwo.\n```"),
        (":::{note}\nOne. Two.\n:::", ":::{note}\nOne.\nTwo.\n:::"),
        ("Hard. Break  \nhere. Yes.", "Hard.\nBreak  \nhere.\nYes."),
        ("Hard\\\nbreak.", "Hard\\\nbreak."),
    ],
)
def test_a_line_keeps_its_place_in_lists_quotations_notes_and_directives(markdown, expected):
    assert one_sentence_a_line(markdown) == expected


@pytest.mark.parametrize(
    "markdown",
    [
        "# A heading. It stays.",
        "A heading. It stays.\n===",
        "| a | b |\n|---|---|\n| One. Two. | Three. Four. |",
        "```python\nOne. Two.\n```",
        "    One. Two.",
        "```{table} One. Two.\n| a. B |\n```",
        ":::{figure} a.png\nOne. Two.\n:::",
        "$$\na. B\n$$",
        "% A comment. Another.",
        "(target)=\n\nOne.",
        "<!-- One. Two. -->",
        "---\ntitle: One. Two.\n---\n\nText.",
        "[a]: https://example.com 'One. Two.'",
    ],
)
def test_what_is_no_prose_stays_as_it_is(markdown):
    assert one_sentence_a_line(markdown) == markdown


PIECES = [
    "One. ",
    "two ",
    "Three? ",
    "\n",
    "\n\n",
    "- ",
    "> ",
    "1. ",
    "# ",
    "`a. B` ",
    "[c. D](figure:e) ",
    '"',
    "(",
    ")",
    "**",
    "  \n",
    "|",
    "[^1]",
    "e.g. ",
    "£5. ",
    "    ",
]


def shown(markdown):
    return re.sub(r"\s+", " ", MarkdownIt("commonmark").enable("table").use(footnote_plugin).render(markdown))


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_a_reader_sees_the_same_and_a_second_time_changes_nothing(markdown):
    once = one_sentence_a_line(markdown)
    assert shown(once) == shown(markdown)
    assert one_sentence_a_line(once) == once


def notebook(*cells, **metadata):
    return {"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def prose(source, **more):
    return {"cell_type": "markdown", "id": "prose", "metadata": {}, "source": source, **more}


def code(count, name, **metadata):
    return {"cell_type": "code", "id": name, "metadata": metadata, "execution_count": count, "outputs": [], "source": "chapter"}


def named(content):
    return told(faults(json.dumps(content), notebook=True))


def told(problems):
    assert {problem.remedy for problem in problems} == {"Run: evidence format"}
    return [f"{problem.place}: {problem.message}" if problem.place else problem.message for problem in problems]


def test_a_saved_notebook_is_told_what_keeps_it_from_its_form():
    content = notebook(prose("One. Two."), code(7, "a", collapsed=True), code(2, "a"), widgets={}, kernelspec={})
    assert named(content) == [
        "execution counts 7, 2 where 1 to 2 are expected in order.",
        "metadata of the notebook that change by themselves: widgets.",
        'cell 1, line 1: another sentence follows "One." on its line.',
        "cell 2: metadata that change by themselves: collapsed.",
        "cell 3: no id of its own.",
    ]


def test_a_sentence_over_two_lines_is_named_with_its_line():
    assert told(faults("Whole.\nNot\nwhole.\n", notebook=False)) == ['line 2: "Not" is not the whole of a sentence.']


def test_another_form_of_the_same_json_is_a_fault():
    text = committed(json.dumps(notebook(prose("One."))), notebook=True)
    assert faults(text, notebook=True) == []
    assert named(json.loads(text)) == ["written in another form than the one all chapters share."]


def test_the_committed_form_has_counts_in_order_ids_and_nothing_else():
    text = committed(
        json.dumps(notebook(prose("One. Two."), code(7, "a", collapsed=True, tags=["x"]), code(None, "a"), widgets={})), notebook=True
    )
    cells = json.loads(text)["cells"]
    assert [cell["source"] for cell in cells] == [["One.\n", "Two."], ["chapter"], ["chapter"]]
    assert [cell.get("execution_count") for cell in cells] == [None, 1, 2]
    assert [cell["metadata"] for cell in cells] == [{}, {"tags": ["x"]}, {}]
    assert [cell["id"] for cell in cells][:2] == ["prose", "a"]
    assert re.fullmatch(r"[0-9a-f]{8}", cells[2]["id"])
    assert "widgets" not in text


def test_whole_numbers_of_a_chart_are_written_as_a_browser_writes_them():
    output = {
        "output_type": "display_data",
        "metadata": {},
        "data": {"application/json": {"a": [48.0, 0.5, "48.0", True, None, {"b": -2.0}]}},
    }
    text = canonical(notebook({**code(1, "a"), "outputs": [output]}))
    assert (
        json.dumps(json.loads(text)["cells"][0]["outputs"][0]["data"]["application/json"])
        == '{"a": [48, 0.5, "48.0", true, null, {"b": -2}]}'
    )


def test_a_picture_pasted_into_prose_is_kept():
    assert "cGlj" in canonical(notebook(prose("![a](attachment:a.png)", attachments={"a.png": {"image/png": "cGlj"}})))


def test_a_page_ends_with_one_line_end_and_has_no_carriage_returns():
    assert committed("One.\r\nTwo.\n\n\n", notebook=False) == "One.\nTwo.\n"


@pytest.mark.parametrize("path", chapter_files(paths.chapters_dir()), ids=lambda path: path.stem)
def test_a_committed_chapter_has_the_form(path):
    assert faults(path.read_text(encoding="utf-8"), notebook=path.suffix == ".ipynb") == []
