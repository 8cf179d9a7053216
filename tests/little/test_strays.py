"""Only what is declared is published: put a test here for a file that reached the site, or could, though nobody had declared it."""

import os
import zipfile
from pathlib import Path

import pytest
from command import evidence

from evidence import editions
from evidence.catalog.packaging import declared_files

SECRET = Path("/etc/passwd")
LAID = ("secret", ".env", "evil", "notes", "hidden")


def link_table(data):
    (data / "figures" / "secret.csv").symlink_to(SECRET)


def link_codebook(data):
    (data / "codebooks" / "secret.toml").symlink_to(SECRET)


def link_folder(data):
    (data / "more").symlink_to("/etc")


def link_page(data):
    (data.parent / "chapters" / "secret.md").symlink_to(SECRET)


def stray(name, content="<script>alert(1)</script>"):
    def lay(data):
        (data / name).parent.mkdir(exist_ok=True)
        (data / name).write_text(content, encoding="utf-8")

    return lay


def link_picture(data):
    (data.parent / "chapters" / "secret.svg").symlink_to(SECRET)


FAULTS = {
    "chapters/secret.svg: a link, which is not followed": link_picture,
    "data/secret.txt: a link that the data library does not declare": lambda data: (data / "secret.txt").symlink_to(SECRET),
    "data/figures/secret.csv: a link, and no table": link_table,
    "data/codebooks/secret.toml: a link that the data library does not declare": link_codebook,
    "data/more: a link that the data library does not declare": link_folder,
    "chapters/secret.md: a folder or a link under the name of a chapter.": link_page,
    "data/.env: a hidden file that the data library does not declare": stray(".env", "TOKEN=1\n"),
    "data/.cache/kept.csv: a hidden file that": stray(".cache/kept.csv", "id\n"),
    "data/evil.html: a file that the data library does not declare": stray("evil.html"),
    "data/figures/notes.txt: a file that the data library does not declare": stray("figures/notes.txt"),
    "data/schemas/old.schema.json: a file that": stray("schemas/old.schema.json", "{}"),
}


@pytest.mark.parametrize("told", FAULTS)
def test_what_nobody_declared_is_told_with_its_place_and_a_remedy(told, little_book):
    FAULTS[told](little_book / "data")
    done = evidence("--book", little_book, "check")
    assert done.code == 1
    said = " ".join((done.printed + done.complained).replace("\n", " ").split())
    place, _, what = told.partition(": ")
    assert f"{place} {what}" in said or told in said
    assert "published" in said
    assert "root:" not in said and "TOKEN" not in said


def test_what_a_program_leaves_beside_an_open_file_is_let_be(little_book):
    for name in (".~lock.charts.csv#", ".DS_Store", ".charts.csv.swp"):
        (little_book / "data" / name).write_text("somebody,computer", encoding="utf-8")
    assert evidence("--book", little_book, "check").code == 0
    assert not [name for name in declared_files(little_book / "data") if name.name.startswith(".")]


def test_a_site_that_is_built_all_the_same_holds_none_of_it(little_book, tmp_path):
    """Without the gates, as an edition of other data is."""
    data = little_book / "data"
    (data / "secret.txt").symlink_to(SECRET)
    link_codebook(data)
    for name in (".env", "evil.html", "figures/notes.txt", "codebooks/.hidden.toml"):
        stray(name)(data)
    (little_book / "chapters" / ".env").write_text("TOKEN=1", encoding="utf-8")
    site = editions.build_site(little_book, tmp_path / "site")
    published = {path.relative_to(site).as_posix() for path in site.rglob("*")}
    for package in site.glob("*.zip"):
        published |= set(zipfile.ZipFile(package).namelist())
    assert len(published) > 100
    assert [name for name in published if not name.startswith("lib/") and any(part in name for part in LAID)] == []
    assert not [path for path in site.rglob("*") if path.is_symlink()]


def test_a_table_linked_to_a_device_without_end_is_not_read(little_book):
    (little_book / "data" / "figures" / "endless.csv").symlink_to("/dev/zero")
    done = evidence("--book", little_book, "check")
    assert done.code == 1
    assert "endless.csv" in done.printed


def test_a_pipe_that_nobody_fills_is_not_waited_for(little_book):
    os.mkfifo(little_book / "data" / "figures" / "waiting.csv")
    done = evidence("--book", little_book, "check")
    assert done.code == 1
    assert "waiting.csv" in done.printed
