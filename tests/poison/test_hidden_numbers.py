"""Every way of hiding a number from the gates that has been thought of: on the built page it is told, with the page and the heading it stands under."""

import json
import re
from pathlib import Path

import pytest
import typer
import yaml
from bs4 import BeautifulSoup
from docutils.core import publish_parts
from every import every
from markdown_it import MarkdownIt
from myst_parser.parsers.docutils_ import Parser

from evidence import ledger
from evidence.catalog import load
from evidence.cli.checking import check_shown
from evidence.editions import building
from evidence.gates import settings
from evidence.gates.shown import gate_on, look, shown
from evidence.gates.shown.audit import check_page
from evidence.gates.shown.built_pages import read_pages
from evidence.gates.shown.records import Records

RENDER = MarkdownIt("commonmark", {"html": True}).enable("table")
RENDER.validateLink = lambda _address: True
FIGURE = "sme.barriers.any"

PROSE = {
    "inline code": "Of all firms, `44%` trained nobody.",
    "fence": "```\n44% trained nobody\n```",
    "indented code": "Before.\n\n    44% trained nobody",
    "comment a browser ends at once": "Text <!--> 44% trained nobody -->",
    "comment a browser ends at a dash": "Text <!---> 44% trained nobody -->",
    "comment a browser ends at a bang": "Text <!-- x --!> 44% trained nobody -->",
    "superscripts": "Of all firms, ⁴⁴ % trained nobody.",
    "vulgar fraction": "½ of all firms trained nobody.",
    "third in one sign": "Only ⅓ of firms trained anybody.",
    "Roman digits": "Of all firms, XLIV percent trained nobody.",
    "Roman numerals": "Of all firms, ⅩⅬⅣ trained nobody.",
    "em dash without spaces": "The fact is bare—44% trained nobody.",
    "en dash without spaces": "The fact is bare–44% trained nobody.",
    "dollars": "Training costs US$1.3 trillion.",
    "code before money": "Training costs GBP28bn.",
    "unusual scale": "Training costs £28mn.",
    "count like a year": "The survey asked 1534 firms.",
    "round count like a year": "It asked over 2000 people.",
    "date in small letters": "Of these 44 may train.",
    "level": "Training stands at a level 44% below.",
    "phase": "In the phase 44% trained nobody.",
    "step": "At this step 44% trained nobody.",
    "number": "By number 44% trained nobody.",
    "page": "On this page 44% trained nobody.",
    "pc": "Of all firms 44pc trained nobody.",
    "pct": "Of all firms 44pct trained nobody.",
    "pp": "Training fell 44pp.",
    "percent glued": "Of all firms 44percent trained nobody.",
    "a mere fifth": "A mere fifth trained anybody.",
    "a full fifth": "A full fifth trained anybody.",
    "a good fifth": "A good fifth trained anybody.",
    "the remaining fifth": "The remaining fifth trained nobody.",
    "another third": "Another third trained nobody.",
    "every second": "Every second firm trained nobody.",
    "every third": "Every third firm trained nobody.",
    "a twentieth": "It is not a twentieth of them.",
    "trebled": "Spending trebled.",
    "quadrupled": "Spending quadrupled.",
    "a tripled budget": "A tripled budget changes that.",
    "thousands": "There are thousands more.",
    "millions": "Of firms, millions are untrained.",
    "digits": "Of all firms, 44% trained nobody.",
    "words": "Of all firms, forty-four percent trained nobody.",
    "raw HTML": "Of all firms, <b>44%</b> trained nobody.",
    "a block of HTML": "<div>44% trained nobody</div>",
    "details": "<details><summary>More</summary>44% trained nobody</details>",
    "hidden until a script shows it": "<p hidden>44% trained nobody</p>",
    "entities": "Of all firms, &#52;&#52;&#37; trained nobody.",
    "escapes": r"Of all firms, 4\4\% trained nobody.".replace(r"4\4", "44"),
    "split by emphasis": "Of all firms, 4*4*% trained nobody.",
    "split by code": "Of all firms, 4`4`% trained nobody.",
    "zero width inside": "Of all firms, 4\u200b4% trained nobody.",
    "soft hyphen inside": "Of all firms, 4\u00ad4% trained nobody.",
    "full width": "Of all firms, ４４% trained nobody.",
    "letters of mathematics": "Of all firms, 𝟒𝟒% trained nobody.",
    "arabic digits": "Of all firms, ٤٤% trained nobody.",
    "heading": "## 44% trained nobody",
    "table": "| a | b |\n|---|---|\n| firms | 44% |",
    "quote": "> 44% trained nobody",
    "list": "- 44% trained nobody",
    "emphasis": "Of all firms, **44%** trained nobody.",
    "reference link": "Of all firms, [44%][x] trained nobody.\n\n[x]: https://example.org",
    "link elsewhere": "Of all firms, [44%](https://example.org) trained nobody.",
    "another scheme": f"Of all firms, [44%](figures:{FIGURE}) trained nobody.",
    "autolink": "See <https://example.org> of 44%.",
    "dollar mathematics": "Of all firms, $44$ percent trained nobody.",
    "list marker": "44. firms trained nobody",
    "picture's words": "![44% trained nobody](architecture.svg)",
    "picture's tooltip": '![How firms train](architecture.svg "44% trained nobody")',
    "link's tooltip": f'[68%](figure:{FIGURE} "44% trained nobody")',
    "number beside a link": f"Of all firms, [68%](figure:{FIGURE}) and 44% trained nobody.",
    "the same number beside a link": f"[68%](figure:{FIGURE}) report a barrier, and 68% trained nobody.",
    "wrong number in a link": f"[44%](figure:{FIGURE}) report a barrier.",
    "range of everything": f"[1% to 99%](figure:{FIGURE}) report a barrier.",
    "range of all money": "Revenue of [£1 to £900 billion](figure:impact.revenue.high).",
    "link in code": f"Write `[44%](figure:{FIGURE})`.",
    "picture that nothing reads": "![How firms train](lie.png)",
    "picture in the address": "![How firms train](data:image/svg+xml;base64,PHN2Zz4=)",
    "picture of another site": "![How firms train](https://example.org/lie.svg)",
    "one of its kind": "Only one firm trained anybody.",
    "money in letters": "A hello of PS6m changes that.",
    "letters like digits": "Of all firms, l0O% trained nobody.",
    "numerals of another script": "Of all firms, 四十四 percent trained nobody.",
    "digits in rings": "Of all firms, ④④ percent trained nobody.",
    "wide percent sign": "Of all firms, 44％ trained nobody.",
    "per mille": "Of all firms, 44‰ trained nobody.",
    "thin space": "Some 1\u2009234 firms trained nobody.",
    "fraction slash": "Only 1\u20443 of firms trained anybody.",
    "other money": "It costs EUR28bn, or ₹500, or R$7.",
    "money like a year": "It costs £2015.",
    "percentage like a year": "It rose 2015%.",
    "count beside a year": "In 2015 firms trained, 1534 did not.",
    "month in capitals": "Of these 44 May train.",
    "number of": "The number 44 of firms is true.",
    "box of": "There is a box 44 of firms.",
    "chapter of money": "The chapter £44 is the price.",
    "section of millions": "The section 44 million firms wrote.",
    "ordinal": "It is 44 in every hundred.",
    "version with a unit": "Industry 44.0% trained nobody.",
    "thousands in a letter": "Some 44k firms trained nobody.",
    "nil": "Nil firms trained anybody.",
    "half": "Half trained nobody.",
    "dozen": "A dozen firms trained.",
    "few hundred": "A few hundred firms trained.",
    "tenfold": "It is a tenfold rise.",
    "minus": "Training fell −44 %.",
    "picture in HTML": '<img src="lie.png" alt="Firms">',
    "picture in words": "<svg><text>44% trained nobody</text></svg>",
    "words of a style": '<style>p::after { content: "44% trained nobody" }</style>',
    "chosen from": "<select><option>44% trained nobody</option></select>",
    "meter": '<meter value="44" max="100"></meter>',
    "abbreviation": '<abbr title="44% trained nobody">Firms</abbr>',
    "raised in part": "4<sup>4</sup>% trained nobody",
    "where scripts are off": "<noscript>44% trained nobody</noscript>",
    "mathematics in HTML": "<math><mn>44</mn></math>",
    "Roman marker": '<ol type="i" start="44"><li>x</li></ol>',
}
"""What an author could write, by kind; the page shows a number that nothing admits, or what nothing can read."""

