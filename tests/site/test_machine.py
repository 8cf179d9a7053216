"""What the site says to programs: put a test here when a search engine, a feed reader or a preview of a link must find something."""

import json
import re
import struct
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from parsed import parsed

from evidence import paths
from evidence.errors import EditionError
from evidence.ledger.citation import book
from evidence.site.machine import claim_reviews, feed, files, head, identity, json_ld, page, previews, standalone
from evidence.site.publication import Publication

URL = "https://made-together.example/"
CHAPTERS = sorted(path.stem for path in paths.chapters_dir().iterdir() if path.suffix in (".ipynb", ".md"))
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "</script><script>alert(1)</script> & \"quoted\" 'too' ]]> <img src=x onerror=alert(2)>"

REQUIRED = {
    "Report": {
        "@id",
        "name",
        "headline",
        "description",
        "url",
        "author",
        "datePublished",
        "dateModified",
        "license",
        "image",
        "version",
        "hasPart",
    },
    "Chapter": {"@id", "name", "headline", "description", "url", "author", "datePublished", "license", "image", "isPartOf", "position"},
    "Dataset": {
        "@id",
        "name",
        "description",
        "license",
        "creator",
        "dateModified",
        "version",
        "distribution",
        "variableMeasured",
        "citation",
    },
    "ClaimReview": {"url", "claimReviewed", "reviewRating", "author", "datePublished", "itemReviewed"},
    "BreadcrumbList": {"itemListElement"},
    "WebPage": {"@id", "name", "url", "isPartOf"},
    "SearchResultsPage": {"@id", "name", "url", "isPartOf"},
}
"""Properties that a record of each type must have, by the documentation of schema.org and of the search engines that read it."""


def pages(site):
    """Return every page of the site that the theme writes."""
    return [*sorted((site / "chapters").glob("*.html")), site / "search.html"]


def graph(page_soup):
    (script,) = page_soup.find_all("script", type="application/ld+json")
    told = json.loads(script.string)
    assert told["@context"] == "https://schema.org"
    return told["@graph"]


def of_type(nodes, kind):
    return [node for node in nodes if node["@type"] == kind]


@pytest.fixture(scope="session")
def ledger(site):
    """The ledger the site publishes."""
    return json.loads((site / "ledger.json").read_text(encoding="utf-8"))


# The records of schema.org


def test_every_page_is_described_with_all_that_its_types_ask_for(site):
    seen = set()
    for path in pages(site):
        for node in graph(parsed(path)):
            assert REQUIRED[node["@type"]] - set(node) == set(), path.name
            assert all(value not in ("", None, []) for value in node.values()), path.name
            seen.add(node["@type"])
    assert seen >= {"Report", "Chapter", "Dataset", "ClaimReview", "BreadcrumbList", "SearchResultsPage"}


def test_the_front_page_is_the_report_with_its_chapters_in_reading_order(site, ledger):
    (report,) = graph(parsed(site / "chapters" / "index.html"))
    assert report["@type"] == "Report"
    assert report["version"] == ledger["edition"]["name"]
    assert report["dateModified"] == ledger["edition"]["date"]
    assert [part["position"] for part in report["hasPart"]] == list(range(1, len(CHAPTERS)))
    assert [part["url"] for part in report["hasPart"]][:5] == [
        f"{URL}chapters/{name}.html" for name in ("perceptions", "coworking", "coordination", "impact", "case-studies")
    ]
    assert {work["name"] for work in report["citation"]} == {source["title"] for source in ledger["sources"] if source["id"] != "computed"}


@pytest.mark.parametrize("name", [name for name in CHAPTERS if name != "index"])
def test_a_chapter_cites_the_sources_it_states(site, ledger, name):
    (chapter,) = of_type(graph(parsed(site / "chapters" / f"{name}.html")), "Chapter")
    stated = {record["source"] for kind in ("figures", "findings") for record in ledger[kind] if name in record["chapters"]} - {"computed"}
    titles = {source["title"] for source in ledger["sources"] if source["id"] in stated}
    assert {work["name"] for work in chapter.get("citation", [])} == titles
    assert chapter["isPartOf"]["@id"] == f"{URL}#book"
    assert chapter["dateModified"] == ledger["edition"]["date"]


def test_the_way_to_a_case_leads_over_the_chapter_of_cases(site):
    (trail,) = of_type(graph(parsed(site / "chapters" / "case-catch.html")), "BreadcrumbList")
    assert [(step["position"], step["item"]) for step in trail["itemListElement"]] == [
        (1, f"{URL}chapters/index.html"),
        (2, f"{URL}chapters/case-studies.html"),
        (3, f"{URL}chapters/case-catch.html"),
    ]


