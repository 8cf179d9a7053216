"""Run the proof in tiers, cheapest gate first, and end with what was proved and what was not tried.

`python tests/run.py fast` is `make test`; `extras` is of it what needs more than the base, and no more; `slow` is `make test-slow`; `rest` is
both of these in one run, for they share a site; `weekly` is what need not be measured at each push. With EVERYTHING=1 whatever was not tried
makes the run red, but for the needs that WITHOUT names.
"""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from needs import NEEDS, ROOT, met
from tiers import TIERS

from evidence.writing import temporary

MEMORY, ROOM = Path("/dev/shm"), 8 << 30
"""A file system in memory, and the bytes that must be free there: a run writes two in so many files that a disk would be what it waits for."""


@dataclass
class Account:
    """What a run did: steps that were red, what passed, what was not tried by need, what was skipped by reason, what another tier runs."""

    red: list
    proved: list
    not_tried: Counter
    skipped: Counter
    slow: int = 0


@dataclass(frozen=True)
class Ended:
    """How a step ended: its exit code, the seconds it took, what pytest tells of it, and what it printed, where that was kept."""

    code: int
    seconds: float
    told: dict | None
    printed: str


def run(step, account):
    """Run a step by itself, say how it ended, and enter it into the account."""
    together([step], account)


def together(steps, account):
    """Run steps two at a time, say how each ended, in their order, and enter them into the account.

    What a step prints appears as it is printed where no other runs beside it, else in one piece when all before it have ended.
    """
    tried, kept = [step for step in steps if not step.need or met(step.need)], subprocess.PIPE if len(steps) > 1 else None
    pool = ThreadPoolExecutor(2)
    try:
        ended = {step: pool.submit(end_of, step, kept) for step in tried if kept}
        for step in steps:
            print(f"\n== {step.name}{'' if step in tried else ': not tried'}", flush=True)
            if step in tried:
                close_step(step, ended[step].result() if kept else end_of(step), account)
            else:
                account.not_tried[step.need, "step"] += 1
    finally:
        pool.shutdown(cancel_futures=True)


def end_of(step, kept=None):
    """Run the command of a step to its end; what it prints is kept where a pipe is given."""
    start = time.monotonic()
    with TemporaryDirectory() as folder:
        told = Path(folder) / "account.json"
        command = [*step.command, *(("--account", told) if step.counts else ())]
        streams = {"stdout": kept, "stderr": kept and subprocess.STDOUT, "encoding": "utf-8", "errors": "replace"}
        done = subprocess.run(list(map(str, command)), cwd=ROOT, env=surroundings(), check=False, **streams)
        account = json.loads(told.read_text(encoding="utf-8")) if told.exists() else None
    return Ended(done.returncode, time.monotonic() - start, account, done.stdout or "")


def surroundings():
    """Return the environment of a step: byte code is written, or each of the hundreds of programs that tests start would compile the library."""
    return {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@contextmanager
def in_memory():
    """Let temporary files lie in memory meanwhile, where there is room, programs may be run from it, and TMPDIR names no other place."""
    if "TMPDIR" in os.environ or not roomy(MEMORY):
        yield
        return
    with temporary("tests", place=MEMORY) as folder:
        os.environ["TMPDIR"] = str(folder)
        try:
            yield
        finally:
            del os.environ["TMPDIR"]


def roomy(folder):
    """Return whether a folder is there, can be written to, has room, and lets programs be run from it."""
    if not os.access(folder, os.W_OK | os.X_OK):
        return False
    there = os.statvfs(folder)
    return there.f_bavail * there.f_frsize >= ROOM and not there.f_flag & os.ST_NOEXEC


def close_step(step, ended, account):
    """Say how a step ended, and enter it into the account."""
    print(ended.printed, end="")
    passed = enter(ended.told, step, account) if ended.told else 0
    green = ended.code == 0 and (passed > 0 or not step.counts)
    print(f"== {step.name}: {'green' if green else f'red (exit {ended.code})'}, {ended.seconds:.0f} s", flush=True)
    if not green:
        account.red.append(step.name)
    else:
        account.proved.append(f"{passed:,} {step.counts}" if step.counts else step.name)


def enter(told, step, account):
    """Enter what pytest tells of a step into the account, and return how many passed."""
    account.slow += told["not tried"].pop("slow", 0)
    for need, count in told["not tried"].items():
        account.not_tried[need, step.counts] += count
    account.skipped.update(told["skipped"])
    return told["passed"]


def close(account, everything, without):
    """Print what was proved and what was not tried, and return whether all is well."""
    if account.proved:
        print(f"\nProved: {', '.join(account.proved)}.")
    else:
        print("\nProved: nothing.")
    lines = [
        f"{count:,} {_of(kind, count)} without {NEEDS[need].name}: {NEEDS[need].remedy}"
        for (need, kind), count in account.not_tried.items()
    ]
    lines += [f"{count:,} {_of('tests', count)} skipped: {reason}" for reason, count in account.skipped.items()]
    unmet = [need for need, _ in account.not_tried if need not in without]
    print("Not tried:" if lines else "Not tried: nothing of this tier.")
    for line in lines:
        print(f"  {line}")
    if account.slow:
        print(f"Slow, and for make test-slow: {account.slow:,} tests.")
    if everything and (unmet or account.skipped):
        account.red.append("not tried")
    print(f"Red: {', '.join(account.red)}" if account.red else "Green.")
    return bool(account.proved) and not account.red


def _of(kind, count):
    return kind.removesuffix("s") if count == 1 else f"{kind.removesuffix('s')}s"


def main(tier):
    """Run every step of a tier and return whether all is well."""
    account = Account([], [], Counter(), Counter())
    with in_memory():
        for beside, steps in groupby(TIERS[tier], lambda step: step.beside):
            for group in [list(steps)] if beside else [[step] for step in steps]:
                together(group, account)
    without = set(os.environ.get("WITHOUT", "").split())
    if unknown := without - set(NEEDS):
        sys.exit(f"WITHOUT names {', '.join(sorted(unknown))}; known are {', '.join(NEEDS)}")
    return close(account, os.environ.get("EVERYTHING", "") not in ("", "0"), without)


if __name__ == "__main__":
    sys.exit(not main(sys.argv[1]))
