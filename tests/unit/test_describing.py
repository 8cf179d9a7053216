"""What a document says of itself as a source: a file here when another way to say it is read."""

import json
import zipfile
from datetime import date

import pytest

from evidence.errors import SourceError
from evidence.reading.describing import described

TODAY = date(2026, 11, 28)
RIGHT = {
    "title": "On Rye",
    "authors": "Ann Mill; Bo Oven",
    "publisher": "Bread House",
    "published": "2026-04",
    "as_of": "2026-04-30",
    "url": "https://example.org/rye",
    "doi": "10.1000/rye.1",
}

WRITTEN = {
    "rye.bib": """@report{rye, title = {On {Rye}}, author = "Mill, Ann and Bo Oven", institution = {Bread House}, date = {2026-04},
        url = {https://example.org/rye}, doi = {https://doi.org/10.1000/rye.1}}""",
    "rye.ris": "TY  - RPRT\nTI  - On Rye\nAU  - Mill, Ann\nAU  - Oven, Bo\nPB  - Bread House\nDA  - 2026/04//\nUR  - https://example.org/rye\nDO  - 10.1000/rye.1\nER  - \n",
    "rye.json": json.dumps(
        [
            {
                "title": "On Rye",
                "author": [{"given": "Ann", "family": "Mill"}, {"literal": "Bo Oven"}],
                "publisher": "Bread House",
                "issued": {"date-parts": [[2026, 4]]},
                "URL": "https://example.org/rye",
                "DOI": "10.1000/rye.1",
            }
        ]
    ),
    "rye.html": """<html><head><title>On Rye - site</title><meta name="citation_title" content="On Rye"><meta name="citation_author" content="Ann Mill">
        <meta name="citation_author" content="Bo Oven"><meta property="og:site_name" content="Bread House">
        <meta name="dcterms.issued" content="2026-04"><link rel="canonical" href="https://example.org/rye">
        <meta name="citation_doi" content="doi:10.1000/rye.1"></head><body><meta name="author" content="Nobody"></body></html>""",
}


@pytest.mark.parametrize("name", WRITTEN)
def test_each_way_to_describe_a_document_gives_the_same_source(name, tmp_path):
    (tmp_path / name).write_text(WRITTEN[name], encoding="utf-8")
    found = described(tmp_path / name, TODAY)
    assert found == RIGHT | ({"seed": name} if name.endswith(".html") else {})


def test_a_document_of_a_word_processor_and_a_text_say_what_they_say(tmp_path):
    core = (
        '<p xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/"><dc:title>On Rye</dc:title>'
        "<dc:creator>Ann Mill</dc:creator><t:created>2026-04-03T10:00:00Z</t:created></p>"
    )
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("docProps/core.xml", core)
    found = described(tmp_path / "a.docx", TODAY)
    assert found == {"title": "On Rye", "authors": "Ann Mill", "published": "2026-04-03", "as_of": "2026-04-03", "seed": "a.docx"}
    (tmp_path / "a.md").write_text("# **On Rye**\n\nLicensed CC BY-SA 4.0, doi:10.1000/rye.1.\n", encoding="utf-8")
    assert described(tmp_path / "a.md", TODAY) == {"title": "On Rye", "doi": "10.1000/rye.1", "licence": "CC BY-SA 4.0", "seed": "a.md"}


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Microsoft Word - On Rye", "On Rye"),
        ("Microsoft Word - rye_final2.docx", ""),
        ("rye.indd", ""),
        ("untitled", ""),
        ("PowerPoint Presentation", ""),
        ("On rye and wheat.doc", "On rye and wheat.doc"),
        ("Untitled bread", "Untitled bread"),
    ],
)
def test_a_title_that_a_program_has_written_is_none(written, title, tmp_path):
    (tmp_path / "a.html").write_text(f"<title>{written}</title>", encoding="utf-8")
    assert described(tmp_path / "a.html", TODAY).get("title", "") == title


def test_no_source_is_dated_after_today_and_what_is_no_address_is_left_out(tmp_path):
    (tmp_path / "a.bib").write_text("@book{a, title={On Rye}, year={2026}, url={see our page}, doi={none}}", encoding="utf-8")
    assert described(tmp_path / "a.bib", TODAY) == {"title": "On Rye", "published": "2026", "as_of": "2026-11-28"}


@pytest.mark.parametrize(("name", "content"), [("a.json", "{"), ("b.json", "[1]"), ("a.pdf", "%PDF"), ("a.docx", "PK"), ("gone.bib", None)])
def test_what_cannot_be_read_is_told_in_one_line(name, content, tmp_path):
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=r"cannot be read as what its name says .* Give the cells by hand\.$"):
        described(tmp_path / name, TODAY)