@pytest.mark.parametrize("name", ["ledger", "data-library"])
def test_the_pages_of_the_data_describe_them_as_the_ledger_counts_them(site, ledger, name):
    (data,) = of_type(graph(parsed(site / "chapters" / f"{name}.html")), "Dataset")
    assert len(data["description"]) >= 50
    assert data["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert (data["version"], data["dateModified"]) == (ledger["edition"]["name"], ledger["edition"]["date"])
    assert [measured["value"] for measured in data["variableMeasured"]] == [
        len(ledger[key]) for key in ("figures", "findings", "claims", "sources")
    ]


def test_every_file_of_the_data_that_is_named_is_there(site):
    (data,) = of_type(graph(parsed(site / "chapters" / "data-library.html")), "Dataset")
    files = [download["contentUrl"].removeprefix(URL) for download in data["distribution"]]
    assert files == ["ledger.json", "data/datapackage.json", "figures.csv", "made-together-data.zip"]
    assert [name for name in files if not (site / name).is_file()] == []


GRAVITY = ("contradiction", "differs", "tension", "disputed", "one reading only")
"""What may be found against a number, the gravest first."""


def test_every_printed_number_in_doubt_is_reviewed_and_no_other(site, ledger):
    reviews = of_type(graph(parsed(site / "chapters" / "audit.html")), "ClaimReview")
    grades = {row["id"]: row["grade"] for row in ledger["corrections"]}
    doubted = [
        figure
        for figure in ledger["figures"]
        if (figure["corrections"] or figure["verdict"] in ("differs", "disputed")) and figure["source"] != "computed"
    ]
    found = [{grades[name] for name in figure["corrections"]} | {figure["verdict"]} for figure in doubted]
    expected = [next(word for word in GRAVITY if word in words) for words in found]
    assert [review["reviewRating"]["alternateName"] for review in reviews] == expected
    assert all(
        review["claimReviewed"].startswith(f"{figure['population']}: {figure['stated']}")
        for review, figure in zip(reviews, doubted, strict=True)
    )
    anchors = {tag["id"] for tag in parsed(site / "chapters" / "audit.html").find_all(id=True)}
    assert all(review["url"].partition("#")[2] in anchors for review in reviews)


def reviewed(site, start):
    """Return the one review on the audit page of a claim that begins so."""
    reviews = of_type(graph(parsed(site / "chapters" / "audit.html")), "ClaimReview")
    (review,) = [review for review in reviews if review["claimReviewed"].startswith(start)]
    return review


def test_the_misprinted_number_of_firms_is_rated_as_the_audit_found_it(site):
    review = reviewed(site, "SMEs more likely to partner with a university: 208,000")
    rating = review["reviewRating"]
    assert (rating["alternateName"], rating["ratingValue"], rating["worstRating"], rating["bestRating"]) == ("contradiction", 1, 1, 4)
    assert "figure:" not in rating["ratingExplanation"]
    assert review["url"] == f"{URL}chapters/audit.html#correction-university.firms.high"
    assert "(208,000 SMEs)" in review["itemReviewed"]["text"]
    assert review["itemReviewed"]["appearance"]["name"].startswith("Economies of Coordination")
    assert [person["name"] for person in review["itemReviewed"]["author"]] == ["Dan Goss", "Nicola Stokes", "Anna Garrod"]


def test_a_sum_that_checks_in_a_sentence_that_says_the_opposite_is_rated_as_a_contradiction(site):
    """14 percent is about twice 6.2, so the sum checks; told of Norway it is the wrong way round."""
    review = reviewed(
        site, "15-29 year olds who are NEET, Norway and the Netherlands against the United Kingdom as the sentence is printed: twice"
    )
    assert (review["reviewRating"]["ratingValue"], review["reviewRating"]["alternateName"]) == (1, "contradiction")


def test_a_fall_is_told_as_a_fall(site):
    assert (
        "it's down 11%" in reviewed(site, "fall of the weekly pay of 18-21 year olds, after adjusting for inflation: 11%")["claimReviewed"]
    )


# The head of the pages


def test_every_page_has_one_of_each_and_names_itself(site):
    for path in pages(site):
        found = parsed(path)
        (canonical,) = found.select("link[rel=canonical]")
        assert canonical["href"] == URL + path.relative_to(site).as_posix()
        assert [tag["content"] for tag in found.select('meta[property="og:url"]')] == [canonical["href"]]
        for name in ("description", "twitter:card"):
            (tag,) = found.select(f'meta[name="{name}"]')
            assert tag["content"].strip(), path.name
        for name in ("title", "description", "type", "image", "image:alt", "image:width", "image:height", "site_name", "locale"):
            (tag,) = found.select(f'meta[property="og:{name}"]')
            assert tag["content"].strip(), path.name


def test_the_description_is_the_first_paragraph(site):
    tag = parsed(site / "chapters" / "audit.html").select_one("meta[name=description]")
    assert tag["content"] == (
        "We took the numbers of our sources at their word and computed again what can be computed. The headline of Demos, growth of up to "
        "£28 billion, survives the arithmetic. It is the sum of its printed parts, but some of the numbers printed around it do not stand."
    )


def test_no_description_is_longer_than_what_is_shown(site):
    lengths = [len(parsed(path).select_one("meta[name=description]")["content"]) for path in pages(site)]
    assert max(lengths) <= 300


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Short.", "Short."),
        ("a" * 150 + ". " + "b " * 100, "a" * 150 + "."),
        ("One. " + "word " * 80, "One. " + ("word " * 58).strip() + "…"),
    ],
)
def test_a_long_description_ends_with_a_sentence_or_a_word(text, short):
    assert page.shortened(text) == short


