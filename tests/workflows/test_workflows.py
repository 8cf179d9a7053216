"""The workflows as files: put a test here when a workflow must not do something, or must stay in step with the Makefile and the commands."""

import json
import os
import re
import subprocess

import pytest
import typer.main
import yaml

from evidence import paths
from evidence.cli import app

FILES = sorted((paths.ROOT / ".github" / "workflows").glob("*.yml"))
SCRIPTS = sorted(path for path in (paths.ROOT / ".ci").iterdir() if path.is_file())
WORKFLOWS = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in FILES}
JOBS = {f"{name}/{job}": content for name, workflow in WORKFLOWS.items() for job, content in workflow["jobs"].items()}
STEPS = {f"{name}/{number}": step for name, job in JOBS.items() for number, step in enumerate(job["steps"], start=1)}
RUNS = {name: step["run"] for name, step in STEPS.items() if "run" in step} | {
    path.name: path.read_text(encoding="utf-8") for path in SCRIPTS
}
MAKEFILE = (paths.ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE)) | set(
    re.findall(r"^EXTRAS := (.*)", MAKEFILE, re.MULTILINE)[0].split()
)
COMMANDS = typer.main.get_command(app).commands

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
each_job = pytest.mark.parametrize("job", JOBS.values(), ids=JOBS)
each_run = pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)


def test_there_are_the_workflows_the_guide_tells_of():
    assert set(WORKFLOWS) == {"check", "report", "publish", "weekly", "refresh", "release"}


@each_file
def test_an_action_is_pinned_by_commit_and_names_its_version(path):
    used = re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))
    assert used
    assert [line for line in used if not re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []


def test_an_action_has_one_pin_everywhere():
    used = {line for path in FILES for line in re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))}
    assert len(used) == len({line.partition("@")[0] for line in used}) == 6


@each_file
def test_a_workflow_gives_nothing_and_each_job_asks_for_what_it_needs(path):
    assert WORKFLOWS[path.stem]["permissions"] == {}


@each_job
def test_a_job_has_its_permissions_and_an_end(job):
    assert job["permissions"]
    assert 0 < job["timeout-minutes"] <= 150


def test_only_jobs_that_install_nothing_may_write():
    writing = {name for name, job in JOBS.items() if "write" in job["permissions"].values()}
    assert writing == {"report/comment", "publish/keep", "publish/deploy", "refresh/propose", "release/release"}
    assert [name for name in writing for step in JOBS[name]["steps"] if re.search(r"\b(make|pip|evidence)\b", step.get("run", ""))] == []


