"""`evidence refresh` and `evidence status` as a steward meets them: put a test here when an option or an exit code is added."""

import json
import random
import subprocess
import sys

import command
import pytest
from faults import Output
from stage import HULL, NEXT, contents, line, table
from typer.testing import CliRunner

from evidence import cli, paths


def evidence(*arguments):
    """Run the command in this process and return its exit code and what it printed; known errors and faults are `main`'s affair."""
    done = CliRunner().invoke(cli.app, list(map(str, arguments)))
    return done.exit_code, done.stdout


def test_the_command_is_there_from_the_shell(world):
    command = ["refresh", "--data", world.data, "--store", world.store, "--into", world.into]
    done = subprocess.run(
        [sys.executable, "-m", "evidence.cli", *map(str, command)], capture_output=True, text=True, check=False, cwd=paths.ROOT, timeout=60
    )
    assert (done.returncode, (world.into / "figures" / "ons-ashe.csv").exists()) == (1, True)


def test_refresh_writes_candidates_and_says_what_to_do_with_them(world):
    before = contents(world.data)
    code, text = evidence("refresh", "--data", world.data, "--store", world.store, "--into", world.into)
    assert code == 1
    assert "ons-ashe: released 2026-10-22, the library has 2025-10-23; 3 candidates, 0 unchanged, 0 withheld" in text
    assert "official.pay.median.bradford: £559.9 per week (April 2025) -> £581.2 per week (April 2026)" in text
    assert "look: £1,024.6 per week is 1.6 times £642.5 per week, more than a factor of 1.25" in text
    assert f"evidence rerun --data {world.into}" in text
    assert contents(world.data) == before


def test_refresh_with_nothing_newer_is_clean(world, producer):
    producer.release("2025-10-23")
    code, text = evidence("refresh", "ons-ashe", "--data", world.data, "--store", world.store, "--into", world.into)
    assert (code, world.into.exists()) == (0, False)
    assert "ons-ashe: nothing newer than 2025-10-23" in text


def test_refresh_speaks_json_and_tells_of_a_failed_producer_by_its_exit_code(world, producer):
    producer.give("/pay.csv", table().replace(b"Observation,", b"Value,"))
    code, text = evidence("refresh", "--data", world.data, "--store", world.store, "--into", world.into, "--format", "json")
    (told,) = json.loads(text)
    assert code == 3
    assert (told["source"], told["state"], told["candidates"]) == ("ons-ashe", "failed", [])
    assert 'the column "Observation" is missing' in told["problem"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["refresh", "demos"],
        ["refresh", "--into", "data"],
        ["refresh", "--quick"],
        ["status", "--on", "2026-02-30"],
        ["status", "--format", "xml"],
    ],
)
def test_wrong_usage_exits_with_two_and_asks_nobody(arguments):
    assert evidence(*arguments)[0] == 2


def standing(text):
    return {row["source"]: row for row in json.loads(text)["sources"]}


def test_status_tells_cadence_release_due_day_and_days_overdue(world):
    code, text = evidence("status", "--on", "2026-11-21", "--data", world.data, "--store", world.store, "--format", "json")
    found = standing(text)
    assert code == 0
    # Annual, last on 23 October 2025: due on 23 October 2026, 29 days before 21 November.
    assert found["ons-ashe"] == {
        "source": "ons-ashe",
        "cadence": "annual",
        "last_release": "2025-10-23",
        "asked": "by refresh",
        "last_checked": "never",
        "next_due": "2026-10-23",
        "days_overdue": 29,
    }
    assert (found["demos"]["next_due"], found["demos"]["days_overdue"], found["demos"]["asked"]) == ("", 0, "by hand")
    assert json.loads(text)["sources"][0]["source"] == "ons-aps"


def test_status_knows_when_a_producer_was_asked(world):
    world.refresh()
    _, text = evidence("status", "--on", "2026-11-21", "--data", world.data, "--store", world.store, "--format", "json")
    assert (standing(text)["ons-ashe"]["last_checked"], standing(text)["ons-gdp"]["last_checked"]) == ("2026-11-21", "never")


@pytest.mark.parametrize(("day", "code"), [("2025-04-16", 0), ("2025-04-17", 1)])
def test_status_fails_on_the_day_after_the_first_source_was_due(day, code):
    # The yearly population survey came out on 16 April 2024; on these days nothing later that is due sooner was known.
    assert evidence("status", "--on", day, "--fail-overdue")[0] == code


def test_status_is_a_table_for_people():
    code, text = evidence("status", "--on", "2026-11-21")
    lines = {row.split()[0]: row for row in text.splitlines()}
    assert code == 0
    assert lines["ons-ashe"].endswith("2026-10-23  overdue by 29 days")
    assert lines["demos"].split()[-2:] == ["-", "-"]


@pytest.mark.slow
def test_at_any_fault_the_candidates_are_the_old_or_the_new(world, producer, record_property):
    into = world.into.parent / "made" / "overlay"
    words = ["refresh", "--data", world.data, "--store", world.store, "--into", into]

    def earlier():
        producer.give("/pay.csv", table([line(HULL, "2026-04", "600"), *NEXT[:2], NEXT[3]]))
        assert world.refresh(into=into).drawn.candidates
        producer.give("/pay.csv", table())

    output = Output(into.parent, earlier, lambda: command.evidence(*words))
    found = output.tried(random.Random(20261201))
    record_property("told", f"refresh: {sum(found.values())} moments of {output.moments}: {dict(found)}")
    assert found["old"]
