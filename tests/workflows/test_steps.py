"""The steps of the workflows, run here with a stand-in for the server: put a test here when a script of .ci must do or refuse something."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
import yaml

from evidence import paths

GH = """#!/usr/bin/env bash
# Stands in for the client of the server: writes down what it was asked, hands out artifacts and answers.
printf '%s\\n' "$*" >>"$GH_LOG"
case "$1 $2" in
  "run download")
    [ -d "$GH_ARTIFACT" ] || exit 1
    while [ "$1" != --dir ]; do shift; done
    cp -r "$GH_ARTIFACT/." "$2" ;;
  "pr list") echo "$GH_NUMBER" ;;
  "pr comment" | "pr create" | "pr edit") while [ "$1" != --body-file ]; do shift; done; cp "$2" "$GH_LOG.body" ;;
  "api repos/"*) echo "$GH_COMMENT" ;;
  "api --method") body=${*: -2:1}; cp "${body#body=@}" "$GH_LOG.body" ;;
esac
"""


@pytest.fixture
def server(tmp_path):
    """Environment of a step: the stand-in on the path, its log, and what it hands out."""
    stand_in = tmp_path / "bin" / "gh"
    stand_in.parent.mkdir()
    stand_in.write_text(GH, encoding="utf-8")
    stand_in.chmod(0o755)
    (tmp_path / "artifact").mkdir()
    told = {"GH_LOG": "gh.log", "GH_ARTIFACT": "artifact"}
    return {
        **os.environ,
        **{name: str(tmp_path / value) for name, value in told.items()},
        "PATH": os.pathsep.join([str(stand_in.parent), os.environ["PATH"]]),
        "GH_NUMBER": "7",
        "GH_COMMENT": "",
        "GITHUB_REPOSITORY": "made/together",
        "HOME": str(tmp_path),
        "GIT_CONFIG_GLOBAL": os.devnull,
    }


def run(script, *arguments, cwd, environment):
    command = [paths.ROOT / ".ci" / script, *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def git(folder, *arguments):
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@made-together.example"]
    return subprocess.run(["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


def log(server):
    return Path(server["GH_LOG"]).read_text(encoding="utf-8")


def body(server):
    return Path(server["GH_LOG"] + ".body").read_text(encoding="utf-8")


@pytest.fixture
def origin(tmp_path):
    """A repository with one file, cloned from a bare one beside it."""
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "origin.git")
    git(tmp_path, "clone", "--quiet", "origin.git", "clone")
    clone = tmp_path / "clone"
    (clone / "data.txt").write_text("old\n", encoding="utf-8")
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--message", "Begin")
    git(clone, "push", "--quiet", "origin", "HEAD:main")
    return clone


def test_a_change_report_is_commented_on_the_pull_request_of_its_commit(server, tmp_path):
    (tmp_path / "artifact" / "change-report.md").write_text("1 figure changed. @everyone <!-- change report -->\n", encoding="utf-8")
    assert run("comment", 12, "abc", cwd=tmp_path, environment=server).returncode == 0
    assert 'select(.headRefOid == "abc")' in log(server)
    assert "pr comment 7 --repo made/together" in log(server)
    assert body(server) == "<!-- change report -->\n1 figure changed. @\u200beveryone &lt;!-- change report -->\n"


def test_a_later_report_takes_the_place_of_the_earlier(server, tmp_path):
    (tmp_path / "artifact" / "change-report.md").write_text("Nothing changed.\n", encoding="utf-8")
    assert run("comment", 12, "abc", cwd=tmp_path, environment={**server, "GH_COMMENT": "55"}).returncode == 0
    assert "api --method PATCH repos/made/together/issues/comments/55" in log(server)
    assert "pr comment" not in log(server)
    assert "Nothing changed." in body(server)


def test_nothing_is_commented_without_a_report_or_a_pull_request(server, tmp_path):
    (tmp_path / "artifact" / "change-report.md").write_text("x\n", encoding="utf-8")
    assert run("comment", 12, "abc", cwd=tmp_path, environment={**server, "GH_NUMBER": ""}).returncode == 0
    assert run("comment", 12, "abc", cwd=tmp_path, environment={**server, "GH_ARTIFACT": "/nowhere"}).returncode == 0
    assert "pr comment" not in log(server)


def pack(tmp_path, **files):
    """Put a tree into the artifact as the action for Pages packs it."""
    with tarfile.open(tmp_path / "artifact" / "artifact.tar", "w") as archive:
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
            archive.add(tmp_path / name, arcname=name.replace("__", "."))


def test_editions_are_kept_one_after_the_other_and_given_back(server, origin, tmp_path):
    published = tmp_path / "published"
    assert run("earlier", published, cwd=origin, environment=server).returncode == 0
    assert list(published.iterdir()) == []

    pack(tmp_path, editions__json='["first"]', index__html="first")
    assert run("keep", 12, cwd=origin, environment=server).returncode == 0
    pack(tmp_path, editions__json='["first", "second"]', index__html="second")
    done = run("keep", 13, cwd=origin, environment=server)
    assert done.returncode == 0, done.stderr

    assert run("earlier", published, cwd=origin, environment=server).returncode == 0
    assert {path.name: path.read_text(encoding="utf-8") for path in published.iterdir()} == {
        "editions.json": '["first", "second"]',
        "index.html": "second",
    }
    assert git(tmp_path / "origin.git", "log", "--format=%s", "editions").splitlines() == ["Publish an edition", "Publish an edition"]
    assert git(origin, "worktree", "list").count("\n") == 0


def test_what_is_no_published_tree_is_not_kept(server, origin, tmp_path):
    pack(tmp_path, index__html="first")
    assert run("keep", 12, cwd=origin, environment=server).returncode != 0
    assert git(origin, "ls-remote", "--heads", "origin", "editions") == ""


def test_without_an_answer_of_the_server_the_earlier_editions_are_not_taken_for_none(server, origin, tmp_path):
    git(origin, "remote", "set-url", "origin", str(tmp_path / "nowhere.git"))
    assert run("earlier", tmp_path / "published", cwd=origin, environment=server).returncode not in (0, 2)


def test_a_proposal_becomes_a_branch_a_pull_request_and_a_check(server, origin, tmp_path):
    (origin / "data.txt").write_text("new\n", encoding="utf-8")
    git(origin, "add", "--all")
    patch = subprocess.run(["git", "diff", "--cached", "--binary"], cwd=origin, capture_output=True, check=True).stdout
    (tmp_path / "artifact" / "change.patch").write_bytes(patch)
    (tmp_path / "artifact" / "report.md").write_text("1 figure changed.\n", encoding="utf-8")
    git(origin, "reset", "--quiet", "--hard")
    done = run("propose", 12, cwd=origin, environment={**server, "GH_NUMBER": ""})
    assert done.returncode == 0, done.stderr
    git(origin, "fetch", "--quiet", "origin", "refresh")
    assert git(origin, "show", "FETCH_HEAD:data.txt") == "new"
    assert "pr create --repo made/together --head refresh --base main" in log(server)
    assert "workflow run check.yml --repo made/together --ref refresh" in log(server)
    assert body(server).startswith("1 figure changed.\n")


EVIDENCE = """#!/usr/bin/env bash
# Stands in for the command: a producer has something newer, and the book takes it in.
echo "$*" >>calls
case $1 in
  refresh) [ -z "$NEWER" ] && exit "$ASKED"; mkdir -p _build/refresh/overlay/figures; echo x >_build/refresh/overlay/figures/a.csv; exit "$ASKED" ;;
  rerun) mkdir -p _build/refresh/editions/latest; echo "1 figure changed." >_build/refresh/editions/latest/changes.md; exit 1 ;;
  accept) echo new >data/a.csv; exit 0 ;;
