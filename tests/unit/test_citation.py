"""How the book and its sources are cited: put a test here when a reference manager must read something."""

import re

import pytest
from pybtex.database import parse_string

from evidence.ledger import citation
from evidence.settings import licence

HOSTILE = '</script><script>alert(1)</script> & "50%" of {all}\\ #1 }, x = {y} $_~^'
URL = "https://book.example/"
EDITION = {"name": "2026-03-04-abcdef0123", "date": "2026-03-04", "as_of": ""}
BOOK = citation.Book("Made Together: a report", ("The authors",), ("skills",))


def source(**fields):
    """Return a source with some fields given and the others empty."""
    return (
        dict.fromkeys(("id", "title", "authors", "publisher", "published", "url", "doi", "kind"), "")
        | {"id": "demos", "kind": "report"}
        | fields
    )


def cited(*sources):
    """Return the bibliography of a ledger with these sources as a standard parser of BibTeX reads it."""
    ledger = {"edition": EDITION, "sources": list(sources)}
    return parse_string(citation.bibliography(BOOK, ledger, URL), "bibtex").entries


def test_the_book_is_cited_as_the_repository_says():
    assert citation.book() == citation.Book(
        "Made Together: a living evidence report on skills, places and coordination in the UK",
        ("The Made Together authors",),
        ("skills", "coordination", "manufacturing", "coworking", "small firms", "living evidence"),
    )


def test_name_and_subtitle_of_the_book_divide_its_title():
    assert (BOOK.name, BOOK.subtitle) == ("Made Together", "A report")


def test_a_person_in_the_citation_file_is_named_in_full(tmp_path):
    file = tmp_path / "CITATION.cff"
    file.write_text("title: A book\nauthors: [{given-names: Ada, family-names: Byron}, {name: The Society}]\n", encoding="utf-8")
    assert citation.book(file) == citation.Book("A book", ("Ada Byron", "The Society"), ())


def test_the_licence_of_the_citation_file_is_that_of_the_data():
    assert licence() == {"name": "CC-BY-SA-4.0", "path": "https://creativecommons.org/licenses/by-sa/4.0/"}


def test_the_book_in_words_names_authors_year_title_edition_and_address():
    assert citation.credit(BOOK, EDITION, URL) == (
        "The authors (2026). Made Together: a report. Edition 2026-03-04-abcdef0123. https://book.example/"
    )


def test_the_book_comes_first_with_its_edition():
    entries = cited(source())
    assert list(entries) == ["made-together", "demos"]
    assert dict(entries["made-together"].fields) == {
        "title": "{Made Together: a report}",
        "note": "Edition 2026-03-04-abcdef0123",
        "url": "https://book.example/",
        "year": "2026",
        "month": "March",
    }
    assert entries["made-together"].persons["author"][0].last_names == ["{The authors}"]


def test_our_own_computations_are_no_source_to_cite():
    assert list(cited(source(id="computed", kind="computed"))) == ["made-together"]


@pytest.mark.parametrize(
    ("kind", "entry", "field"),
    [("report", "techreport", "institution"), ("briefing", "techreport", "institution"), ("blog", "misc", "howpublished")],
)
def test_a_report_has_an_institution_and_others_say_where_they_appeared(kind, entry, field):
    found = cited(source(kind=kind, publisher="Demos"))["demos"]
    assert (found.type, found.fields[field]) == (entry, "Demos")


@pytest.mark.parametrize(
    ("authors", "publisher", "names"),
    [
        ("Dan Goss; Anna Garrod", "Demos", ["Goss, Dan", "Garrod, Anna"]),
        ("Dan Goss; and others not named", "Demos", ["Goss, Dan", "others"]),
        ("", "Office for National Statistics", ["{Office for National Statistics}"]),
        ("Housing, Communities and Local Government", "", ["{Housing, Communities and Local Government}"]),
        ("not named in the text", "not named in the text", []),
    ],
)
def test_authors_are_whom_the_source_names_or_its_publisher(authors, publisher, names):
    persons = cited(source(authors=authors, publisher=publisher))["demos"].persons.get("author", [])
    assert [str(person) for person in persons] == names


@pytest.mark.parametrize(
    ("printed", "fields"),
    [
        ("2026-04", {"year": "2026", "month": "April"}),
        ("2025-10-02", {"year": "2025", "month": "October"}),
        ("2014", {"year": "2014"}),
        ("2023 to 2024", {"year": "2024", "note": "Published 2023 to 2024"}),
        ("", {}),
    ],
)
def test_a_date_gives_year_and_month_and_a_span_is_noted(printed, fields):
    found = cited(source(published=printed))["demos"].fields
    assert {name: found[name] for name in ("year", "month", "note") if name in found} == fields


@pytest.mark.parametrize("field", ["title", "authors", "publisher", "published", "url", "doi"])
def test_no_text_of_a_source_ends_its_field_or_its_entry(field):
    entries = cited(source(**{field: HOSTILE}), source(id="next", title="The next"))
    assert list(entries) == ["made-together", "demos", "next"]
    assert set(entries["demos"].fields) <= {"title", "institution", "doi", "url", "year", "note"}
    assert entries["next"].fields["title"] == "{The next}"


def test_special_characters_are_named_and_lines_are_joined():
    assert citation.escaped("R&D, 50% #1 $x_y\n~^") == r"R\&D, 50\% \#1 \$x\_y \textasciitilde{}\textasciicircum{}"
    assert citation.escaped("{a}\\<b>") == r"\textbraceleft{}a\textbraceright{}\textbackslash{}\textless{}b\textgreater{}"


def test_an_address_holds_no_character_that_ends_a_field():
    address = cited(source(url='https://x.example/a?b={c} "d"'))["demos"].fields["url"]
    assert address == "https://x.example/a?b=%7Bc%7D%20%22d%22"
    assert not re.search(r'[{}"\s]', address)
