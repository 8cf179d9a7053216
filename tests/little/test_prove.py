"""Prove a published site: put a test here for a site that is proved though something in it was changed, or refused though nothing was."""

import hashlib
import json
import random
import re
import shutil
import zipfile
from contextlib import contextmanager
from dataclasses import replace
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from posixpath import normpath
from threading import Thread

import pytest
from command import evidence

from evidence import editions, paths
from evidence.editions import leaning
from evidence.editions.sceptic import Published, compared, expected, folder_site, site_proof
from evidence.ledger.archive import ENGINE, unzipped, zipped
from evidence.refresh.web import web_site
from evidence.writing import names


@pytest.fixture(scope="module")
def tree(little_site, tmp_path_factory):
    """A published tree with one edition of the little book, and the folder it was built into."""
    folder = tmp_path_factory.mktemp("published")
    shutil.copytree(little_site, folder / "built")
    editions.publish(folder / "built", folder / "tree")
    return folder


def test_a_published_site_is_proved_from_what_it_publishes_beside_itself(tree, tmp_path):
    """Outside of any book, by a command that knows nothing but the site."""
    register = shutil.copy2(tree / "tree" / "proofs.json", tmp_path / "proofs.json")
    done = evidence("prove", tree / "tree", "--enter", register, "--by", "A. Sceptic", folder=tmp_path)
    assert done.code == 0, done.printed + done.complained
    assert done.printed.endswith("byte for byte, what its sources give; proved.\n")
    (entry,) = json.loads((tmp_path / "proofs.json").read_bytes())
    assert (entry["edition"], entry["by"]) == (json.loads((tree / "built" / "ledger.json").read_bytes())["edition"]["name"], "A. Sceptic")
    shutil.copytree(tree / "tree", tmp_path / "registered")
    shutil.copy2(tmp_path / "proofs.json", tmp_path / "registered")
    assert judged(folder_site(tmp_path / "registered"), tree / "built").problems == []
    (tmp_path / "registered" / "proofs.json").write_text(json.dumps([entry | {"digest": "0" * 64}]), encoding="utf-8")
    (problem,) = judged(folder_site(tmp_path / "registered"), tree / "built").problems
    assert str(problem).startswith("proofs.json: says that A. Sceptic has proved another site of this edition.")


@pytest.fixture
def rebuilt(monkeypatch):
    """Let what is built again be one of some sites, that which was built of the same sources and told the same; given these sites."""

    def known(*sites):
        def rebuild(files, told, _folder, _pdf):
            return next(site for site in sites if (files, told) == built_of(site))

        monkeypatch.setattr(site_proof, "rebuild", rebuild)

    return known


def built_of(site):
    """Return the sources that a built site was built of, and what its build was told."""
    about = json.loads((site / "sources.json").read_bytes())
    return unzipped((site / about["archive"]).read_bytes(), about["archive"]), about["built"]


@pytest.mark.slow
def test_a_site_on_the_web_is_proved_file_by_file_and_against_the_book_at_hand(recorded, tree, rebuilt, tmp_path):
    shutil.copytree(tree / "tree", tmp_path / "live")
    page = tmp_path / "live" / "chapters" / "who-bakes.html"
    page.write_bytes(page.read_bytes().replace(b"</article>", b"<p>Nobody bakes.</p></article>"))
    next((tmp_path / "live").glob("*-sources.zip")).write_bytes(b"not read")
    rebuilt(tree / "built")
    with served(tmp_path / "live") as address:
        done = evidence("prove", f"{address}/", "--sources", recorded, folder=tmp_path)
    assert done.code == 1
    assert "differs chapters/who-bakes.html" in done.printed
    assert "Nobody bakes." in done.printed
    assert "-sources.zip" in done.printed
    assert "not proved, 2 differences." in done.printed


@pytest.fixture
def reader(tree):
    """The site as it is read by name, to be changed by tests on its way."""
    site = folder_site(tree / "tree")
    kept = {name: site.read(name) for name in site.listed}
    return Published(kept.get, site.listed), kept


def altered(content, chance):
    changed = bytearray(content)
    changed[chance.randrange(len(changed))] ^= chance.randrange(1, 256)
    return bytes(changed)


def judged(site, built):
    return compared(site, expected(site, built))


