"""The command line as an author meets it: put a test here when a command, an option or an exit code is added."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from command import evidence
from every import every

from evidence import cli, paths
from evidence.cli.console import print_refusal
from evidence.problems import Place, Problem

COMMANDS = (
    *("rename", "retire", "remove", "move", "merge"),
    "check",
    "audit",
    "countersign",
    "new",
    "format",
    "cite",
    "cited",
    "suggest",
    "read",
    "receipt",
    "record",
    "verify",
    "rerun",
    "accept",
    "build",
    "preview",
    "prove",
    "publish",
    "pdf",
    "refresh",
    "status",
    "ingest",
    "places",
)


@pytest.mark.parametrize(
    ("program", "words", "code", "printed", "complained"),
    [
        ([Path(sys.executable).with_name("evidence")], ["cite", "barriers", "staff"], 0, "[20%](figure:sme.barriers.staff-capacity)", ""),
        ([sys.executable, "-m", "evidence.cli"], ["cite", "unicorns"], 1, "", "No figure, claim or finding holds all of: unicorns"),
        ([sys.executable, "-m", "evidence.cli"], ["chekc"], 2, "", "No such command 'chekc'"),
    ],
)
def test_a_shell_gets_the_exit_code_and_each_text_where_it_belongs(program, words, code, printed, complained):
    """In processes of their own; all other tests run commands in theirs."""
    done = subprocess.run([*program, *words], capture_output=True, text=True, check=False, cwd=paths.ROOT)
    assert done.returncode == code
    assert (bool(done.stdout), bool(done.stderr)) == (bool(printed), bool(complained))
    assert printed in done.stdout
    assert complained in done.stderr


def test_help_names_every_command():
    code, text, _ = evidence("--help")
    assert code == 0
    assert sorted(re.findall(r"^  ([a-z]+) ", text.partition("Commands:")[2], re.MULTILINE)) == sorted(COMMANDS)


def test_the_commands_are_declared_without_what_only_running_them_needs():
    """So that help and wrong usage are told at once: pandas alone takes longer than all the rest."""
    ask = "import sys, evidence.cli; print(*sorted({'pandas', 'numpy', 'nbformat', 'altair', 'rich.progress'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"


@every("command", COMMANDS)
def test_help_of_a_command_explains_it_and_each_option(command):
    code, text, _ = evidence(command, "--help")
    options = [line for line in text.splitlines() if re.match(r"\s+--", line)]
    assert code == 0
    assert options
    assert len(text.partition("Options:")[0].split()) > 12


@pytest.mark.parametrize("arguments", [["chekc"], ["check", "--fast"], ["rerun", "--jobs", "many"], ["verify"], ["cite"]])
def test_wrong_usage_exits_with_two(arguments):
    assert evidence(*arguments)[0] == 2


def test_check_prints_the_counts_of_bound_allowed_and_unbound_numbers():
    code, text, _ = evidence("check")
    assert code == 0
    assert re.search(r"statements: \d{3,} numbers bound, \d+ allowed, 0 unbound", text)


def test_check_speaks_json_to_machines():
    code, text, _ = evidence("check", "coordination", "--format", "json")
    gates = {gate["gate"]: gate for gate in json.loads(text)}
    assert code == 0
    assert gates["statements"]["green"]
    assert gates["statements"]["looked_at"] > 50
    assert list(gates) == ["data library", "statements", "recorded statements", "countersigned", "form of the chapters"]


def test_check_of_an_unknown_chapter_names_those_there_are():
    code, text, _ = evidence("check", "coordinaton")
    assert code == 1
    assert "there is no such chapter." in text
    assert "There are architecture, audit, case-bradford-skillshouse" in text


def test_cite_prints_a_link_to_paste():
    code, text, _ = evidence("cite", "barriers", "staff")
    assert code == 0
    assert text.startswith("[20%](figure:sme.barriers.staff-capacity)")


def test_cite_that_finds_nothing_says_so():
    code, text, complaint = evidence("cite", "unicorns")
    assert (code, text) == (1, "")
    assert "No figure, claim or finding holds all of: unicorns" in complaint


def test_a_missing_folder_of_sources_is_no_success(tmp_path):
    code, _, complaint = evidence("verify", "--sources", str(tmp_path))
    assert code == 1
    assert "holds the text of no source" in complaint


def test_of_many_problems_the_first_are_told_and_the_others_counted_unless_all_are_asked_for(tmp_path):
    grid, row = tmp_path / "grid.csv", 'grid.csv, row {}, column chapter: there is no chapter "nowhere-{}" to run.'
    grid.write_text("\n".join(["chapter", *(f"nowhere-{number}" for number in range(2, 11))]) + "\n", encoding="utf-8")
    few, every_one = (evidence(*asked, "rerun", "--grid", grid).complained.splitlines() for asked in ((), ("--all-problems",)))
    assert [line[: len(row.format(9, 9))] for line in every_one[:8]] == [row.format(number, number) for number in range(2, 10)]
    assert (len(every_one), every_one[-1]) == (10, "Nothing was run.")
    assert few == [*every_one[:3], "6 more problems; put --all-problems after evidence to be told of them.", "Nothing was run."]


@pytest.mark.parametrize(("places", "told"), [([""] * 5, 5), (["a.csv"] * 6, 4), ([*["a.csv"] * 5, ""], 3)])
def test_five_lines_tell_why_a_command_ends(places, told, capsys):
    print_refusal([Problem(Place(file), f"number {number}.") for number, file in enumerate(places)])
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 5
    assert [f"number {number}." in line for number, line in enumerate(lines)] == [number < told for number in range(5)]


def test_a_fault_of_the_program_exits_with_three(monkeypatch, capsys):
    def broken():
        raise ZeroDivisionError

    monkeypatch.setattr("evidence.cli.command.app", broken)
    with pytest.raises(SystemExit) as exit_:
        cli.main()
    assert exit_.value.code == 3
    assert "fault of the program" in capsys.readouterr().err
