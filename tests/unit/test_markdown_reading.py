"""What a check sees of a Markdown passage: blocks, links, faults and sentences. A new construct of chapters gets a row here."""

import pytest
from every import every

from evidence.statements import Link, read_blocks
from evidence.statements.prose import DIRECTIVES_OF_PROSE


def links(markdown):
    return [(link.scheme, link.target, link.text) for block in read_blocks(markdown) for link in block.links]


def faults(markdown):
    return [" ".join(fault) for block in read_blocks(markdown) for fault in block.faults]


def texts(markdown):
    return [block.text for block in read_blocks(markdown)]


BOUND = ("figure", "sme.barriers.any", "68%")
WRITTEN = "[68%](figure:sme.barriers.any)"


@pytest.mark.parametrize(
    "markdown",
    [
        f"Of all firms, {WRITTEN} met one.",
        f"First line\nand {WRITTEN} on the second.",
        f"## Heading with {WRITTEN}",
        f"| Who | Share |\n|---|---|\n| Firms | {WRITTEN} |",
        f"- one\n- {WRITTEN} of firms\n",
        f"1. one\n2. {WRITTEN} of firms\n",
        f"- outer\n  - inner {WRITTEN}\n",
        f"> quoted {WRITTEN}",
        f"Text.[^note]\n\n[^note]: Note with {WRITTEN}.\n",
        f"**{WRITTEN}** in bold",
        "[68%][share] of firms\n\n[share]: figure:sme.barriers.any\n",
        f"```{{note}}\nOf firms, {WRITTEN}.\n```",
        f"```{{admonition}} Title {WRITTEN}\n:class: tip\nText.\n```",
        f"~~~{{tip}}\n{WRITTEN}\n~~~",
        f"````{{note}}\n```{{warning}}\n{WRITTEN}\n```\n````",
        f"```{{note}}\n- item {WRITTEN}\n```",
    ],
)
def test_a_link_is_read_wherever_prose_may_stand(markdown):
    assert links(markdown) == [BOUND]
    assert faults(markdown) == []


@pytest.mark.parametrize("name", DIRECTIVES_OF_PROSE)
def test_the_body_of_a_directive_of_prose_is_prose(name):
    assert links(f"```{{{name}}}\n{WRITTEN}\n```") == [BOUND]


@pytest.mark.parametrize("scheme", ["figure", "claim", "finding"])
def test_each_scheme_of_evidence_is_read(scheme):
    assert links(f"[words]({scheme}:some.id)") == [(scheme, "some.id", "words")]


@pytest.mark.parametrize("target", ["https://example.org/68", "coordination.ipynb", "#part", "figures:a.b", "mailto:a@example.org"])
def test_other_links_are_no_evidence(target):
    assert links(f"[68%]({target})") == []
    assert texts(f"[68%]({target})") == ["68%"]


def test_links_of_a_block_come_in_order_with_their_place_in_the_text():
    block = read_blocks("A [first](claim:one) and **[2%](figure:a.b)**.")[0]
    assert block.text == "A first and 2%."
    assert block.links == [Link("claim", "one", "first", 2, 7), Link("figure", "a.b", "2%", 12, 14)]


def test_a_link_text_over_two_lines_is_joined_with_a_space():
    assert links("[almost\none million](figure:a.b)") == [("figure", "a.b", "almost one million")]


@pytest.mark.parametrize(
    "markdown",
    [
        "[[68%](figure:a.b)](claim:c)",
        "[firms, [68%](figure:a.b), say so](claim:c)",
        "[[words](claim:c)](figure:a.b)",
        "[[x](finding:f.g)](finding:c.d)",
    ],
)
def test_a_link_inside_a_link_is_a_fault(markdown):
    assert len(faults(markdown)) == 1
    assert "a link stands inside a link" in faults(markdown)[0]


def test_inline_code_is_invisible_and_keeps_the_offsets():
    block = read_blocks("use `68%` here")[0]
    assert "68" not in block.text
    assert block.text.index("here") == len("use 68% ")


@pytest.mark.parametrize("markdown", ["```python\nshare = 68\n```", "```\n68%\n```", "    68%\n", "<!-- 68% -->", "<!--\n68%\n-->\n"])
def test_code_and_comments_are_no_prose(markdown):
    assert read_blocks(markdown) == []


@pytest.mark.parametrize(
    "markdown", ["<div>68%</div>", "about <b>68%</b>", "<table><tr><td>68%</td></tr></table>", "68<br>%", "<script>68</script>"]
)
def test_raw_html_is_a_fault(markdown):
    assert faults(markdown)
    assert all("raw HTML" in fault and "Write Markdown" in fault for fault in faults(markdown))


def test_the_text_inside_raw_html_is_still_read():
    assert "68%" in texts("<div>68%</div>")[0]


@pytest.mark.parametrize("markdown", ["<!-- a note --> 68% of firms", "<!-- a note --> <b>68%</b>", "<!--\na note\n--> 68% of firms"])
def test_a_comment_does_not_hide_what_follows_it(markdown):
    assert any("68%" in text for text in texts(markdown)) or faults(markdown)


