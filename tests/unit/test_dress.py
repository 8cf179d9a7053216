"""What the site adds to pages and takes out of them, on texts small enough to check by eye."""

import doctest

import pytest
from docutils import nodes

from evidence.site import dress, narrow_tables, pruning, reading_time


@pytest.mark.parametrize("module", [dress, pruning, reading_time, narrow_tables])
def test_the_examples_of_the_module_are_true(module):
    result = doctest.testmod(module)
    assert result.attempted
    assert result.failed == 0


@pytest.mark.parametrize(
    ("style", "left"),
    [
        (".used{top:0}", ".used{top:0}"),
        (".unused{top:0}", ""),
        (".unused,.used .deep{top:0}", ".used .deep{top:0}"),
        (".used.unused{top:0}", ""),
        (".used:not(.unused){top:0}", ".used:not(.unused){top:0}"),
        (":is(.used,p) a{top:0}", ":is(.used,p) a{top:0}"),
        ('a[title="x{y}"]{top:0}', 'a[title="x{y}"]{top:0}'),
        ("@media print{.unused{top:0}.used{top:0}}", "@media print{.used{top:0}}"),
        ("@media print{.unused{top:0}}", ""),
        ("@supports (a:b){@media print{.used{top:0}}}", "@supports (a:b){@media print{.used{top:0}}}"),
        ("@keyframes spin{from{top:0}to{top:1px}} p{top:0}", "@keyframes spin{from{top:0}to{top:1px}}p{top:0}"),
        ("@font-face{font-family:Icons;src:url(icons.woff2)} p{top:0}", "p{top:0}"),
        ('@charset "UTF-8"; p{top:0}', '@charset "UTF-8";p{top:0}'),
        ("p{background:url(data:image/svg+xml;base64,AA==)}", "p{background:url(data:image/svg+xml;base64,AA==)}"),
        ("/*.used{*/p{top:0}/*# sourceMappingURL=x.map */", "p{top:0}"),
        ("", ""),
    ],
)
def test_only_rules_for_classes_in_use_are_left(style, left):
    assert pruning.pruned(style, {"used", "deep"}) == left


def test_words_in_use_are_those_of_pages_and_scripts(tmp_path):
    (tmp_path / "page.html").write_text('<p class="frame-next big">two words</p>', encoding="utf-8")
    (tmp_path / "script.js").write_text('box.classList.add("is-open")', encoding="utf-8")
    words = pruning.used_words([tmp_path / "page.html", tmp_path / "script.js"])
    assert {"frame-next", "big", "words", "is-open"} <= words
    assert "frame" not in words


def test_a_word_in_use_begins_with_a_letter_and_ends_where_other_letters_do(tmp_path):
    (tmp_path / "page.html").write_text('<p class="-lead 2x card2 grün">Café’s 12-fold</p>', encoding="utf-8")
    words = pruning.used_words([tmp_path / "page.html"])
    assert {"p", "class", "lead", "x", "card2", "fold"} <= words
    assert not words & {"-lead", "2x", "12-fold", "-fold"}


def page(*children):
    document = nodes.section()
    document += children
    return document


def output(text):
    cell = nodes.container(classes=["cell"])
    cell += nodes.raw("", text, format="html")
    return cell


def test_only_the_prose_of_a_page_takes_time_to_read():
    text = page(
        nodes.title(text="Three short words"),
        nodes.paragraph(text="and four more here"),
        output("<p>nobody reads this as prose</p>"),
        nodes.literal_block(text="make book"),
        nodes.comment(text="a note to self"),
    )
    assert " ".join(reading_time.prose_words(text)) == "Three short words and four more here"


@pytest.mark.parametrize(("words", "took"), [(1, 1), (229, 1), (230, 1), (231, 2), (460, 2), (1841, 9)])
def test_a_minute_holds_230_words_and_a_begun_one_counts(words, took):
    assert reading_time.minutes(words) == took


def test_the_time_stands_after_the_first_title_only():
    assert reading_time.told("<h1>One</h1><h1>Two</h1>", 3).index("3 min") < reading_time.told("<h1>One</h1><h1>Two</h1>", 3).index("Two")


def test_cells_are_labelled_with_the_text_of_their_column():
    head = "<table><thead><tr><th>Pay &amp; <b>hours</b></th><th></th><th>Say &quot;x&quot;</th></tr></thead>"
    body = "<tbody><tr><td>1</td><td>2</td><td>3</td><td>4</td></tr></tbody></table>"
    labelled = narrow_tables.labelled(head + body)
    assert labelled.startswith(head)
    assert '<td data-column="Pay &amp; hours">1</td><td>2</td><td data-column="Say &quot;x&quot;">3</td><td>4</td>' in labelled


def test_a_label_cannot_break_out_of_its_attribute():
    hostile = "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
    labelled = narrow_tables.labelled(f"<table><thead><tr><th>{hostile}</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>")
    assert "<script" not in labelled
    assert labelled.count('"') == 2


def test_a_table_without_head_or_with_a_table_inside_is_left_alone():
    for table in (
        "<table><tbody><tr><td>1</td></tr></tbody></table>",
        "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td><table><tr><td>1</td></tr></table></td></tr></tbody></table>",
    ):
        assert narrow_tables.labelled(table) == table


@pytest.mark.parametrize(
    ("asset", "body", "loaded"),
    [
        ("clipboard.min.js", '<div class="highlight">', False),
        ("documentation_options.js", "", True),
        ("None {'body': 'DOCUMENTATION_OPTIONS.pagename = 1'}", "", False),
        ("None {'body': \"let toggleHintShow = 'x'\"}", '<div class="toggle admonition">', True),
        ("None {'body': \"let toggleHintShow = 'x'\"}", "<p>", False),
        ("pygments.css", "<p>", False),
        ("pygments.css", '<div class="highlight-markdown notranslate"><div class="highlight">', True),
        ("ledger.js", "", True),
    ],
)
def test_a_stock_script_or_style_is_loaded_only_where_it_is_needed(asset, body, loaded):
    assert dress.is_needed(asset, body) is loaded