MYST = {
    "option line in the body": "```{note}\nText.\n:x: 44% trained nobody.\n```",
    "option line after an empty one": "```{note}\n\n:x: 44% trained nobody.\n```",
    "colon in prose": "Text.\n\n:x: 44% trained nobody.",
    "title of a note": "```{admonition} 44% trained nobody\nText.\n```",
    "note in a note": "````{note}\n```{tip}\n44% trained nobody\n```\n````",
    "footnote": "Text[^1].\n\n[^1]: Of all firms, 44% trained nobody.",
    "block of mathematics": "$$44$$",
    "caption of a figure": "```{figure} architecture.svg\n44% trained nobody\n```",
    "words for a figure": "```{figure} architecture.svg\n:alt: 44% trained nobody\nText\n```",
    "title of a table": "```{list-table} 44% trained nobody\n* - Firms\n```",
    "cell of a table": "```{list-table}\n* - 44% of firms\n```",
    "epigraph": "```{epigraph}\n44% of firms\n```",
    "role": "Of all firms, {sub}`44%` trained nobody.",
    "block of code": "```{code-block} text\n44% of firms\n```",
    "broken line": "Of all firms, 4  \n4% trained nobody.",
    "marker with a bracket": "44) firms trained nobody",
    "marker in a list": "- x\n  44. firms",
    "image by reference": "![44% of firms][x]\n\n[x]: architecture.svg",
    "link to a file": "[44%](download:figures.csv) trained nobody.",
    "link to a claim that there is not": "[44% trained nobody](claim:x).",
}
"""What MyST makes of more than CommonMark, by kind."""