@pytest.mark.parametrize("name", ["code-cell", "figure", "raw", "math", "include", "glue:text"])
def test_an_unknown_directive_is_a_fault_that_names_it(name):
    assert len(faults(f"```{{{name}}}\nx\n```")) == 1
    assert f"{{{name}}}" in faults(f"```{{{name}}}\nx\n```")[0]


def test_an_unknown_directive_inside_a_known_one_is_a_fault():
    assert len(faults("````{note}\n```{raw} html\n68%\n```\n````")) == 1


def test_options_of_a_directive_are_no_prose():
    assert texts("```{note}\n:class: wide 68%\nText.\n```") == ["Text."]


def test_the_words_for_an_image_are_prose():
    assert "68% of firms" in texts("![68% of firms](chart.png)")[0]


def test_each_cell_of_a_table_is_a_block_of_its_own():
    assert texts("| a | b |\n|---|---|\n| c | d |") == ["a", "b", "c", "d"]


def test_only_headings_are_headings():
    assert [(block.text, block.heading) for block in read_blocks("# Title\n\nText\n\n- item\n")] == [
        ("Title", True),
        ("Text", False),
        ("item", False),
    ]


@pytest.mark.parametrize(
    ("markdown", "lines"),
    [
        ("one\n\ntwo\n", [1, 3]),
        ("# one\n\ntwo\nstill two\n\nthree", [1, 3, 6]),
        ("text\n\n```{note}\nbody\n\nmore\n```", [1, 4, 6]),
        ("- one\n- two\n", [1, 2]),
    ],
)
def test_a_block_knows_the_line_it_begins_on(markdown, lines):
    assert [block.line for block in read_blocks(markdown)] == lines


def test_lines_are_counted_from_the_first_line_given():
    assert [block.line for block in read_blocks("one\n\ntwo", first_line=10)] == [10, 12]


SENTENCES = "Output rose by 1.5% in a year. Of all firms, [68%](figure:a.b) met one! Was £5 paid? £6 was. The rest (all of it) did not"


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("Output", "Output rose by 1.5% in a year."),
        ("year.", "Output rose by 1.5% in a year."),
        ("68%", "Of all firms, 68% met one!"),
        ("£5", "Was £5 paid?"),
        ("£6", "£6 was."),
        ("all of it", "The rest (all of it) did not"),
    ],
)
def test_the_sentence_around_a_place_is_found(word, sentence):
    block = read_blocks(SENTENCES)[0]
    assert block.sentence(block.text.index(word)) == sentence


def test_a_sentence_shows_its_code_and_marks_beside_it():
    block = read_blocks("Run `evidence  check` on 3 pages. Then stop.")[0]
    start = block.text.index("3")
    sentence, (first, last) = block.sentence(start), block.marked(start, start + 1)
    assert sentence == "Run evidence check on 3 pages."
    assert sentence[first:last] == "3"


def test_a_block_of_one_sentence_is_its_sentence():
    block = read_blocks("Only one sentence\nover two lines.")[0]
    assert block.sentence(0) == "Only one sentence over two lines."


def test_a_sentence_keeps_its_closing_quotation_mark():
    block = read_blocks('She said "yes." Then she left.')[0]
    assert block.sentence(0) == 'She said "yes."'


@every(
    "text,part,marked",
    [
        ("One is here. Two  are there.", "there", "there"),
        ("One is here. Two  are there.", "Two", "Two"),
        ("One is here", "One", "One"),
        ("One (two) is", "two", "two"),
        ("(two) is", "two", "two"),
        ("One\nis here", "is", "is"),
    ],
)
def test_a_part_is_marked_in_its_sentence_without_line_ends(text, part, marked):
    [block] = read_blocks(text)
    start = block.text.index(part)
    first, last = block.marked(start, start + len(part))
    sentence = " ".join(block.text[slice(*block.span(start))].split())
    assert sentence[first:last] == marked


def test_the_line_of_a_place_is_told_with_where_its_text_begins_and_ends():
    [block] = read_blocks("One\nand two\nand three", first_line=5)
    assert [block.line_of(place) for place in (0, 3, 4, 11, 12, 20)] == [
        *((5, 0, 3), (5, 0, 3)),
        *((6, 4, 11), (6, 4, 11)),
        *((7, 12, 21), (7, 12, 21)),
    ]


def test_raw_html_is_told_once_a_paragraph():
    assert len(faults("It is <b>so</b> and <i>so</i>.")) == 1


def test_a_link_without_an_address_is_called_that():
    assert [fault for fault in faults("See [it]().") if fault.startswith("nothing checks what a link without an address leads to.")]


@every(
    "markdown,fault",
    [
        ("---\ntitle: Firms\n---\n\nText.", "front matter has no place in a chapter, for nothing reads it. Take it out."),
        ("It is {math}`x`.", "a role has no place in a chapter, for nothing checks what it shows. Write plain Markdown."),
        (
            "[68%] (figure:a.b)",
            "[68%] (figure:a.b) is no link, and is shown as it is written. Write [words](address), without a blank between.",
        ),
        ('[firms](coordination.md "68%")', 'the title "68%" of a link is shown, and nothing checks it. Take it out.'),
    ],
)
def test_what_has_no_place_in_a_chapter_is_told_once_with_its_remedy(markdown, fault):
    assert faults(markdown) == [fault]
