"""Folders and files that commands make for others to read: put a test here when one is replaced, or must not be."""

import contextlib
import errno

import pytest
from faults import Moment, fail, killed_at

from evidence import editions
from evidence.errors import EditionError, WriteError
from evidence.writing import exchange, folders, lock, mark, replace_file, replacing, swap


def build(target, **pages):
    """Write a folder as a build of a site does."""
    with replacing(target) as beside:
        for name, text in pages.items():
            (beside / f"{name}.html").write_text(text)
        mark(beside, "a test")


def content(folder):
    return {path.relative_to(folder).as_posix(): path.read_text() for path in sorted(folder.rglob("*")) if path.is_file()}


def pages(folder):
    return {name: text for name, text in content(folder).items() if name != folders.MARK}


@pytest.fixture(params=["of the system", "by renaming"])
def by_renaming(request, monkeypatch):
    """Whether folders are exchanged by renaming, as where the system cannot."""
    if request.param == "by renaming":
        monkeypatch.setattr(exchange.ctypes, "CDLL", lambda *_a, **_k: object())
    return request.param == "by renaming"


@pytest.fixture
def site(tmp_path):
    build(tmp_path / "deep" / "site", index="old", dropped="old")
    return tmp_path / "deep" / "site"


def test_what_was_built_is_replaced_and_all_else_is_kept(site, by_renaming):
    (site / "CNAME").write_text("bread.example")
    (site / "notes").mkdir()
    (site / "empty").mkdir()
    (site / "notes" / "mine.txt").write_text("mine")
    (site / "link").symlink_to("notes")
    build(site, index="new")
    assert pages(site) == {"index.html": "new", "CNAME": "bread.example", "notes/mine.txt": "mine"}
    assert (site / "link").is_symlink() and (site / "empty").is_dir()
    assert list(site.parent.iterdir()) == [site]
    build(site, index="newer")
    assert pages(site)["notes/mine.txt"] == "mine"


def test_a_file_by_hand_of_the_name_of_one_that_is_made_is_not_replaced(site):
    (site / "more.html").write_text("mine")
    with pytest.raises(WriteError, match=r"more\.html: was not put there by evidence, and would be replaced\. Move it away"):
        build(site, index="new", more="new")
    assert pages(site) == {"index.html": "old", "dropped.html": "old", "more.html": "mine"}


def test_a_folder_of_somebody_else_is_refused(tmp_path, monkeypatch):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thesis.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    monkeypatch.chdir(tmp_path / "home")
    for target, said in (("home", "is the folder you are in"), ("", "or one above it"), ("file", "is a file")):
        with pytest.raises(WriteError, match=said):
            build(tmp_path / target, index="new")
    monkeypatch.chdir("/")
    with pytest.raises(WriteError, match=r"holds thesis\.txt, which no such command has put there"):
        build(tmp_path / "home", index="new")
    assert content(tmp_path) == {"home/thesis.txt": "mine", "file": "mine"}


def test_a_folder_that_only_a_host_knows_is_taken_and_its_files_are_kept(tmp_path):
    for name in ("CNAME", ".nojekyll", ".well-known/security.txt"):
        (tmp_path / "public" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "public" / name).write_text("theirs")
    build(tmp_path / "public", index="new")
    assert pages(tmp_path / "public") == {
        "CNAME": "theirs",
        ".nojekyll": "theirs",
        ".well-known/security.txt": "theirs",
        "index.html": "new",
    }


def test_a_folder_that_was_emptied_is_filled_again(tmp_path):
    out = tmp_path / "out"
    for _ in range(2):
        with replacing(out) as beside:
            (beside / "figures").mkdir()
            (beside / "figures" / "hillford.csv").write_text("id\n")
            mark(beside, "a test")
        made = content(out)
        (out / "figures" / "hillford.csv").unlink()
        (out / "empty").mkdir(exist_ok=True)
    assert set(made) == {folders.MARK, "figures/hillford.csv"} and (out / "empty").is_dir()


def test_a_link_to_a_folder_stays(site, tmp_path):
    (tmp_path / "link").symlink_to(site)
    build(tmp_path / "link", index="new")
    assert (tmp_path / "link").is_symlink() and pages(site) == {"index.html": "new"}


def test_one_process_at_a_time_replaces_a_folder(site, monkeypatch):
    monkeypatch.setattr(folders, "locked", lambda folder: lock.locked(folder, wait=0))
    with replacing(site) as beside:
        with pytest.raises(WriteError, match="is being written by another command"), replacing(site):
            pass
        mark(beside, "a test")
    assert content(site).keys() == {folders.MARK}