def test_a_chapter_can_be_cited_from_its_page(site):
    found = parsed(site / "chapters" / "coordination.html")
    cited = {tag["name"]: tag["content"] for tag in found.find_all("meta", attrs={"name": re.compile("^citation_")})}
    assert cited == {
        "citation_title": "Why small firms fail to coordinate",
        "citation_inbook_title": "Made Together: a living evidence report on skills, places and coordination in the UK",
        "citation_author": "The Made Together authors",
        "citation_publisher": "The Made Together authors",
        "citation_publication_date": "2026/11/21",
        "citation_online_date": "2026/11/21",
        "citation_language": "en",
        "citation_public_url": f"{URL}chapters/coordination.html",
    }


def test_every_page_offers_licence_data_and_feed(site):
    for path in pages(site):
        links = {
            (tag["rel"][0], tag["href"]) for tag in parsed(path).select("link[rel=license], link[rel=describedby], link[rel=alternate]")
        }
        assert links >= {
            ("license", "https://creativecommons.org/licenses/by-sa/4.0/"),
            ("describedby", f"{URL}ledger.json"),
            ("describedby", f"{URL}data/datapackage.json"),
            ("alternate", f"{URL}feed.xml"),
        }


def test_only_pages_that_are_read_are_offered_to_search_engines(site):
    hidden = [path.name for path in pages(site) if parsed(path).select('meta[name="robots"]')]
    assert hidden == ["search.html"]


def test_every_preview_is_there_in_the_size_that_is_told(site):
    cards = {parsed(path).select_one('meta[property="og:image"]')["content"].removeprefix(URL) for path in pages(site)}
    assert cards == {f"_static/previews/{name}.png" for name in CHAPTERS}
    for card in cards:
        start = (site / card).read_bytes()[:24]
        assert start[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">II", start[16:24]) == (1200, 630)


# Files beside the pages


def test_the_sitemap_lists_every_page_that_is_read(site):
    namespace = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    root = ElementTree.parse(site / "sitemap.xml").getroot()
    assert root.tag == f"{namespace}urlset"
    listed = [entry.findtext(f"{namespace}loc") for entry in root]
    assert listed == [f"{URL}{folder}/{path.name}" for folder in ("chapters", "places") for path in sorted((site / folder).glob("*.html"))]
    assert {entry.findtext(f"{namespace}lastmod") for entry in root} == {"2026-11-21"}
    assert f"\nSitemap: {URL}sitemap.xml\n" in (site / "robots.txt").read_text(encoding="utf-8")


def test_the_feed_names_the_edition_and_every_change(site, ledger):
    root = ElementTree.parse(site / "feed.xml").getroot()
    assert valid(root) == 1 + len(ledger["history"])
    assert root.find(f"{ATOM}entry/{ATOM}title").text == f"Edition {ledger['edition']['name']}"


def test_the_book_and_every_source_can_be_taken_into_a_reference_manager(site, ledger):
    keys = re.findall(r"^@\w+\{([^,]+),$", (site / "citation.bib").read_text(encoding="utf-8"), re.MULTILINE)
    assert keys == ["made-together", *(source["id"] for source in ledger["sources"] if source["id"] != "computed")]