BUILT = {
    "option line in the body of a note": '<div class="admonition note"><p>:x: 44% trained nobody.</p></div>',
    "print": '<div class="cell_output"><pre>Firms that trained nobody: 44</pre></div>',
    "characters put together": '<div class="cell_output"><div class="output text_plain"><pre>44%</pre></div></div>',
    "label of a large number": '<div class="cell_output"><ul class="headline-numbers"><li><span>44 of all firms</span></li></ul></div>',
    "caption of findings": '<div class="cell_output"><details class="evidence"><summary>44% trained nobody</summary></details></div>',
    "recorded number of a case": f'<div class="cell_output"><table><tr><td>9,430</td><td><a data-evidence="figure {FIGURE}">68%</a></td></tr></table></div>',
    "neighbour's number": f'<div class="cell_output"><table><tr><td>21%</td><td><a data-evidence="figure {FIGURE}">68%</a></td></tr>'
    '<tr><td><a data-evidence="figure sme.barriers.finance">21%</a></td></tr></table></div>',
    "count of statements": '<div class="cell_output"><details class="evidence"><summary>All 44 statements of this page: 44 hold</summary></details></div>',
    "mark of a chart": '<div class="cell_output"><figure data-chart="coordination.barriers"><svg><text>44%</text></svg></figure></div>',
    "split mark of a chart": '<div class="cell_output"><figure data-chart="coordination.barriers"><svg><text>4<tspan>4%</tspan></text></svg></figure></div>',
    "description of a drawing": "<svg><title>Firms</title><desc>44% trained nobody</desc></svg>",
    "spoken label": '<p aria-label="44% trained nobody">Firms</p>',
    "tooltip": '<p title="44% trained nobody">Firms</p>',
    "hint of a field": '<input type="text" placeholder="44% trained nobody">',
    "words of a button": '<button value="44%">Firms</button>',
    "item's own marker": '<ol><li value="44">firms trained nobody</li></ol>',
    "counting down": '<ol start="44" reversed><li>firms trained nobody</li></ol>',
    "caption of the contents": '<nav><p class="caption"><span class="caption-text">44% trained nobody</span></p></nav>',
    "title in the contents": '<nav><ul><li><a href="x.html">44% trained nobody</a></li></ul></nav>',
    "footer": "<footer><p>44% trained nobody</p></footer>",
    "frame": '<iframe src="lie.html"></iframe>',
    "object": '<object data="lie.svg"></object>',
    "entry of another number": f'<section class="ledger-page"><section class="entry" id="{FIGURE}"><h3><span class="number">44%</span></h3></section></section>',
}  # fmt: skip
"""What settings, code, contents and outputs would show, by kind, as the built page holds it."""


