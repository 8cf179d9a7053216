"""The pages on paper and the book as one PDF: put a test here when something must be true of what is printed."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pypdf
import pytest
import yaml
from browsing import settle
from bs4 import BeautifulSoup
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from evidence import paths
from evidence.catalog import load
from evidence.editions.pdf import join_site, printing
from evidence.editions.pdf.book_pages import FRONT, LEDGER
from evidence.editions.pdf.front import Imprint, contents, title_page
from evidence.editions.pdf.metadata import renumbered
from evidence.errors import EditionError

A4_COLUMN = {"width": 650, "height": 975}
"""What print.css leaves of A4: 210 mm less twice 19 mm, at 96 pixels an inch; a page between the margins of 20 and 19 mm."""

NAMES = sorted(path.stem for path in paths.chapters_dir().iterdir() if path.suffix in (".ipynb", ".md"))


def listed():
    """Return the pages of the table of contents in its order, the ledger last, where the PDF has it."""
    toc = yaml.safe_load((paths.ROOT / "_toc.yml").read_text(encoding="utf-8"))
    files = [toc["root"]]
    for chapter in [chapter for part in toc["parts"] for chapter in part["chapters"]]:
        files += [chapter["file"], *(section["file"] for section in chapter.get("sections", []))]
    return [f"{file}.html" for file in files if f"{file}.html" != LEDGER] + [LEDGER]


def title_of(site, file):
    heading = BeautifulSoup((site / file).read_text(encoding="utf-8"), "html.parser").find("article").find("h1")
    for sign in heading.select(".headerlink"):
        sign.decompose()
    return " ".join(heading.get_text().split())


# One document


@pytest.fixture(scope="module")
def joined(site):
    """The document that is printed, parsed."""
    document, _ = join_site(paths.ROOT, site)
    return BeautifulSoup(document, "html.parser")


def test_the_document_holds_every_page_in_the_order_of_the_contents(site, joined):
    articles = [tag["id"] for tag in joined.select("article.chapter")]
    assert articles[: len(listed())] == [f"{file.removeprefix('chapters/').removesuffix('.html')}:" for file in listed()]
    assert all(name.startswith("ledger-") for name in articles[len(listed()) :])


def test_no_anchor_stands_twice(joined):
    counted = Counter(tag["id"] for tag in joined.find_all(id=True))
    assert len(counted) > 500
    assert [name for name, times in counted.items() if times > 1] == []


def test_every_link_inside_the_document_has_its_destination(joined):
    anchors = {tag["id"] for tag in joined.find_all(id=True)}
    links = [tag["href"] for tag in joined.find_all("a", href=True)]
    inside = [link[1:] for link in links if link.startswith("#")]
    assert len(inside) > 1000
    assert [link for link in inside if link not in anchors] == []
    assert [link for link in links if not re.match(r"#|https?://|mailto:", link)] == []


def test_every_figure_stated_in_the_prose_leads_to_its_entry_in_the_appendix(site, joined):
    """Links of figures, by the id they name; the anchor of an entry ends with the id."""
    stated = {
        row["target"] for row in json.loads((site / "ledger.json").read_text(encoding="utf-8"))["statements"] if row["kind"] == "figure"
    }
    led = {tag["data-evidence"].removeprefix("figure "): tag["href"] for tag in joined.select('a[data-evidence^="figure "]')}
    assert len(stated) > 200
    assert stated - set(led) == set()
    appendix = {tag["id"] for article in joined.select('article[id^="ledger"]') for tag in article.find_all(id=True)}
    assert [name for name, link in led.items() if link[1:] not in appendix] == []
    assert led["sme.coordination.missing-any"].endswith(":sme.coordination.missing-any")


def test_an_entry_holds_the_number_and_the_words_of_its_source(joined):
    link = joined.select_one('a[data-evidence="figure sme.coordination.missing-any"]')["href"]
    entry = joined.find(id=link[1:])
    article = " ".join(entry.find_parent("article").get_text(" ").split())
    assert "96%" in " ".join(entry.parent.get_text(" ").split())
    assert "do not coordinate" in article


def test_a_claim_leads_to_its_entry(joined):
    link = joined.select_one('a[data-evidence="claim outreach-by-size"]')["href"]
    assert link == "#ledger:claim-outreach-by-size"


def test_the_document_holds_nothing_that_only_a_screen_can_use(joined):
    assert joined.select("script, form, input, button:not(th button), a.headerlink, noscript") == []
    assert len(joined.find_all("details")) > 20
    assert [tag for tag in joined.find_all("details") if not tag.has_attr("open")] == []


def test_a_long_title_is_cut_between_words_at_the_head_of_its_pages(site, joined):
    heads = re.findall(r'@top-left \{ content: "([^"]*)"; \} \}', "".join(tag.get_text() for tag in joined.find_all("style")))
    titles = [title_of(site, file) for file in listed()]
    assert [title for title in titles if title not in heads] == []
    (long,) = {head for head in heads if head.startswith("Economies of Coordination: Unlocking")}
    assert long.endswith(" \u2026")
    assert max(map(len, heads)) < 90


def test_case_pages_nest_under_their_chapter(joined):
    levels = [joined.find(id=f"{name}:").find("h1").get("aria-level", "1") for name in ("case-studies", "case-catch", "recommendations")]
    assert levels == ["1", "2", "1"]


HOSTILE = '</title><script>alert(1)</script>" & more'


def test_a_hostile_title_stays_text():
    imprint = Imprint(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, date(2026, 4, 30), 'https://x.example/"', "en-GB")
    page = BeautifulSoup(title_page(imprint) + contents([("a:", HOSTILE, HOSTILE, 0)]), "html.parser")
    assert page.find("script") is None
    assert page.select_one(".book-title").get_text() == HOSTILE
    assert page.select_one(".contents-line").get_text() == HOSTILE
    assert page.select_one(".part").get_text() == HOSTILE


def test_the_title_page_says_edition_licence_and_how_to_cite():
    imprint = Imprint(
        "A Book", "of numbers", "Ann One, Bo Two", "CC BY-SA 4.0.", "2026-04-30-abc", date(2026, 4, 3), "https://x.example/", "en-GB"
    )
    text = " ".join(BeautifulSoup(title_page(imprint), "html.parser").get_text(" ").split())
    assert "2026-04-30-abc, 3 April 2026" in text
    assert "Ann One, Bo Two (2026). A Book: of numbers. Edition 2026-04-30-abc, 3 April 2026. https://x.example/" in text
    assert "Licence CC BY-SA 4.0." in text


@pytest.fixture
def two_pages(site, tmp_path):
    """A site of two pages: the front page of the book, without text and with one chapter in its contents, and that chapter, with as little."""
    folder = tmp_path / "html"
    (folder / "chapters").mkdir(parents=True)
    for name in ("ledger.json", "book.json"):
        shutil.copy2(site / name, folder)
    front = BeautifulSoup((site / FRONT).read_text(encoding="utf-8"), "html.parser")
    for link in front.select('nav.bd-docs-nav a.reference.internal:not([href="changes.html"])'):
        link.decompose()
    front.find("article").clear()
    (folder / FRONT).write_text(str(front), encoding="utf-8")
    (folder / "chapters" / "changes.html").write_text("<article><h1>Changes</h1></article>", encoding="utf-8")
    return folder


def test_a_site_with_a_dead_link_is_not_printed(two_pages):
    """Dead is a link to a page without the anchor, or to a file that is not there; one to another file of the site leads to it."""
    document, _ = join_site(paths.ROOT, two_pages)
    assert [tag["id"] for tag in BeautifulSoup(document, "html.parser").select("article.chapter")] == ["index:", "changes:"]
    page = two_pages / "chapters" / "changes.html"
    links = "".join(f'<a href="{link}">x</a>' for link in ("index.html", "../ledger.json", "index.html#nowhere", "gone.html"))
    page.write_text(f"<article><h1>Changes</h1>{links}</article>", encoding="utf-8")
    with pytest.raises(EditionError) as refused:
        join_site(paths.ROOT, two_pages)
    assert str(refused.value).splitlines()[1:] == ["chapters/changes.html: index.html#nowhere", "chapters/changes.html: gone.html"]


# The command


def evidence(*arguments, **environment):
    """Run the command in a process of its own, as Playwright allows one loop in each."""
    command = [sys.executable, "-m", "evidence.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=paths.ROOT, env={**os.environ, **environment})


@pytest.mark.needs("browser")
def test_without_a_browser_it_says_what_to_install(site, tmp_path):
    done = evidence("pdf", "--site", site, "--out", tmp_path / "book.pdf", CHROMIUM="/nowhere/chromium")
    assert done.returncode == 1
    assert "/nowhere/chromium: no such program" in done.stderr
    assert "apt-get install chromium" in done.stderr
    assert list(tmp_path.iterdir()) == []


STARTS = "from pathlib import Path; from evidence.editions.pdf.printing import Browser\nwith Browser(Path()): print('started')"


@pytest.mark.needs("browser")
def test_a_browser_starts_where_temporary_files_lie_far_down(tmp_path):
    far = tmp_path / "far" / ("down" * 20)
    far.mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "-c", STARTS], capture_output=True, text=True, check=False, env={**os.environ, "TMPDIR": str(far)}
    )
    assert done.stdout == "started\n", done.stderr
    assert list(far.iterdir()) == []


def test_without_playwright_it_says_what_to_run(monkeypatch):
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    with pytest.raises(EditionError, match=r"Playwright, an extra that is not installed\. Run: make browser"):
        printing.find_browser()


def with_own_browser(monkeypatch, path):
    """Let Playwright have fetched a browser, and the system have none."""
    own = SimpleNamespace(chromium=SimpleNamespace(executable_path=str(path)))
    monkeypatch.setitem(sys.modules, "playwright.sync_api", SimpleNamespace(sync_playwright=lambda: nullcontext(own)))
    monkeypatch.setattr(printing, "_SYSTEM", "/nowhere/chromium")
    monkeypatch.delenv("CHROMIUM", raising=False)


def test_where_the_system_has_no_browser_that_of_playwright_is_taken(monkeypatch):
    with_own_browser(monkeypatch, sys.executable)
    assert printing.find_browser() == sys.executable


def test_where_playwright_has_fetched_none_the_systems_is_asked_for(monkeypatch, tmp_path):
    with_own_browser(monkeypatch, tmp_path / "chrome")
    with pytest.raises(EditionError, match="/nowhere/chromium: no such program"):
        printing.find_browser()


def test_a_browser_that_is_named_is_taken_and_no_other(monkeypatch, tmp_path):
    with_own_browser(monkeypatch, sys.executable)
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "chrome"))
    with pytest.raises(EditionError, match="chrome: no such program"):
        printing.find_browser()


@pytest.mark.needs("browser")
def test_a_browser_that_does_not_start_is_named(two_pages, tmp_path):
    done = evidence("pdf", "--site", two_pages, "--out", tmp_path / "book.pdf", CHROMIUM="/bin/false")
    assert done.returncode == 1
    assert "/bin/false did not start" in done.stderr


@pytest.mark.needs("browser")
def test_a_folder_without_a_site_is_refused(tmp_path):
    done = evidence("pdf", "--site", tmp_path, "--out", tmp_path / "book.pdf")
    assert done.returncode == 1
    assert "no built site" in done.stderr


# The PDF


@pytest.fixture(scope="module")
def printed(site, tmp_path_factory):
    """The PDF of the site, as a file: that which PRINTED names, of the same tree, where there is one."""
    if made := os.environ.get("PRINTED"):
        return Path(made)
    target = tmp_path_factory.mktemp("pdf") / "book.pdf"
    done = evidence("pdf", "--site", site, "--out", target)
    assert done.returncode == 0, done.stderr
    return target


@pytest.fixture(scope="module")
def book(printed):
    """The PDF, read."""
    return pypdf.PdfReader(printed)


def flat(outline):
    """Return title and depth of each line of an outline."""
    return [(line, depth) for line, depth in _walk(outline, 0)]


def _walk(outline, depth):
    for line in outline:
        if isinstance(line, list):
            yield from _walk(line, depth + 1)
        else:
            yield line, depth


class Printing:
    """A browser and its open page, whose prints are made up: the page on which the chapter "a" begins in each, of two."""

    def __init__(self, *begins):
        self.prints = list(begins)

    def open(self, _document):
        return self

    def pdf(self, **_options):
        writer, out = pypdf.PdfWriter(), io.BytesIO()
        pages = [writer.add_blank_page(100, 100) for _ in range(2)]
        place = ArrayObject([pages[self.prints.pop(0) - 1].indirect_reference, NameObject("/Fit")])
        writer.root_object[NameObject("/Dests")] = DictionaryObject({NameObject("/a"): place})
        writer.write(out)
        return out.getvalue()

    def eval_on_selector_all(self, selector, _script):
        return ["a"] if selector == "[data-page-of]" else ["A heading"]

    def evaluate(self, _script, numbers):
        assert list(numbers) == ["a"]


def test_a_chapter_that_its_own_number_moves_is_not_printed():
    assert printing.print_book(Printing(2, 2), "")[1] == ["A heading"]
    with pytest.raises(EditionError, match="moved the chapters"):
        printing.print_book(Printing(1, 2), "")


def text_of(page):
    return " ".join(page.extract_text().split())


@pytest.mark.slow
def test_the_outline_names_the_chapters_in_order_and_each_opens_a_page(site, book):
    starts = [(line.title, book.get_destination_page_number(line)) for line, _ in flat(book.outline)]
    chapters = [title_of(site, file) for file in listed()]
    places = [[number for title, number in starts if title == chapter] for chapter in chapters]
    assert all(places)
    firsts = [numbers[0] for numbers in places]
    depths = {line.title: depth for line, depth in flat(book.outline)}
    assert (depths["Where coordination has taken root"], depths["CATCH: apprenticeships shaped by employers"]) == (0, 1)
    assert firsts == sorted(set(firsts))
    for chapter, number in zip(chapters, firsts, strict=True):
        assert chapter in text_of(book.pages[number])


@pytest.mark.slow
def test_a_known_sentence_stands_in_it_with_its_number(book):
    starts = {line.title: book.get_destination_page_number(line) for line, _ in flat(book.outline)}
    text = text_of(book.pages[starts["Why small firms fail to coordinate"]])
    assert "Sole traders seldom partner with others on local skills outreach: 6% do, against three quarters of medium-sized firms." in text


@pytest.mark.slow
def test_the_contents_name_the_page_that_each_chapter_begins_on(site, book):
    lines = " ".join(text_of(page) for page in book.pages[1:3])
    starts = {line.title: book.get_destination_page_number(line) + 1 for line, _ in reversed(flat(book.outline))}
    for title in [title_of(site, file) for file in listed()][1:]:
        assert re.search(rf"{re.escape(title)} ?{starts[title]}\b", lines), title


@pytest.mark.slow
def test_every_link_of_the_pdf_has_its_destination(book):
    held = set(book.root_object["/Dests"])
    links = [note.get_object() for page in book.pages for note in page.get("/Annots", [])]
    named = [str(link["/Dest"]) for link in links if "/Dest" in link]
    assert len(named) > 1000
    assert set(named) - held == set()
    assert [link["/A"]["/URI"] for link in links if "/A" in link and ".invalid" in str(link["/A"].get("/URI"))] == []


@pytest.mark.slow
def test_the_pdf_says_what_it_is(book):
    assert book.metadata.title == "Made Together: a living evidence report on skills, places and coordination in the UK"
    assert book.metadata.author == "The Made Together authors"
    assert str(book.root_object["/Lang"]) == "en-GB"
    assert book.root_object["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a boolean of PDF, which is equal to True and not the same
    assert book.metadata.creation_date.isoformat() == "2026-01-01T00:00:00+00:00"
    library = load()
    assert 80 < len(book.pages) < len(library.figures) + len(library.rows("findings")), "an entry takes less than a page"
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in book.pages} == {(595, 842)}


NEAR = 0.5
"""How far a word may stand elsewhere in another print: in some, Chromium rounds the height of one to a whole number, which moves it by half of one at most."""

_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")


def same(first, second):
    """Return whether two objects of a PDF are the same, but for places that are near each other."""
    if isinstance(first, (FloatObject, NumberObject)) and isinstance(second, (FloatObject, NumberObject)):
        return abs(first - second) <= NEAR
    if type(first) is not type(second):
        return False
    if isinstance(first, IndirectObject):
        return first.idnum == second.idnum
    if isinstance(first, StreamObject):
        drawn = first.keys() == second.keys() and same_drawing(first.get_data(), second.get_data())
        return drawn and all(same(first.raw_get(name), second.raw_get(name)) for name in first if name != "/Length")
    if isinstance(first, DictionaryObject):
        return first.keys() == second.keys() and all(same(first.raw_get(name), second.raw_get(name)) for name in first)
    if isinstance(first, ArrayObject):
        return len(first) == len(second) and all(map(same, first, second))
    return first == second


def same_drawing(first, second):
    """Return whether two streams are the same, or draw the same with numbers that are near each other."""
    return first == second or (_NUMBER.sub(b"0", first) == _NUMBER.sub(b"0", second) and not far_apart(first, second))


def far_apart(first, second):
    """Return the numbers of two streams, in pairs, that are not near each other."""
    one, two = ([float(number) for number in _NUMBER.findall(drawing)] for drawing in (first, second))
    return [(a, b) for a, b in zip(one, two, strict=False) if abs(a - b) > NEAR]


def objects(pdf):
    """Return every object of a PDF by its number."""
    return {number: pdf.get_object(IndirectObject(number, 0, pdf)) for number in pdf.xref[0]}


@pytest.fixture(scope="module")
def little(recorded, tmp_path_factory):
    """The little book, built with its PDF, and that PDF."""
    book = shutil.copytree(recorded, tmp_path_factory.mktemp("little") / "book")
    done = evidence("--book", book, "build", "--pdf")
    assert done.returncode == 0, done.stderr
    pages = book / "_build" / "html" / "chapters"
    page = BeautifulSoup((pages / "index.html").read_text(encoding="utf-8"), "html.parser")
    return book, pages / page.select_one(".frame-pdf a")["href"]


@pytest.mark.slow
def test_two_prints_are_the_same(site, printed, tmp_path):
    """Of the true book: hundreds of pages and pictures are broken and drawn while others are still read."""
    again = tmp_path / "again.pdf"
    assert evidence("pdf", "--site", site, "--out", again).returncode == 0
    if again.read_bytes() != printed.read_bytes():
        assert parted(printed, again) == []


def parted(print_, other):
    """Return the numbers of the objects in which two prints differ, each with what parts it.

    Both are read anew: looking for the text of a page, pypdf writes fonts into the objects of its reader.
    """
    first, second = objects(pypdf.PdfReader(print_)), objects(pypdf.PdfReader(other))
    assert len(first) > 10_000
    assert sorted(first) == sorted(second)
    return [(number, *told_apart(found, second[number])) for number, found in first.items() if not same(found, second[number])]


def told_apart(first, second):
    """Return what two objects are, the first numbers that are far apart in them, and what each says where they first differ."""
    one, two = (found.get_data() if isinstance(found, StreamObject) else repr(found).encode() for found in (first, second))
    start = max(0, next((place for place, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), 0) - 60)
    return type(first).__name__, far_apart(one, two)[:5], one[start : start + 200], two[start : start + 200]


def test_what_differs_between_two_prints_is_seen():
    drawing = b"1 0 0 -1 248.01563 107799.922 Tm\n<0053> Tj"
    assert same_drawing(drawing, drawing.replace(b"107799.922", b"107800"))
    assert not same_drawing(drawing, drawing.replace(b"107799.922", b"107800.5"))
    assert not same_drawing(drawing, drawing.replace(b"0053", b"0054"))
    assert not same_drawing(drawing, drawing.replace(b"Tj", b"TJ"))
    assert not same_drawing(drawing, drawing + b" 1")
    assert told_apart(TextStringObject("one 1"), TextStringObject("one 3")) == ("TextStringObject", [(1, 3)], b"'one 1'", b"'one 3'")


def test_the_names_of_cells_follow_their_order_and_nothing_else():
    """Names are sorted in the file, so their order stays, and all else keeps its place."""
    first = b"/ID (node00000338) /Headers [ (node00000340) (node00000338) ] (nodes) (node0000034)"
    second = b"/ID (node00000337) /Headers [ (node00000339) (node00000337) ] (nodes) (node0000034)"
    assert renumbered(first) == renumbered(second) == b"/ID (node00000001) /Headers [ (node00000002) (node00000001) ] (nodes) (node0000034)"


@pytest.mark.needs("browser")
@pytest.mark.slow
def test_a_build_with_pdf_holds_it_beside_the_pages(little):
    """Of the little book; the whole of the true one is printed from its site."""
    _, printed = little
    assert [line.title for line in pypdf.PdfReader(printed).outline if not isinstance(line, list)][:3] == [
        "Bread in Hillford",
        "Who bakes",
        "Where bread is sold",
    ]


# The pages, printed by a reader's browser

LOOK = """() => {
  const parts = colour => { const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number); return [(0.2126 * r + 0.7152 * g + 0.0722 * b) / 255, a] };
  const own = tag => [...tag.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
  const name = tag => `${tag.tagName} ${tag.className} ${tag.textContent.trim().slice(0, 40)}`;
  const seen = [...document.querySelectorAll('html, body, body *')].filter(tag => tag.checkVisibility());
  const inside = seen.filter(tag => tag.closest('article') && !tag.closest('svg'));
  return {
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    beyond: inside.filter(tag => own(tag) && tag.getBoundingClientRect().right > innerWidth + 1).map(name),
    dark: seen.filter(tag => !tag.closest('svg, .tile-key')).filter(tag => { const [light, there] = parts(getComputedStyle(tag).backgroundColor); return there > 0 && light < 0.8 }).map(name),
    pale: inside.filter(tag => own(tag) && parts(getComputedStyle(tag).color)[0] > 0.5).map(name),
    folded: [...document.querySelectorAll('article details > :not(summary)')].filter(tag => !tag.checkVisibility() || !tag.offsetHeight).map(name),
    around: seen.filter(tag => !tag.closest('article') && own(tag) && !['SCRIPT', 'STYLE', 'TITLE'].includes(tag.tagName)).map(name),
    headings: inside.filter(tag => tag.tagName === 'H1').length,
    looked: inside.length,
  };
}"""


@pytest.fixture(scope="module")
def paper(browser):
    """A tab as wide as the column of an A4 page, printing, of a reader whose screen is dark."""
    context = browser.new_context(viewport=A4_COLUMN, color_scheme="dark")
    page = context.new_page()
    yield page
    context.close()


def put_on(page, media):
    """Let an open page be on a screen or on paper, and wait until it has been told and has taken its place there."""
    page.emulate_media(media=media)
    page.wait_for_function("media => matchMedia(media).matches", arg=media)
    settle(page)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_prints_light_whole_and_alone(paper, site, name):
    paper.emulate_media(media="screen")
    paper.goto((site / "chapters" / f"{name}.html").as_uri(), wait_until="load")
    paper.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    put_on(paper, "print")
    found = paper.evaluate(LOOK)
    assert found["looked"] > 3
    assert found["headings"] == 1
    assert found["wide"] <= 0
    for fault in ("beyond", "dark", "pale", "folded", "around"):
        assert found[fault] == [], fault


def test_a_folded_part_is_folded_on_the_screen_and_open_on_paper(paper, site):
    """Guards the look above: were all parts open on the screen too, it would prove nothing."""
    paper.goto((site / "chapters" / "coordination.html").as_uri(), wait_until="load")
    heights = []
    for media in ("screen", "print"):
        put_on(paper, media)
        heights.append(
            paper.locator("article details .table-wrap").first.evaluate(
                "tag => tag.checkVisibility({contentVisibilityAuto: true}) ? tag.offsetHeight : 0"
            )
        )
    assert heights[0] == 0 < heights[1]


def test_addresses_of_other_sites_are_printed_and_those_of_the_book_are_not(paper, site):
    after = "tag => getComputedStyle(tag, '::after').content"
    paper.goto((site / "chapters" / "data-library.html").as_uri(), wait_until="load")
    put_on(paper, "print")
    assert "https://pec.ac.uk/" in paper.locator('article a[href*="pec.ac.uk"]').first.evaluate(after)
    paper.goto((site / "chapters" / "coordination.html").as_uri(), wait_until="load")
    assert paper.locator("article a.figure").first.evaluate(after) == "none"


def test_a_chart_is_not_parted_from_its_title(paper, site):
    paper.goto((site / "chapters" / "coordination.html").as_uri(), wait_until="load")
    put_on(paper, "print")
    assert paper.locator("figure.evidence-chart figcaption").first.evaluate("tag => getComputedStyle(tag).breakAfter") == "avoid"
    assert paper.locator('figure.evidence-chart [role="img"]').first.evaluate("tag => getComputedStyle(tag).breakInside") == "avoid"