# Two pages that stand alone


def test_the_page_for_missing_pages_needs_no_file_and_leads_to_every_chapter(site):
    found = parsed(site / "404.html")
    assert found.select("script, img") == []
    assert [tag["href"] for tag in found.select("link[href]") if not tag["href"].startswith("data:")] == []
    assert found.html["lang"] == "en-GB"
    links = [tag["href"].partition("#")[0] for tag in found.find_all("a")]
    assert {link for link in links if not (site / link.removeprefix("/")).is_file()} == set()
    assert {f"/chapters/{name}.html" for name in CHAPTERS} == set(links)
    assert found.form["action"] == "/search.html"
    assert found.find("label")["for"] == found.find("input")["id"]


def test_the_page_for_missing_pages_works_below_a_path_and_at_any_depth(browser):
    edition = made(url="https://someone.example/books/made-together/")
    with_path = standalone.missing(edition, [("chapters/index", "The <b>front</b>"), ("chapters/audit", "Audit")])
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme="dark")
    opened = context.new_page()
    opened.route("**/*", lambda route: route.fulfill(body=with_path, content_type="text/html", status=404))
    opened.goto("https://someone.example/books/made-together/a/b/c.html")
    assert opened.locator("nav a").first.inner_text() == "The <b>front</b>"
    assert opened.locator("nav a").last.evaluate("link => link.href") == "https://someone.example/books/made-together/chapters/audit.html"
    assert opened.evaluate("document.documentElement.scrollWidth") <= 360
    opened.fill("#q", "wages")
    opened.press("#q", "Enter")
    opened.wait_for_url("https://someone.example/books/made-together/search.html?q=wages")
    context.close()


def test_the_way_in_is_a_whole_page_that_leads_on(site, browser, address):
    found = parsed(site / "index.html")
    assert found.title.string == book().title
    assert found.html["lang"] == "en-GB"
    assert found.select_one("meta[http-equiv=refresh]")["content"] == "0; url=chapters/index.html"
    assert found.select_one("link[rel=canonical]")["href"] == f"{URL}chapters/index.html"
    opened = browser.new_page()
    opened.goto(f"{address}/")
    opened.wait_for_url("**/chapters/index.html")
    opened.close()


# Made publications


def record(**fields):
    """Return a figure of a made ledger."""
    names = ("id", "source", "stated", "population", "place", "period", "as_of", "verdict", "corrections", "doubt", "places", "chapters")
    return (
        dict.fromkeys(names, "")
        | {"id": "a.b", "source": "s", "stated": "96%", "population": "firms", "places": [], "chapters": []}
        | fields
    )


def made(url=URL, **parts):
    """Return a publication of one source and whatever parts of a ledger are given."""
    source = dict.fromkeys(("id", "title", "short", "authors", "publisher", "published", "url", "doi", "kind"), "")
    ledger = {
        "edition": {"name": "2026-03-04-abcdef0123", "date": "2026-03-04", "as_of": ""},
        "sources": [source | {"id": "s", "title": "A report", "short": "A (2026)", "published": "2026-02", "kind": "report"}],
        **{name: [] for name in ("figures", "ranges", "findings", "claims", "statements", "corrections", "aliases", "history")},
        "totals": {"verdicts": {}, "statements": 0, "bound": 7, "allowed": 0, "unbound": 0},
    }
    return Publication(None, ledger | parts, url)


def a_page(**fields):
    return page.Page(
        **{"name": "chapters/audit", "kind": "chapter", "title": "Audit", "description": "About.", "url": f"{URL}x", "image": "y"} | fields
    )


def read(script):
    """Return the JSON-LD of a script element as a browser's parser of HTML hands it over."""
    return graph(BeautifulSoup(script, "html.parser"))


def valid(root):
    """Check the elements that RFC 4287 asks for, and return how many entries there are."""
    assert root.tag == f"{ATOM}feed"
    assert root.find(f"{ATOM}author/{ATOM}name").text
    assert root.find(f'{ATOM}link[@rel="self"]').get("href").endswith("feed.xml")
    entries = root.findall(f"{ATOM}entry")
    for element in (root, *entries):
        assert element.findtext(f"{ATOM}id").startswith("urn:uuid:")
        assert element.findtext(f"{ATOM}title")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", element.findtext(f"{ATOM}updated"))
    identities = [element.findtext(f"{ATOM}id") for element in (root, *entries)]
    assert len(identities) == len(set(identities))
    return len(entries)