@pytest.fixture(scope="module")
def library():
    return load()


@pytest.fixture(scope="module")
def records(library):
    return Records(ledger.build(library), library)


def page(site, body, title="A page"):
    """Write a page of a site."""
    (site / "chapters").mkdir(exist_ok=True)
    (site / "chapters" / "architecture.svg").write_text("<svg><text>Firms</text></svg>", encoding="utf-8")
    body = re.sub(r'<a href="figure:([^"]*)"', r'<a data-evidence="figure \1" href="ledger.html"', body)
    html = f"<html><head><title>{title}</title></head><body><article><h1>A page</h1><h2>Firms that train</h2>{body}</article></body></html>"
    (site / "chapters" / "page.html").write_text(html, encoding="utf-8")


SCHEMES = yaml.safe_load(Path(settings.__file__).with_suffix(".yml").read_text(encoding="utf-8"))["parse"]["myst_url_schemes"]


def myst(markdown):
    """Return what MyST makes of Markdown, with the schemes of every book."""
    given = {"report_level": 5, "halt_level": 5, "doctitle_xform": False, "myst_url_schemes": SCHEMES, "myst_suppress_warnings": ["myst"]}
    body = publish_parts(markdown, parser=Parser(), writer_name="html5", settings_overrides=given)["body"]
    return re.sub(r'<a class="[^"]*\bfigure" href="ledger.html#([^"]*)"', r'<a href="figure:\1"', body)


def told(site, library, records):
    """Return what the gate says of the pages of a site."""
    return [str(problem) for one in read_pages(site) for problem in check_page(one, records, library)[1]]


@every("kind", PROSE)
def test_a_number_hidden_in_prose_is_told_with_its_place(tmp_path, library, records, kind):
    page(tmp_path, RENDER.render(PROSE[kind]))
    found = told(tmp_path, library, records)
    assert found
    assert all(problem.startswith("chapters/page.html (") for problem in found)


@every("kind", MYST)
def test_a_number_hidden_in_the_markup_of_myst_is_told_with_its_place(tmp_path, library, records, kind):
    page(tmp_path, myst(MYST[kind]))
    found = told(tmp_path, library, records)
    assert found
    assert all(problem.startswith("chapters/page.html (Firms that train): ") for problem in found)


@every("kind", BUILT)
def test_a_number_hidden_in_what_is_built_is_told_with_its_place(tmp_path, library, records, kind):
    page(tmp_path, BUILT[kind])
    found = told(tmp_path, library, records)
    assert found
    assert all(problem.startswith("chapters/page.html (Firms that train)") for problem in found)


def test_a_number_in_a_title_or_a_description_is_told(tmp_path, library, records):
    page(tmp_path, "", title="44% trained nobody")
    assert len(told(tmp_path, library, records)) == 1
    page(tmp_path, "", title='A page</title><meta name="description" content="44% trained nobody"><title>')
    assert len(told(tmp_path, library, records)) == 1


def test_a_number_in_a_drawing_is_told_with_the_drawing(tmp_path, library, records):
    page(tmp_path, '<img src="lie.svg" alt="How firms train">')
    (tmp_path / "chapters" / "lie.svg").write_text("<svg><text>44% trained nobody</text></svg>", encoding="utf-8")
    (found,) = told(tmp_path, library, records)
    assert found.startswith('chapters/page.html (Firms that train): "44%" (drawing lie.svg, text) is shown')


