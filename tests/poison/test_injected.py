"""What would reach a reader beside checked prose and views is refused: put a test here for another way to bring something onto a page."""

import shutil

import pytest

from evidence import paths
from evidence.gates.form import contents, notebook_form
from evidence.gates.settings import settings
from evidence.statements import read_blocks, read_notebook

READ = [
    ("<script>alert(1)</script>", "raw HTML"),
    ('<iframe src="https://example.org"></iframe>', "raw HTML"),
    ("a<br>b", "raw HTML"),
    ("<!--> <script>alert(1)</script> -->", "raw HTML"),
    ("<!---> <b>Most firms agree</b> -->", "raw HTML"),
    ("<!-- begun --!> <b>Most firms agree</b> -->", "raw HTML"),
    ("<![CDATA[ Most firms agree ]]>", "raw HTML"),
    ("~~~{raw} html\n<b>Most firms agree</b>\n~~~", "the directive {raw}"),
    ("````{note}\n```{raw} html\n<b>Most firms agree</b>\n```\n````", "the directive {raw}"),
    ("```{include} ../README.md\n```", "the directive {include}"),
    ("```{code-cell}\n1 + 1\n```", "the directive {code-cell}"),
    ("---\nmyst:\n  html_meta:\n    description: Most firms agree\n---\n\nText.", "front matter"),
    ("---\ntitle: 95% of firms agree\n---\n\nText.", "front matter"),
    ("{abbr}`SME (most firms)`", "a role"),
    ('[the report](https://example.org "95% of firms")', 'the title "95% of firms"'),
    ('[the report][r]\n\n[r]: https://example.org "95% of firms"', 'the title "95% of firms"'),
    ('![a chart](architecture.svg "95% of firms")', 'the title "95% of firms"'),
    ("![a chart](https://example.org/chart.png)", "what https://example.org/chart.png leads to"),
    ("![a chart](data:image/png;base64,iVBORw0KGgo=)", "what data:image/png"),
    ("![a chart](chart.png)", "what chart.png leads to"),
    ("[here](javascript:alert)", "what javascript:alert leads to"),
    ("[here](data:text/html,Most)", "what data:text/html,Most leads to"),
    ("[here](../README.md)", "what ../README.md leads to"),
    ("[here](figures.csv)", "what figures.csv leads to"),
]


@pytest.mark.parametrize(("markdown", "said"), READ)
def test_markdown_that_shows_what_no_gate_reads_is_refused(markdown, said):
    assert any(said in told for block in read_blocks(markdown) for told, _remedy in block.faults)


@pytest.mark.parametrize(
    "markdown",
    [
        "<!-- a comment\nof two lines -->",
        "[a page](audit.ipynb#corrections), [68%](figure:sme.barriers.any), [a file](download:figures.csv), <https://example.org>, [up](#top)",
        "![A way](architecture.svg)",
    ],
)
def test_comments_pages_records_and_drawings_are_let_through(markdown):
    assert [fault for block in read_blocks(markdown) for fault in block.faults] == []


def test_only_the_lines_at_the_head_of_a_note_are_options():
    (hidden,) = read_blocks("```{note}\n:class: tip\n:name: a\nText.\n:x: 95% of firms agree.\n```")
    assert hidden.text == "Text. :x: 95% of firms agree."


@pytest.fixture(scope="module")
def notebook():
    return read_notebook(paths.chapters_dir() / "case-catch.ipynb")


NOT_A_VIEW = "they call views with names and texts"
CODE = [
    *(
        (source, NOT_A_VIEW)
        for source in ("'all firms agree'", "print('all firms')", "__import__('os').getcwd()", "eval('x')", "open('x')")
    ),
    *(
        (source, NOT_A_VIEW)
        for source in ("[x for x in 'ab']", "chapter.data_dir", "chapter._show('x')", "str.join('a', 'b')", "f'{chapter}'")
    ),
    *(
        (source, NOT_A_VIEW)
        for source in ("chapter.chart.__globals__", "None or 'x'", "'a' < 'b'", "not chapter", "chapter.case(str('x'))")
    ),
    *(
        (source, NOT_A_VIEW)
        for source in ("chapter.case(chapter.library)", "chapter", "def f(): pass", "chapter.case('a' + 'b')", "del chapter")
    ),
    *((source, '"95" is typed into code') for source in ("95", "chapter.case(95)", "x = 95")),
    *((source, NOT_A_VIEW) for source in ("[95]", "-95", "chapter.case(-95)")),
    ("b'95'", "\"b'95'\" is typed into code"),
    ("chapter.case('95% of firms')", '"95%" is typed into code'),
    ("import os", "a chapter imports only Chapter"),
    ("Chapter('audit', data_dir, as_of)", "found Chapter('audit', data_dir, as_of)"),
    ("%matplotlib inline", "not Python"),
    *(
        (source, " is nothing that the cells above have set")
        for source in ("__builtins__.exec('import os')", "In.append('x')", "_i.join('ab')", "chapter.case(exit)", "x = x.case('x')")
    ),
    *(
        (source, " is set a second time")
        for source in ("data_dir = 'elsewhere'", "chapter = chapter.meanings()", "Chapter = chapter.meanings()")
    ),
]