@each_job
def test_a_checkout_leaves_no_credentials(job):
    steps = [step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")]
    assert all(step["with"]["persist-credentials"] is False for step in steps)


@each_run
def test_no_expression_reaches_a_shell(run):
    assert "${{" not in run


@each_run
def test_what_a_workflow_runs_is_there(run):
    for target in re.findall(r"^\s*make ([a-z-]+)", run, re.MULTILINE):
        assert target in TARGETS
    for script in re.findall(r"(?<![\w/])\.ci/([a-z]+)", run):
        assert os.access(paths.ROOT / ".ci" / script, os.X_OK)
    for command, rest in re.findall(r"(?:\.venv/bin/|\$)evidence\"? ([a-z]+)((?: [^|\n]*)?)", run):
        options = {option for parameter in COMMANDS[command].params for option in parameter.opts}
        assert set(re.findall(r"(?<!\S)--[a-z-]+", rest)) <= options


EXPRESSION = re.compile(r"\${{(.*?)}}")
KNOWN = {"github", "vars", "steps", "needs"}
"""Contexts that our expressions read."""


def unknown(job, workflow):
    """Yield what a job names that is not there: a job it needs, a step or an output it reads, a context."""
    needed = job.get("needs", [])
    needed = {needed} if isinstance(needed, str) else set(needed)
    yield from sorted(needed - set(workflow["jobs"]))
    outside = {name: part for name, part in job.items() if name != "steps"}
    everywhere = {step.get("id") for step in job["steps"]}
    earlier = set()
    for part, ids in [(outside, everywhere), *((step, earlier) for step in job["steps"])]:
        for expression in EXPRESSION.findall(str(part)):
            words = re.sub(r"'[^']*'", "", expression.replace("\\'", "'"))
            yield from (step for step in re.findall(r"\bsteps\.([\w-]+)", words) if step not in ids)
            yield from (
                f"{name}.{output}"
                for name, output in re.findall(r"\bneeds\.([\w-]+)\.outputs\.([\w-]+)", words)
                if name not in needed or output not in workflow["jobs"][name].get("outputs", {})
            )
            yield from (context for context in re.findall(r"(?<![\w.])([a-z]+)\.", words) if context not in KNOWN)
        earlier.add(part.get("id"))


def test_what_a_job_or_an_expression_names_is_there():
    """What a linter of workflows would find that neither zizmor nor the schema does; see .lab/requirements.in."""
    found = {name: list(unknown(job, WORKFLOWS[name.partition("/")[0]])) for name, job in JOBS.items()}
    assert {name: words for name, words in found.items() if words} == {}


def test_a_name_that_is_not_there_is_found():
    job = {
        "needs": ["build", "nobody"],
        "if": "${{ needs.build.outputs.moved == 'steps.x' && needs.build.outputs.gone }}",
        "steps": [{"run": "echo", "env": {"A": "${{ steps.later.outputs.a }}", "B": "${{ secret.TOKEN }}"}}, {"id": "later"}],
    }
    workflow = {"jobs": {"build": {"outputs": {"moved": ""}}, "this": job}}
    assert list(unknown(job, workflow)) == ["nobody", "build.gone", "later", "secret"]


def test_a_day_and_hour_of_a_plan_is_one():
    plans = [plan["cron"] for workflow in WORKFLOWS.values() for plan in (workflow[True] or {}).get("schedule", [])]
    assert len(plans) == 2
    for minute, hour, day, month, weekday in map(str.split, plans):
        assert int(minute) < 60 and int(hour) < 24 and (day, month) == ("*", "*") and weekday in {"*", *"0123456"}


def test_every_job_that_builds_or_proves_knows_where_the_site_stands():
    building = {
        name: job for name, job in JOBS.items() if re.search(r"make (book|setup|mutants|fuzz)|evidence build|\.ci/live", str(job["steps"]))
    }
    assert len(building) >= 8
    knows = {
        name: "EVIDENCE_SITE_URL" in str(job["steps"]) or "EVIDENCE_SITE_URL" in WORKFLOWS[name.partition("/")[0]].get("env", {})
        for name, job in building.items()
    }
    assert [name for name, known in knows.items() if not known] == []


def test_no_job_fetches_all_editions_with_the_repository():
    """The branch of the editions grows with each; `.ci/earlier` and `.ci/keep` take its newest commit where they need it."""
    assert [name for name, step in STEPS.items() if "fetch-depth" in step.get("with", {})] == []


def test_what_is_live_is_proved_after_it_is_deployed_and_before_it_is_released():
    assert JOBS["publish/live"]["needs"] == "deploy"
    assert set(JOBS["release/release"]["needs"]) == {"build", "live"}


def test_the_check_runs_the_commands_of_the_readme():
    runs = [step.get("run") for step in JOBS["check/check"]["steps"]]
    assert "make book" in runs
    assert "make test" in runs
    readme = (paths.ROOT / "README.md").read_text(encoding="utf-8")
    assert "\nmake book " in readme
    assert "\nmake test " in readme


PROVING = {
    name: job
    for name, job in JOBS.items()
    if any(re.search(r"^\s*make test\b", step.get("run", ""), re.MULTILINE) for step in job["steps"])
}


def test_jobs_that_prove_are_known():
    assert set(PROVING) == {"check/check", "release/build", "weekly/fresh"}


@pytest.mark.parametrize("job", PROVING.values(), ids=PROVING)
def test_a_job_that_proves_installs_everything_and_is_red_when_something_was_not_tried(job):
    commands = [line.strip() for step in job["steps"] for line in step.get("run", "").splitlines()]
    assert commands.index("make book") < commands.index("make extras") < commands.index("make test")
    tried = [step["env"] for step in job["steps"] if "make test" in step.get("run", "")]
    assert tried == [{"EVERYTHING": "1", "WITHOUT": "texts producers bulletins"}]


def test_ci_tries_a_bare_clone_and_then_everything_else():
    script = (paths.ROOT / ".ci" / "run").read_text(encoding="utf-8")
    steps = re.findall(r"^ *((?:stranger [^(]|export E|make ).*)", script, re.MULTILINE)
    assert steps == [
        "stranger make setup",
        "stranger .ci/offline make book",
        "stranger .ci/offline make test",
        'export EVERYTHING=1 WITHOUT=""',
        "make extras",
        "make pdf lab-env --jobs=2 --output-sync=target",
        "make test-rest",
    ]
    assert script.count('\n  cd "$bare/alone/book"\n') == script.count('\ncd "$bare/alone/book"\nmake extras\n') == 1


def test_what_a_push_leaves_out_is_measured_each_week():
    commands = [line.strip() for step in JOBS["weekly/fresh"]["steps"] for line in step.get("run", "").splitlines()]
    assert commands[-3:] == ["make test", "make test-slow", "make test-weekly"]


def test_offline_a_command_has_a_loopback_and_nothing_else():
    program = """
import socket
here = socket.create_server(("127.0.0.1", 0))
socket.create_connection(here.getsockname()).close()
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(("192.0.2.1", 9))
"""
    done = subprocess.run([paths.ROOT / ".ci" / "offline", "python3", "-c", program], capture_output=True, text=True, check=False)
    assert "Network is unreachable" in done.stderr or "the network cannot be taken away here" in done.stderr


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_bash_that_stops_at_a_failure(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#!/usr/bin/env bash"
    assert "set -euo pipefail" in lines
    assert subprocess.run(["bash", "-n", path], check=False).returncode == 0


def test_the_metadata_for_zenodo_say_what_the_citation_says():
    zenodo = json.loads((paths.ROOT / ".zenodo.json").read_text(encoding="utf-8"))
    citation = yaml.safe_load(paths.citation_file().read_text(encoding="utf-8"))
    assert zenodo["title"] == citation["title"]
    assert zenodo["upload_type"] == citation["type"]
    assert zenodo["version"] == citation["version"]
    assert zenodo["license"] == citation["license"].lower()
    assert zenodo["keywords"] == citation["keywords"]
    assert [creator["name"] for creator in zenodo["creators"]] == [author["name"] for author in citation["authors"]]


LAB = paths.ROOT / ".venv-lab" / "bin"


@pytest.mark.slow
@pytest.mark.needs("lab")
def test_a_linter_finds_nothing_unsafe():
    command = [LAB / "zizmor", "--offline", "--no-progress", "--strict-collection", "--persona=pedantic", paths.ROOT / ".github"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "No findings to report" in done.stdout


@pytest.mark.slow
@pytest.mark.needs("lab")
def test_the_linter_does_find_an_expression_in_a_shell(tmp_path):
    file = tmp_path / ".github" / "workflows" / "bad.yml"
    file.parent.mkdir(parents=True)
    text = (paths.ROOT / ".github" / "workflows" / "check.yml").read_text(encoding="utf-8")
    file.write_text(text.replace("run: make book", 'run: echo "${{ github.event.pull_request.title }}"'), encoding="utf-8")
    done = subprocess.run([LAB / "zizmor", "--offline", "--no-progress", tmp_path], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "template-injection" in done.stdout


@pytest.mark.slow
@pytest.mark.needs("lab")
def test_the_workflows_follow_their_schema():
    command = [LAB / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", *FILES]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