def test_a_page_that_nothing_leads_to_is_read(tmp_path, library, records):
    (tmp_path / "chapters" / "more").mkdir(parents=True)
    (tmp_path / "chapters" / "more" / "lie.html").write_text("<h1>More</h1><p>44% trained nobody</p>", encoding="utf-8")
    (found,) = told(tmp_path, library, records)
    assert found.startswith("chapters/more/lie.html (More): ")


TRUE = {
    "a link that holds": f"[68%](figure:{FIGURE}) of firms, or [two thirds](figure:{FIGURE}), report a barrier.",
    "a drawing without numbers": "![Firms](architecture.svg)",
    "a name with a Roman digit": "Part II, by Edward VII.",
    "years, dates and ages": "Since 2019, on 3 May 2024, people aged 16 to 24.",
    "a list that counts its items": "1. first\n2. second",
    "no number": "Firms train.",
    "a link in code": f"Write `[68%](figure:{FIGURE})`.",
}


@every("kind", TRUE)
def test_what_is_bound_or_no_number_is_let_through(tmp_path, library, records, kind):
    for render in (RENDER.render, myst):
        page(tmp_path, render(TRUE[kind]))
        assert told(tmp_path, library, records) == []


def test_the_number_of_a_footnote_is_no_number_of_the_text(tmp_path, library, records):
    page(tmp_path, myst("Firms train[^1].\n\n[^1]: Some do not."))
    assert told(tmp_path, library, records) == []


def test_a_card_that_says_another_number_than_its_record_is_told(tmp_path, library, records):
    card = '<script type="application/json" id="evidence-cards">{"figure":{"sme.barriers.any":{"shown":"%s"}}}</script>'
    page(tmp_path, card % "68%")
    assert told(tmp_path, library, records) == []
    page(tmp_path, card % "44%")
    (found,) = told(tmp_path, library, records)
    assert found.startswith("chapters/page.html (card of sme.barriers.any): “44%” is shown")


def test_a_site_that_shows_such_a_number_goes_nowhere(tmp_path, library, monkeypatch):
    built, target = tmp_path / "built", tmp_path / "html"
    built.mkdir()
    page(built, RENDER.render("Of all firms, 44% trained nobody."))
    (built / "ledger.json").write_text(json.dumps(ledger.build(library)), encoding="utf-8")
    monkeypatch.setattr(building, "_copy", lambda *_arguments: None)
    monkeypatch.setattr(building, "_jupyter_book", lambda *_arguments: built)
    with pytest.raises(typer.Exit):
        building.build_site(tmp_path, target, check=check_shown)
    assert not target.exists()


def test_each_page_is_looked_at_in_one_part_and_told_once(tmp_path, library):
    page(tmp_path, RENDER.render("Of all firms, 44% trained nobody."))
    (tmp_path / "ledger.json").write_text(json.dumps(ledger.build(library)), encoding="utf-8")
    for name in ("another.html", "third.html"):
        (tmp_path / "chapters" / name).write_bytes((tmp_path / "chapters" / "page.html").read_bytes())
    first, second = (look(tmp_path, part, 2, library) for part in range(2))
    assert (first[0], second[0]) == (2, 1)
    told_of = [problem.place.file for problem in gate_on([first, second]).problems if "44%" in str(problem)]
    assert told_of == ["chapters/another.html", "chapters/third.html", "chapters/page.html"]


def test_a_site_without_pages_is_red(tmp_path, library):
    (tmp_path / "ledger.json").write_text(json.dumps(ledger.build(library)), encoding="utf-8")
    assert not shown(tmp_path, library).green


def test_scripts_and_styles_are_no_words(tmp_path, library, records):
    page(tmp_path, "<script>let a = 44</script><style>p { width: 44% }</style>")
    assert BeautifulSoup((tmp_path / "chapters" / "page.html").read_text(encoding="utf-8"), "html.parser").script
    assert told(tmp_path, library, records) == []