@pytest.mark.parametrize(("source", "said"), CODE)
def test_code_that_does_more_than_call_views_is_refused(notebook, source, said):
    last = next(cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.startswith("chapter.case"))
    before, last.source = last.source, source
    try:
        assert any(said in str(problem) for problem in notebook_form(paths.chapters_dir() / "case-catch.ipynb", notebook))
    finally:
        last.source = before


@pytest.fixture
def beside(tmp_path):
    """The files beside the chapters, and a drawing."""
    (tmp_path / "chapters").mkdir()
    for name in ("_config.yml", "_toc.yml", "CITATION.cff", "README.md", "chapters/architecture.svg"):
        shutil.copy2(paths.ROOT / name, tmp_path / name)
    return tmp_path


PAGES = [path.name for path in sorted(paths.chapters_dir().iterdir()) if path.suffix in (".md", ".ipynb")]


def told(book):
    return [str(problem) for problem in (*contents(book / "chapters", PAGES), *settings(book))]


def test_the_files_beside_the_chapters_are_in_order(beside):
    assert told(beside) == []


CONFIG, TOC, CITED, README, DRAWING = "_config.yml", "_toc.yml", "CITATION.cff", "README.md", "chapters/architecture.svg"
OPTION = "html_use_index: false"
CHANGED = [
    (CONFIG, "Made Together\n", "95% Together\n", "title holds 95%"),
    (CONFIG, "author: ", "author: 95% of firms, ", "author holds 95%"),
    (CONFIG, "Made Together\n", "Made <b>Together</b>\n", "title holds <"),
    (CONFIG, "<p>Text", "<script>x()</script><p>Text", "extra_footer holds <script>"),
    (CONFIG, "<p>Text", "<p>95% of firms agree. Text", "extra_footer holds 95%"),
    (CONFIG, 'execute_notebooks: "off"', "execute_notebooks: force", "execute.execute_notebooks is 'force'"),
    (CONFIG, "[evidence.site]", "[]", "sphinx.extra_extensions is []"),
    (CONFIG, "[evidence.site]", "[evidence.site, sphinx.ext.autodoc]", "sphinx.extra_extensions is"),
    (CONFIG, "ledger.html#{{path}}", "https://example.org/{{path}}", "parse.myst_url_schemes.figure.url is"),
    (CONFIG, "myst_enable_extensions: []", "myst_enable_extensions: [substitution]", "parse.myst_enable_extensions is"),
    (CONFIG, "myst_enable_extensions: []", "myst_enable_extensions: []\n  myst_substitutions: {a: b}", "parse.myst_substitutions.a is"),
    (CONFIG, OPTION, f"{OPTION}\n    html_js_files: [x.js]", "sphinx.config.html_js_files is"),
    (CONFIG, OPTION, f"{OPTION}\n    html_extra_path: [data]", "sphinx.config.html_extra_path is"),
    (CONFIG, OPTION, f"{OPTION}\n    html_title: Another", "sphinx.config.html_title is 'Another'"),
    (CONFIG, "mystnb.unknown_mime_type", "mystnb.unknown_mime_type, ref", "sphinx.config.suppress_warnings is"),
    (CONFIG, "[_build", "[chapters/status*, _build", "exclude_patterns is"),
    (CONFIG, "path_to_docs", "announcement: Most firms agree\n      path_to_docs", "announcement is 'Most firms agree'"),
    (CONFIG, "title: Made", "title: [", "cannot be read"),
    (CITED, "Made Together:", "Made Apart:", 'title is "Made Apart:'),
    (CITED, "Made Together:", "Made Together, for 95% of firms:", "title holds 95%"),
    (CITED, "The Made Together authors", "Others", 'authors is "Others"'),
    (CITED, "The Made Together authors", "The Made Together authors, of 95% of firms", "authors holds 95%"),
    (README, "A living evidence report", "For 95% of firms, a living evidence report", 'README.md, line 3: "95%" is bound to nothing.'),
    (README, "| `chapters/` | the book", "| `chapters/` | for 95% of firms", '"95%" is bound to nothing.'),
    (TOC, "The report", "For 95% of firms", "caption: For 95% of firms"),
    (TOC, "- file: chapters/impact", "- file: chapters/impact\n        title: Most firms agree", "title: Most firms agree"),
    (TOC, "- file: chapters/impact", "- url: https://example.org\n        title: 95% of firms agree", "title: 95% of firms agree"),
    (TOC, "parts:", "options:\n  numbered: true\nparts:", "numbered: True"),
    (DRAWING, "</svg>", "<text>95% of firms</text></svg>", "the picture shows 95%"),
    (DRAWING, "</svg>", "<foreignObject>Most</foreignObject></svg>", "the picture shows <foreignObject>"),
    (DRAWING, "</svg>", '<image href="data:image/png;base64,x"/></svg>', "the picture shows <image>"),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), CHANGED)
def test_a_file_beside_the_chapters_that_shows_or_decides_more_is_refused(beside, file, old, new, said):
    text = (beside / file).read_text(encoding="utf-8")
    assert old in text
    (beside / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert any(problem.startswith(file) and said in problem for problem in told(beside))