esac
"""


@pytest.fixture
def book(tmp_path):
    """A repository with the script, a stand-in for the command, and one file of data."""
    folder = tmp_path / "book"
    for name in (".ci", "data", "chapters", ".venv/bin"):
        (folder / name).mkdir(parents=True)
    shutil.copy2(paths.ROOT / ".ci" / "refresh", folder / ".ci")
    (folder / ".venv" / "bin" / "evidence").write_text(EVIDENCE, encoding="utf-8")
    (folder / ".venv" / "bin" / "evidence").chmod(0o755)
    (folder / "data" / "a.csv").write_text("old\n", encoding="utf-8")
    (folder / "chapters" / "one.md").write_text("One.\n", encoding="utf-8")
    git(folder, "init", "--quiet")
    git(folder, "add", "data", "chapters")
    git(folder, "commit", "--quiet", "--message", "Begin")
    return folder


@pytest.mark.parametrize(
    ("newer", "asked", "code", "moved"), [("", 0, 0, "false"), ("yes", 1, 0, "true"), ("yes", 3, 3, "true"), ("", 3, 3, "false")]
)
def test_what_moved_is_run_taken_in_and_reported(server, book, tmp_path, newer, asked, code, moved):
    environment = {**server, "NEWER": newer, "ASKED": str(asked), "GITHUB_OUTPUT": str(tmp_path / "output")}
    done = subprocess.run([book / ".ci" / "refresh", "_build/proposal"], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    assert (tmp_path / "output").read_text(encoding="utf-8") == f"moved={moved}\n"
    proposal = {path.name for path in (book / "_build" / "proposal").iterdir()}
    assert proposal == ({"report.md", "change.patch"} if moved == "true" else set())
    if moved == "true":
        assert "+new" in (book / "_build" / "proposal" / "change.patch").read_text(encoding="utf-8")
        assert (book / "_build" / "proposal" / "report.md").read_text(encoding="utf-8") == "1 figure changed.\n"


@pytest.mark.slow
def test_the_change_report_says_what_the_earlier_book_makes_of_the_data(server, tmp_path):
    folder = tmp_path / "whole"
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", ".ipynb_checkpoints")
    for name in (".ci", "chapters", "data", "lib"):
        shutil.copytree(paths.ROOT / name, folder / name, ignore=ignored)
    for name in ("_config.yml", "_toc.yml", "CITATION.cff", "LICENSE", "requirements.txt"):
        shutil.copy2(paths.ROOT / name, folder / name)
    (folder / ".venv").symlink_to(Path(sys.executable).parent.parent)
    (folder / ".gitignore").write_text(".venv\n_build/\n", encoding="utf-8")
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Begin")

    figures = folder / "data" / "figures" / "demos.csv"
    rows = figures.read_text(encoding="utf-8").splitlines(keepends=True)
    changed = [row.replace("430", "530") if row.startswith("case.catch.apprentices,") else row for row in rows]
    assert changed != rows
    figures.write_text("".join(changed), encoding="utf-8")
    environment = {name: value for name, value in server.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [folder / ".ci" / "report", "HEAD", "_build/report.md"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    report = (folder / "_build" / "report.md").read_text(encoding="utf-8")
    assert "`case.catch.apprentices`: 430 → 530" in report
    assert 'chapters/case-catch.ipynb, cell 1, line 4: "CATCH, as it is called, has taken on 430 apprentices' in report
    assert "(no longer holds)" in report
    assert git(folder, "worktree", "list").count("\n") == 0


SITE = ("index.html", "book.json", "ledger.json", "ledger.schema.json", "made-together-data.zip", "made-together.pdf")


@pytest.fixture
def built(tmp_path):
    """A repository with a built site, as far as the archive looks at it."""
    folder = tmp_path / "built"
    (folder / "_build" / "html").mkdir(parents=True)
    (folder / ".ci").mkdir()
    shutil.copy2(paths.ROOT / ".ci" / "archive", folder / ".ci")
    for name in ("CITATION.cff", ".zenodo.json"):
        shutil.copy2(paths.ROOT / name, folder)
    for name in SITE:
        (folder / "_build" / "html" / name).write_text(name, encoding="utf-8")
    say_address(folder, "https://report.org/made/")
    return folder


def say_address(folder, address):
    """Let a built site say where it stands, as a build does."""
    told = {
        "address": address,
        "authors": ["Ada"],
        "edition": {"date": "2026-11-21", "name": "2026-11-21-abc"},
        "licence": "",
        "title": "A",
    }
    (folder / "_build" / "html" / "book.json").write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def archive(built, tag):
    return subprocess.run([built / ".ci" / "archive", tag, "_build/release"], cwd=built, capture_output=True, text=True, check=False)


def test_a_release_holds_site_ledger_data_and_metadata_with_their_checksums(built, server, tmp_path):
    version = yaml.safe_load(paths.citation_file().read_text(encoding="utf-8"))["version"]
    assert archive(built, f"v{version}").returncode == 0
    release = built / "_build" / "release"
    name = f"made-together-{version}"
    files = {f"{name}-{end}" for end in ("site.tar.gz", "ledger.json", "ledger.schema.json", "data.zip")}
    files |= {f"{name}.pdf", "zenodo.json", "CITATION.cff"}
    assert {path.name for path in release.iterdir()} == files | {"SHA256SUMS"}
    sums = dict(reversed(line.split("  ")) for line in (release / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    assert sums == {file: hashlib.sha256((release / file).read_bytes()).hexdigest() for file in files}
    with tarfile.open(release / f"{name}-site.tar.gz") as packed:
        assert {member.name for member in packed if member.isfile()} == {f"{name}-site/{file}" for file in SITE}

    for file in (built / "_build" / "html").iterdir():
        os.utime(file, (1, 1))
    assert archive(built, f"v{version}").returncode == 0
    assert dict(reversed(line.split("  ")) for line in (release / "SHA256SUMS").read_text(encoding="utf-8").splitlines()) == sums

    shutil.copytree(release, tmp_path / "artifact", dirs_exist_ok=True)
    assert run("release", f"v{version}", 12, cwd=tmp_path, environment=server).returncode == 0
    assert f"release create v{version} --repo made/together --verify-tag" in log(server)
    (tmp_path / "artifact" / "CITATION.cff").write_text("other", encoding="utf-8")
    assert run("release", f"v{version}", 12, cwd=tmp_path, environment=server).returncode != 0
    assert log(server).count("release create") == 1


def test_a_released_citation_leads_to_the_edition_that_is_archived(built):
    version = yaml.safe_load(paths.citation_file().read_text(encoding="utf-8"))["version"]
    assert archive(built, f"v{version}").returncode == 0
    cited = yaml.safe_load((built / "_build" / "release" / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["url"] == "https://report.org/made/editions/2026-11-21-abc/"
    assert cited | {"url": ""} == yaml.safe_load(paths.citation_file().read_text(encoding="utf-8")) | {"url": ""}


@pytest.mark.parametrize("address", ["https://made-together.example/", "https://made-together.example/report/", ""])
def test_a_site_that_was_built_for_the_address_of_nobody_is_not_archived(built, address):
    say_address(built, address)
    version = yaml.safe_load(paths.citation_file().read_text(encoding="utf-8"))["version"]
    done = archive(built, f"v{version}")
    assert done.returncode == 1
    assert "EVIDENCE_SITE_URL" in done.stderr
    assert not (built / "_build" / "release").exists()


def test_a_tag_that_is_not_the_version_is_refused(built):
    done = archive(built, "v9.9.9")
    assert done.returncode == 1
    assert "expected v" in done.stderr


def test_a_site_without_its_pdf_is_not_archived(built):
    (built / "_build" / "html" / "made-together.pdf").unlink()
    version = yaml.safe_load(paths.citation_file().read_text(encoding="utf-8"))["version"]
    done = archive(built, f"v{version}")
    assert done.returncode == 1
    assert "evidence build --pdf" in done.stderr


@pytest.mark.parametrize(("codes", "ends", "asked"), [("0", 0, 1), ("1 0", 0, 2), ("1 1 1", 1, 3), ("2", 2, 1)])
def test_what_is_live_is_asked_again_until_it_is_what_was_deployed(codes, ends, asked, tmp_path):
    (tmp_path / ".ci").mkdir()
    shutil.copy2(paths.ROOT / ".ci" / "live", tmp_path / ".ci")
    program = tmp_path / ".venv" / "bin" / "evidence"
    program.parent.mkdir(parents=True)
    (tmp_path / "codes").write_text("\n".join(codes.split()) + "\n", encoding="utf-8")
    program.write_text('#!/usr/bin/env bash\necho "$*" >>asked\ncode=$(head -n 1 codes)\nsed -i 1d codes\nexit "$code"\n', encoding="utf-8")
    program.chmod(0o755)
    environment = {**os.environ, "EVIDENCE_SITE_URL": "https://report.example/", "LIVE_PAUSES": "0 0"}
    done = subprocess.run([tmp_path / ".ci" / "live"], env=environment, check=False)
    assert done.returncode == ends
    assert (tmp_path / "asked").read_text(encoding="utf-8").splitlines() == ["prove https://report.example/"] * asked


def test_without_an_address_nothing_is_proved_and_the_setting_is_named():
    environment = {name: text for name, text in os.environ.items() if name != "EVIDENCE_SITE_URL"}
    done = subprocess.run([paths.ROOT / ".ci" / "live"], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, "set the variable SITE_URL" in done.stderr) == (2, True)