@pytest.mark.parametrize("there", [True, False], ids=["replaced", "made"])
def test_at_any_error_or_kill_the_old_or_the_new_is_there_whole(tmp_path, by_renaming, there):
    """And what is not ours in any case."""
    kept = {"CNAME": "bread.example"} if there else {}
    for number in (errno.EIO, errno.ENOSPC, errno.EROFS, 0):
        found, reached, step = [], True, 0
        while reached:
            step += 1
            site = tmp_path / f"{number}" / str(step) / "site"
            if there:
                build(site, index="old")
                (site / "CNAME").write_text("bread.example")
            site.parent.mkdir(parents=True, exist_ok=True)
            if number:
                moment = Moment(step, lambda number=number: fail(number))
                with contextlib.suppress(OSError):
                    build(site, index="new")
                reached = moment.reached
            else:
                reached = killed_at(step, lambda site=site: build(site, index="new"))
            state = pages(site) if site.exists() else {}
            found.append(state)
            between = [{}] * (by_renaming and not number)  # killed between two renamings: the next run gives it back
            assert state in ({"index.html": "old"} | kept if there else {}, {"index.html": "new"} | kept, *between), (number, step)
            build(site, index="new")
            assert pages(site) == {"index.html": "new"} | kept
            assert list(site.parent.iterdir()) == [site], (number, step)
        assert len(found) > 5


def test_what_came_into_a_folder_of_ours_by_other_hands_is_kept_when_it_is_swapped(tmp_path):
    for name, text in (("edition", "old"), ("beside", "new")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.html").write_text(text)
    (tmp_path / "edition" / "mine.txt").write_text("mine")
    swap(tmp_path / "beside", tmp_path / "edition")
    assert content(tmp_path) == {"edition/page.html": "new", "edition/mine.txt": "mine"}


def test_a_file_is_replaced_only_where_it_is_ours(tmp_path):
    (tmp_path / "book.pdf").write_bytes(b"%PDF-1.4 a thesis")
    with pytest.raises(WriteError, match="stands there already, and no such command has written it"):
        replace_file(tmp_path / "book.pdf", b"%PDF new", lambda held: b"ours" in held)
    with pytest.raises(WriteError, match="is a folder"):
        replace_file(tmp_path, b"%PDF new")
    for step in range(1, 5):  # opened, empty, put in its place, over
        moment = Moment(step, lambda: fail(errno.ENOSPC))
        try:
            replace_file(tmp_path / "book.pdf", b"%PDF new", lambda held: b"thesis" in held)
        except OSError:
            assert (tmp_path / "book.pdf").read_bytes() == b"%PDF-1.4 a thesis"
        assert moment.reached == (step < 4)
        assert list(tmp_path.iterdir()) == [tmp_path / "book.pdf"]
    assert (tmp_path / "book.pdf").read_bytes() == b"%PDF new"


def test_the_command_refuses_a_folder_before_it_begins(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(WriteError, match=r"holds thesis\.txt"):
        editions.claim_site(tmp_path, tmp_path)
    (tmp_path / "made.pdf").write_bytes(b"%PDF-1.4 a thesis")
    with pytest.raises(WriteError, match=r"made\.pdf: stands there already"):
        editions.claim_pdf(tmp_path / "book", tmp_path / "made.pdf")


def test_an_own_site_of_an_earlier_version_is_ours_without_a_mark(tmp_path):
    (tmp_path / "_build" / "html").mkdir(parents=True)
    (tmp_path / "_build" / "html" / "index.html").write_text("old")
    editions.claim_site(tmp_path, tmp_path / "_build" / "html")
    for other in ("", "editions"):
        (tmp_path / "_build" / "editions").mkdir(exist_ok=True)
        (tmp_path / "_build" / "editions" / "index.html").write_text("old")
        with pytest.raises(WriteError):
            editions.claim_site(tmp_path, tmp_path / "_build" / other)


@pytest.mark.parametrize("text", ["{}", "[", "[]", '{"edition": {}, "figures": [], "ranges": []}'])
def test_a_damaged_ledger_or_list_is_told(tmp_path, text):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "ledger.json").write_text(text)
    with pytest.raises(EditionError, match=r"site/ledger\.json: damaged: .* Build the site first"):
        editions.publish(tmp_path / "site", tmp_path / "public")