CHANGES = [
    {"figure": "old.id", "old": "68%", "new": "70%", "class": "revision", "date": "2026-05-01", "reason": "A new release."},
    {"figure": "a.b", "old": "", "new": "68%", "class": "new", "date": "2026-01-02", "reason": "A new source."},
    {"figure": "gone", "old": "1", "new": "2", "class": "correction", "date": "2026-01-01", "reason": "Misread."},
]


def test_a_change_tells_old_and_new_value_reason_and_entry():
    edition = made(figures=[record()], history=CHANGES, aliases=[{"old": "old.id", "new": "a.b", "date": "", "reason": ""}])
    root = ElementTree.fromstring(feed.feed(edition))
    assert valid(root) == 4
    assert root.findtext(f"{ATOM}updated") == "2026-05-01T00:00:00Z"
    _, revised, added, retired = root.findall(f"{ATOM}entry")
    assert revised.findtext(f"{ATOM}title") == "68% → 70% (revision): firms"
    assert revised.findtext(f"{ATOM}content") == "Figure old.id. Before: 68%. Now: 70%. Reason: A new release."
    assert revised.findtext(f"{ATOM}updated") == "2026-05-01T00:00:00Z"
    assert revised.find(f"{ATOM}category").get("term") == "revision"
    assert revised.find(f"{ATOM}link").get("href") == f"{URL}chapters/ledger-s.html#a.b"
    assert added.findtext(f"{ATOM}title") == "68% (new): firms"
    assert added.findtext(f"{ATOM}content") == "Figure a.b. New. Now: 68%. Reason: A new source."
    assert retired.find(f"{ATOM}link").get("href") == f"{URL}chapters/changes.html"


def test_the_feed_is_the_same_on_any_day_and_an_entry_keeps_its_id_when_the_site_moves():
    here, there = made(history=CHANGES), made(url="https://elsewhere.example/", history=CHANGES)
    assert feed.feed(here) == feed.feed(made(history=CHANGES))
    identities = [[element.text for element in ElementTree.fromstring(feed.feed(edition)).iter(f"{ATOM}id")] for edition in (here, there)]
    assert identities[0] == identities[1]


@pytest.mark.parametrize("field", ["old", "new", "reason", "class", "figure"])
def test_no_text_of_a_change_is_markup_in_the_feed(field):
    told = HOSTILE + " \x00\x0b"
    root = ElementTree.fromstring(feed.feed(made(history=[CHANGES[1] | {field: told}])))
    assert valid(root) == 2
    entry = root.findall(f"{ATOM}entry")[1]
    assert {element.tag.removeprefix(ATOM) for element in entry.iter()} == {
        "entry", "id", "title", "updated", "published", "link", "category", "content"
    }  # fmt: skip
    assert HOSTILE in "".join(entry.itertext()) + entry.find(f"{ATOM}category").get("term")


@pytest.mark.parametrize("field", ["title", "description"])
def test_no_text_of_a_page_is_markup_in_its_head(field):
    shown = a_page(**{field: HOSTILE})
    parsed = BeautifulSoup(head.tags(shown, made()), "html.parser")
    assert {tag.name for tag in parsed.find_all()} == {"meta", "link"}
    assert parsed.select_one(f'meta[property="og:{field}"]')["content"] == HOSTILE
    (chapter,) = of_type(read(json_ld.script(json_ld.described(shown, made(), []))), "Chapter")
    assert chapter["headline" if field == "title" else field] == HOSTILE


def test_no_text_of_a_figure_a_correction_or_a_source_ends_the_script():
    figure = record(stated=HOSTILE, population=HOSTILE, verdict="quoted", corrections=["c"], places=[{"stated": HOSTILE, "quote": HOSTILE}])
    correction = {"id": "c", "title": HOSTILE, "grade": "tension", "what": HOSTILE, "consequence": HOSTILE}
    sources = [made().ledger["sources"][0] | {"title": HOSTILE, "authors": HOSTILE, "publisher": HOSTILE}]
    script = json_ld.script(json_ld.described(a_page(), made(figures=[figure], corrections=[correction], sources=sources), []))
    assert script.count("<") == 2
    (review,) = of_type(read(script), "ClaimReview")
    assert review["claimReviewed"] == f"{HOSTILE}: {HOSTILE}. In the source's words: “{HOSTILE}”"
    assert review["itemReviewed"]["text"] == HOSTILE
    assert review["itemReviewed"]["appearance"]["name"] == HOSTILE
    assert HOSTILE in review["reviewRating"]["ratingExplanation"]


