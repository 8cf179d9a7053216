"""Make small mistakes in the code, one at a time, and print those that no test notices: `make mutants`.

Each room of ROOMS is changed in memory, never on disk, in a process forked for each change, and the room's own tests are run there, where
mutmut and cosmic-ray write changed files and start Python anew for each.
"""

import argparse
import ast
import contextlib
import importlib.machinery
import os
import random
import resource
import sys
import time
from pathlib import Path

import hypothesis  # noqa: F401 - and others that tests import, so that no process has to
import nbformat  # noqa: F401
import nbval.plugin  # noqa: F401
import pytest
import sphinx.application  # noqa: F401

ROOT = Path(__file__).parents[1]
LIB = ROOT / "lib"
UNIT = "tests/unit/test_{}.py"
ROOMS = {
    "quantity": "stated_quantities hedges units words number_classes prose_numbers grim formulas restate quantity_properties",
    "statements": "holding passages suggest markdown_reading words parameters sentence_rules",
    "audit": "verdicts checks",
    "claims": "claims comparing",
    "grading": "grading",
}
"""The tests of each room, those that take longest last; the first that is red ends a run."""
FLOOR = 95
"""Percent of the mistakes that tests must notice."""
PATIENCE = 3
"""Times the work of a run without any mistake after which a change counts as noticed, for it never ends; it is work that counts, not the clock."""
QUIETLY = (
    *("-q", "-x", f"--rootdir={ROOT}", "--hypothesis-seed=0", "--doctest-modules"),
    *("--assert=plain", "-p", "no:cacheprovider", "-p", "no:unraisableexception"),
)
"""Options of pytest; those of the second line save a third of the time of a run."""
LEFT_ALONE = ("decorator_list", "annotation", "returns")
"""Parts of the code on which no behaviour hangs."""
SWAPPED = {
    **{ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq},
    **{ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And},
    **{ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult},
}


def changes(node):
    """Yield each mistake that can be made in a node, its parts left as they are."""
    if isinstance(node, ast.Compare):
        for place, sign in enumerate(node.ops):
            yield ast.Compare(node.left, [*node.ops[:place], SWAPPED[type(sign)](), *node.ops[place + 1 :]], node.comparators)
    elif isinstance(node, ast.BinOp) and type(node.op) in SWAPPED:
        yield ast.BinOp(node.left, SWAPPED[type(node.op)](), node.right)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(SWAPPED[type(node.op)](), node.values)
    elif isinstance(node, ast.UnaryOp):
        yield node.operand
    elif isinstance(node, ast.Constant) and isinstance(node.value, (bool, int, float)):
        yield ast.Constant(not node.value if isinstance(node.value, bool) else node.value + 1)
    elif isinstance(node, ast.Return) and node.value and not (isinstance(node.value, ast.Constant) and node.value.value is None):
        yield ast.Return(ast.Constant(None))


class Mistakes(ast.NodeTransformer):
    """Collects the mistakes that can be made in a module, and makes the one whose number is asked for."""

    def __init__(self, wanted=-1):
        self.wanted, self.found = wanted, []

    def visit(self, node):
        """Return the node, or what a mistake makes of it."""
        kept = {part: getattr(node, part) for part in LEFT_ALONE if part in node._fields}
        vars(node).update(dict.fromkeys(kept))
        node = self.generic_visit(node)
        vars(node).update(kept)
        for changed in changes(node):
            self.found.append((node.lineno, f"{ast.unparse(node)}  →  {ast.unparse(changed)}".replace("\n", " ")))
            if len(self.found) - 1 == self.wanted:
                return ast.copy_location(changed, node)
        return node


def mistakes(path):
    """Return line and text of each mistake that can be made in a module."""
    found = Mistakes()
    found.visit(ast.parse(path.read_text(encoding="utf-8")))
    return found.found


def changed_code(path, number):
    """Return the code of a module with one mistake in it."""
    return compile(ast.fix_missing_locations(Mistakes(number).visit(ast.parse(path.read_text(encoding="utf-8")))), path, "exec")


def tested(room, path=None, number=-1, patience=resource.RLIM_INFINITY):
    """Return the exit code of a room's tests in a process of their own, with a mistake in one of its modules or without any.

    Args:
        room: The room.
        path: The module with the mistake.
        number: Which of its mistakes.
        patience: Seconds of work after which the process is ended.
    """
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with contextlib.suppress(BaseException), Path(os.devnull).open("w") as nowhere:
        resource.setrlimit(resource.RLIMIT_CPU, (patience, patience))
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        if path:
            code, read = changed_code(path, number), importlib.machinery.SourceFileLoader.get_code
            importlib.machinery.SourceFileLoader.get_code = lambda self, name: code if self.path == str(path) else read(self, name)
        os._exit(pytest.main([*QUIETLY, f"lib/evidence/{room}", *(UNIT.format(name) for name in ROOMS[room].split())]))
    os._exit(1)


def chosen(rooms, sample, seed):
    """Return room, module, number, line and text of the mistakes to make: all, or so many of each room, the same for the same seed."""
    for room in rooms:
        modules = sorted((LIB / "evidence" / room).rglob("*.py"))
        there = [(room, path, number, *told) for path in modules for number, told in enumerate(mistakes(path))]
        yield from sorted(random.Random(seed).sample(there, sample)) if 0 < sample < len(there) else there


def main():
    """Make mistakes, print those that nobody noticed with their place, and end with 1 where they are too many."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("rooms", nargs="*", help=f"rooms or modules, such as statements/holding.py; all of {', '.join(ROOMS)}")
    options.add_argument("--sample", type=int, default=0, help="how many mistakes to make in each room; all where it is not given")
    options.add_argument("--seed", type=int, default=0, help="which of them")
    asked = options.parse_args()
    os.chdir(ROOT)
    rooms = [room for room in ROOMS if not asked.rooms or any(name.split("/")[0] == room for name in asked.rooms)]
    patience = {}
    for room in rooms:
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        patience[room] = 0 if tested(room) else 10 + PATIENCE * int(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
    if red := [room for room in rooms if not patience[room]]:
        sys.exit(f"the tests of {', '.join(red)} are red without any mistake; mend them first")
    start, noticed = time.monotonic(), []
    with contextlib.suppress(KeyboardInterrupt):  # whoever has waited long enough is told what was found so far
        for room, path, number, line, told in chosen(rooms, asked.sample, asked.seed):
            place = path.relative_to(LIB / "evidence")
            if not asked.rooms or {room, str(place)} & set(asked.rooms):
                noticed.append(tested(room, path, number, patience[room]) != 0)
                if not noticed[-1]:
                    print(f"survived  lib/evidence/{place}:{line}  {told[:150]}", flush=True)
    share = 100 * sum(noticed) / max(len(noticed), 1)
    print(
        f"{sum(noticed)} of {len(noticed)} mistakes noticed, {share:.1f} percent, in {time.monotonic() - start:.0f} s; {FLOOR} are asked for."
    )
    sys.exit(share < FLOOR)


if __name__ == "__main__":
    main()