def not_named(reader, judge, times, at_once=1):
    """Return the files in which a byte was changed, in so many files at once, without its being named, or that were named without a change."""
    site, kept = reader
    chance, missed = random.Random(times), []
    for _ in range(times // at_once):
        changed = {name: altered(kept[name], chance) for name in chance.sample(sorted(kept), at_once)}
        found = judge(replace(site, read=lambda asked, changed=changed: changed.get(asked, kept.get(asked))))
        named = [problem.place.file for problem in found.problems]
        missed += sorted(changed.keys() ^ set(named)) or [name for name in changed if named.count(name) > 1]
    return missed


def test_each_byte_that_is_changed_is_named_by_its_file(reader, tree):
    assert not_named(reader, lambda site: judged(site, tree / "built"), 4) == []


@pytest.mark.slow
def test_each_of_a_thousand_bytes_that_are_changed_is_named(reader, tree):
    """Of twenty files at once: each file is held by itself against what it must be."""
    given = expected(reader[0], tree / "built")
    assert not_named(reader, lambda site: compared(site, given), 1000, at_once=20) == []


def test_a_thousand_changes_at_once_are_named_as_a_thousand(reader, tree):
    """In places far enough apart to be told apart, in text and pictures."""
    site, kept = reader
    names = sorted(name for name in kept if name.startswith(("chapters/", "_static/", "data/", "charts/")) and len(kept[name]) > 2000)
    changed = {name: bytearray(kept[name]) for name in names}
    for number in range(1000):
        name = names[number % len(names)]
        changed[name][50 + 40 * (number // len(names))] ^= 1
    found = judged(replace(site, read=lambda name: bytes(changed[name]) if name in changed else kept.get(name)), tree / "built")
    assert len(found.problems) == 1000


def test_what_is_added_taken_away_or_listed_wrongly_is_named(tree, tmp_path):
    shutil.copytree(tree / "tree", tmp_path / "tree")
    (tmp_path / "tree" / "chapters" / "95.html").write_text("95% of firms agree.", encoding="utf-8")
    (tmp_path / "tree" / "CNAME").write_text("report.example\n", encoding="utf-8")
    (tmp_path / "tree" / "figures.csv").unlink()
    (tmp_path / "tree" / "editions.json").write_text("[]\n", encoding="utf-8")
    told = sorted(str(problem) for problem in judged(folder_site(tmp_path / "tree"), tree / "built").problems)
    assert [line.partition(":")[0] for line in told] == ["chapters/95.html", "editions.json", "figures.csv"]
    assert "is published, and its sources do not give it" in told[0]
    assert "is not published, and its sources give it" in told[2]


@pytest.fixture(scope="module")
def leaning_tree(recorded, tree, tmp_path_factory):
    """A published tree of three editions, where most pages of the later two lean on the first, one of them with an entry of its own; and the folder that each was built into, by name."""
    folder = tmp_path_factory.mktemp("leaning")
    shutil.copytree(tree / "built", folder / "first")
    book = shutil.copytree(recorded, folder / "book")
    for name, words in (("second", "It is read by bakers."), ("third", "It is read by millers.")):
        page, figures = book / "chapters" / "index.md", book / "data" / "figures" / "hillford.csv"
        page.write_text(f"{page.read_text(encoding='utf-8')}\n{words}\n", encoding="utf-8")
        figures.write_text(
            re.sub(r"(?m)^(bread\.respondents,.*,).*$", rf"\1{words}", figures.read_text(encoding="utf-8")), encoding="utf-8"
        )
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(paths.VARIABLE, str(book))
            editions.build_site(book, folder / name)
    for name in ("first", "second", "third"):
        leave_out_the_engine(folder / name)
        listed = editions.publish(folder / name, folder / "tree")
    return folder / "tree", {edition["name"]: folder / name for edition, name in zip(listed, ("first", "second", "third"), strict=True)}


def leave_out_the_engine(site):
    """Take the engine out of the archive of a built site: hundreds of files, with which nothing else is done than with the other sources."""
    file = site / "sources.json"
    about, (files, _) = json.loads(file.read_bytes()), built_of(site)
    kept = {name: content for name, content in files.items() if not name.startswith(ENGINE)}
    (site / about["archive"]).write_bytes(archive := zipped(kept))
    about |= {"sha256": hashlib.sha256(archive).hexdigest(), "files": {name: about["files"][name] for name in kept}}
    file.write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


@contextmanager
def served(folder):
    """Serve a folder on this machine, and yield its address."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *given: Quiet(*given, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


LEANING = "chapters/who-bakes.html"
"""A page of which all editions say the same."""
ENTRIES, OWN, SHARED = "chapters/ledger-hillford.html", b'id="bread.respondents"', b'id="bread.local.hillford"'
"""A page in which each edition says something of its own of one entry, that entry, and another."""


def named_of_each(site_at, built):
    """Return which files are named as different of each edition at its own address, in their order, and then of the newest at the root."""
    whole = site_at("")
    proofs = [
        compared(site, expected(site, folder, whole)) for site, folder in ((site_at(f"editions/{name}/"), built[name]) for name in built)
    ]
    proofs.append(judged(whole, list(built.values())[-1]))
    return [{problem.place.file for problem in proof.problems} for proof in proofs]


def unlisted(folder):
    """Return how the site at a place of a published tree is read where nobody can list its files, as on the web."""
    read = folder_site(folder).read
    return lambda place: Published(lambda name: read(normpath(f"{place}{name}")))


@pytest.mark.slow
def test_editions_that_lean_are_proved_on_the_web(leaning_tree, rebuilt, tmp_path):
    tree, built = leaning_tree
    first, *later = (folder_site(tree / "editions" / name) for name in built)
    assert leaning.leans_on(LEANING, first.read(LEANING).decode()) == ""
    assert {leaning.leans_on(LEANING, site.read(LEANING).decode()) for site in later} == {next(iter(built))}
    rebuilt(*built.values())
    with served(tree) as address:
        assert named_of_each(lambda place: Published(web_site(f"{address}/{place}")), built) == [set()] * 4
        done = evidence("prove", f"{address}/editions/{list(built)[-1]}/", folder=tmp_path)
    assert done.code == 0 and done.printed.endswith("what its sources give; proved.\n"), done.printed


@pytest.mark.slow
def test_an_older_edition_is_proved_with_what_its_pages_tell_of_the_newer(leaning_tree, rebuilt, tmp_path):
    tree, built = leaning_tree
    first, second, third = built
    rebuilt(*built.values())
    done = evidence("prove", tree / "editions" / first, folder=tmp_path)
    assert done.code == 0, done.printed
    assert f"Edition {first}" in done.printed
    newest = judged(folder_site(tree), built[third])
    assert (newest.problems, newest.edition) == ([], third)
    assert [note for note in newest.notes if second in note]
    assert leans(tree / "editions" / second, LEANING) and leans(tree / "editions" / second, "search.html")
    assert not leans(tree / "editions" / second, "chapters/index.html")


@pytest.mark.slow
@pytest.mark.parametrize("part", [b"<article", b"<title>", b'"evidence-cards"', b"<footer"])
def test_a_byte_changed_on_which_editions_lean_is_named_of_each_of_them(leaning_tree, tmp_path, part):
    tree, built = leaning_tree
    base = shutil.copytree(tree, tmp_path / "tree") / "editions" / next(iter(built)) / LEANING
    content = bytearray(base.read_bytes())
    content[content.index(part) + len(part) + 20] ^= 1
    base.write_bytes(content)
    *own, newest = named_of_each(unlisted(tmp_path / "tree"), built)
    assert own == [{LEANING}] * 3
    assert newest == {f"editions/{list(built)[-1]}/{LEANING}"}


@pytest.mark.slow
@pytest.mark.parametrize(("edition", "part", "named"), [(0, SHARED, [0, 1, 2]), (0, OWN, [0]), (2, OWN, [2])])
def test_a_byte_changed_in_an_entry_is_named_of_each_edition_that_has_it(leaning_tree, tmp_path, edition, part, named):
    tree, built = leaning_tree
    assert leans(tree / "editions" / list(built)[2], ENTRIES)
    page = shutil.copytree(tree, tmp_path / "tree") / "editions" / list(built)[edition] / ENTRIES
    content = bytearray(page.read_bytes())
    content[content.index(b"Safe to repeat", content.index(part)) + 3] ^= 1
    page.write_bytes(content)
    *own, newest = named_of_each(unlisted(tmp_path / "tree"), built)
    assert own == [{ENTRIES} if place in named else set() for place in range(3)]
    assert newest == ({f"editions/{list(built)[-1]}/{ENTRIES}"} if 2 in named else set())


@pytest.mark.slow
@pytest.mark.parametrize("name", ["kept.json", "sources.json"])
def test_a_list_that_was_changed_on_which_editions_lean_is_named(leaning_tree, tmp_path, name):
    tree, built = leaning_tree
    assert [leans(tree / "editions" / edition, name) for edition in built] == [False, True, True]
    base = shutil.copytree(tree, tmp_path / "tree") / "editions" / next(iter(built)) / name
    base.write_text(re.sub(r"([0-9a-f]{12})0", r"\g<1>1", base.read_text(encoding="utf-8")), encoding="utf-8")
    *own, newest = named_of_each(unlisted(tmp_path / "tree"), built)
    assert all(name in told for told in own)
    assert f"editions/{list(built)[-1]}/{name}" in newest


@pytest.mark.slow
def test_editions_that_lean_on_one_that_is_gone_are_not_proved(leaning_tree, tmp_path):
    tree, built = leaning_tree
    first, second, third = built
    shutil.rmtree(shutil.copytree(tree, tmp_path / "tree") / "editions" / first)
    missing = {name for name in names(tree / "editions" / first) if (tree / "editions" / third / name).is_file()}
    own = [{name for name in missing if leans(tree / "editions" / edition, name)} for edition in (second, third)]
    found = named_of_each(unlisted(tmp_path / "tree"), {second: built[second], third: built[third]})
    assert all(LEANING in pages and "search.html" in pages for pages in own)
    assert [own[0] <= found[0], own[1] <= found[1]] == [True, True]
    assert {f"editions/{third}/{name}" for name in own[1]} | {"editions.json"} <= found[2]


def leans(folder, name):
    return leaning.leans_on(name, (folder / name).read_bytes().decode("utf-8", "replace")) != ""


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("sources.json", lambda _: b"{", "sources.json: damaged: "),
        ("sources.json", lambda content: content.replace(b'"site_url"', b'"site\\nurl"'), "sources.json: damaged: "),
        ("sources.json", lambda _: b"[" * 100_000, "sources.json: damaged: "),
        ("sources.json", None, "sources.json: is not published"),
        ("{archive}", lambda content: content[:-40], "-sources.zip: its sha256 is "),
        ("{archive}", None, "-sources.zip: is not published."),
    ],
)
def test_sources_that_were_damaged_are_told_in_a_line(name, change, said, tree, tmp_path):
    site = tmp_path / "site"
    shutil.copytree(tree / "built", site)
    file = site / name.format(archive=next(site.glob("*-sources.zip")).name)
    content = file.read_bytes()
    file.unlink()
    if change:
        file.write_bytes(change(content))
    done = evidence("prove", site, folder=tmp_path)
    assert (done.code, done.printed) == (1, "")
    assert said in done.complained
    assert done.complained.count("\n") == 1


@pytest.mark.parametrize("name", ["../escaped.txt", "/tmp/escaped.txt", "a\\..\\b", "C:x"])
def test_an_archive_with_a_name_that_leads_out_of_it_is_refused(name, tree, tmp_path):
    with zipfile.ZipFile(tmp_path / "hostile.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), "x")
    done = evidence("prove", tree / "built", "--sources", tmp_path / "hostile.zip", folder=tmp_path)
    assert done.code == 1
    assert "hostile.zip: damaged: it holds" in done.complained
    assert sorted(path.name for path in tmp_path.iterdir()) == ["hostile.zip"]


def test_another_number_is_named_by_its_page_and_record(reader, tree):
    site, kept = reader
    name = next(name for name in sorted(kept) if name.startswith("chapters/") and b'data-evidence="figure ' in kept[name])
    record = kept[name].partition(b'data-evidence="figure ')[2]
    identifier, shown = record.partition(b'"')[0], record.partition(b">")[2].partition(b"<")[0]
    changed = kept[name].replace(b">" + shown + b"</a>", b">95%</a>", 1)
    (problem,) = judged(replace(site, read=lambda asked: changed if asked == name else kept.get(asked)), tree / "built").problems
    assert str(problem).startswith(f"{name} ({identifier.decode()}), line ")
    assert "95%" in str(problem)


def test_wrong_usage_is_told(tree, tmp_path):
    assert evidence("prove", tmp_path / "nowhere", folder=tmp_path).complained.startswith(str(tmp_path / "nowhere"))
    assert evidence("prove", tree / "built", "--by", "A. Sceptic", folder=tmp_path).code == 2
    assert paths.VARIABLE not in evidence("prove", "--help").printed