def test_a_number_is_rated_by_the_gravest_of_its_corrections_and_its_verdict():
    figures = [
        record(verdict="reproduced", corrections=["c", "d"]),
        record(id="a.c", verdict="disputed"),
        record(id="a.d", verdict="reproduced"),
    ]
    said = {"title": "T", "what": "Says [68%](figure:a.b).", "consequence": "Little."}
    corrections = [{"id": "c", "grade": "one reading only"} | said, {"id": "d", "grade": "tension"} | said]
    summed, disputed = claim_reviews.reviews(made(figures=figures, corrections=corrections))
    assert (summed["reviewRating"]["ratingValue"], summed["reviewRating"]["alternateName"]) == (2, "tension")
    assert summed["reviewRating"]["ratingExplanation"].endswith("T (one reading only): Says 68%. Little. T (tension): Says 68%. Little.")
    assert (disputed["reviewRating"]["ratingValue"], disputed["reviewRating"]["alternateName"]) == (2, "disputed")
    assert disputed["url"] == f"{URL}chapters/audit.html"


def test_the_entries_of_a_source_are_a_page_about_it():
    entries = a_page(name="chapters/ledger-s", kind="entries", url=f"{URL}chapters/ledger-s.html", trail=(("Made Together", f"{URL}i"),))
    told, trail = json_ld.described(entries, made(), [])
    assert (told["@type"], told["@id"]) == ("WebPage", f"{URL}chapters/ledger-s.html")
    assert told["mainEntity"] == {
        "@type": "Report",
        "@id": f"{URL}chapters/ledger-s.html#source",
        "name": "A report",
        "datePublished": "2026-02",
    }
    assert [step["name"] for step in trail["itemListElement"]] == ["Made Together", "Audit"]


def test_our_own_computations_are_not_reviewed_as_claims_of_others():
    assert claim_reviews.reviews(made(figures=[record(source="computed", verdict="differs")])) == []


def test_a_card_says_title_and_numbers_and_takes_no_markup_from_a_title():
    drawn = ElementTree.fromstring(previews.drawing('Do <script>alert(1)</script> & "numbers" add up?', made()))
    svg = "{http://www.w3.org/2000/svg}"
    assert {element.tag.removeprefix(svg) for element in drawn.iter()} == {"svg", "rect", "g", "circle", "text"}
    texts = [element.text for element in drawn.iter(f"{svg}text")]
    assert texts[0] == "Made Together"
    assert " ".join(texts[1:-1]) == 'Do <script>alert(1)</script> & "numbers" add up?'
    assert texts[-1] == "7 numbers bound to their sources and checked"


@pytest.mark.parametrize(
    ("title", "lines", "size"),
    [
        ("The ledger", ["The ledger"], 76),
        ("Bradford SkillsHouse: a council that makes introductions", ["Bradford SkillsHouse: a council", "that makes introductions"], 64),
        ("word " * 60, ["word word word word word word word"] * 3 + ["word word word word word word word …"], 54),
    ],
)
def test_a_title_is_broken_into_lines_that_fit_the_card(title, lines, size):
    assert previews.broken(title) == (lines, size)


def test_a_card_is_the_same_each_time_it_is_drawn():
    assert previews.card("Audit", made()) == previews.card("Audit", made())


def test_the_sitemap_takes_no_markup_from_an_address():
    told = files.sitemap(["chapters/a&b.html"], made())
    assert ElementTree.fromstring(told)[0][0].text == f"{URL}chapters/a&b.html"


def test_colours_come_from_the_style_sheet_in_both_schemes():
    ink, night = (" ".join(f"--mt-{name}: {colour};" for name in identity.NAMES) for colour in ("#111111", "#eeeeee"))
    printed = "@media print { html { --mt-ink: #000000; } }"
    style = f"/* dark */ html {{ {ink} }} html[data-theme=dark] {{ {night} }} {printed}"
    light, dark = identity.palette(style)
    assert (light["ink"], dark["ink"], light["paper"]) == ("#111111", "#eeeeee", "#ffffff")


def test_a_colour_that_is_not_set_is_named():
    with pytest.raises(EditionError, match="--mt-quiet, --mt-line, --mt-wash, --mt-accent is not set"):
        identity.palette("html { --mt-ink: #111111; } html.dark { --mt-ink: #eeeeee; }")
