"""Make small mistakes in the code, one at a time, and print those that no test notices: `make mutants`.

Each room of ROOMS is changed in memory, never on disk, in a process forked for each change, where mutmut and cosmic-ray write changed files and
start Python anew for each. A mistake in a function meets the tests that come through its line, and of a test of a whole table the rows that
do, those first that noticed the most others; one that is read at import meets all tests of the room. What changes nothing that anybody could
see stands in equivalents.csv with its reason.
"""

import __future__

import argparse
import ast
import contextlib
import csv
import functools
import gc
import importlib.machinery
import json
import os
import pickle
import random
import resource
import sys
import time
import types
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import coverage
import every
import hypothesis  # noqa: F401 - and others that tests import, so that no process has to
import nbformat  # noqa: F401
import nbval.plugin  # noqa: F401
import pytest
import sphinx.application  # noqa: F401
from _pytest.runner import runtestprotocol

ROOT = Path(__file__).parents[1]
LIB = ROOT / "lib"
ENGINE = LIB / "evidence"
EQUIVALENTS = Path(__file__).with_name("equivalents.csv")
ROOMS = {
    "quantity": "stated_quantities number_edges hedges units words number_classes prose_numbers grim formulas restate quantity_properties",
    "statements": "holding words_of_corrections prose_of_records passages suggest markdown_reading words parameters sentence_rules",
    "audit": "verdicts checks",
    "claims": "claims comparing",
    "grading": "grading senses safe_words claims_and_findings",
}
"""The tests of each room, those that take longest last; the first that is red ends a run."""
FLOOR = 95
"""Percent of the mistakes that tests must notice."""
PATIENCE = 3
"""Times the work of a run without any mistake after which a change counts as noticed, for it never ends; it is work that counts, not the clock."""
ROOM_TO_GROW = 4 << 30
"""Bytes after which a change counts as noticed, for it takes all the memory there is."""
QUIETLY = (
    *("-q", "-x", "-s", f"--rootdir={ROOT}", "--hypothesis-seed=0", "--doctest-modules"),
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
    elif isinstance(node, ast.Return) and node.value and not (isinstance(node.value, ast.Constant) and node.value.value in (None, False)):
        yield ast.Return(ast.Constant(None))  # where False is returned nobody could tell, but for the types


@dataclass(frozen=True)
class Mistake:
    """One mistake that can be made: the room and module, which of its mistakes, what it does, and where it is met.

    Attributes:
        function: Qualified name and first line of the outermost function that holds it; None where it is met at import.
        lines: The lines that whoever meets it runs one of.
    """

    room: str
    path: Path
    number: int
    line: int
    told: str
    function: tuple | None
    lines: range

    @property
    def place(self):
        """Return the module as one writes it, such as statements/holding.py."""
        return str(self.path.relative_to(ENGINE))

    @property
    def key(self):
        """Return what tells it in equivalents.csv from all others, wherever the code moves."""
        return self.place, self.function[0] if self.function else "", self.told


class Mistakes(ast.NodeTransformer):
    """Collects the mistakes that can be made in a module, and makes the one whose number is asked for."""

    def __init__(self, wanted=-1):
        self.wanted, self.found, self.way = wanted, [], []

    def visit(self, node):
        """Return the node, or what a mistake makes of it."""
        first = min((mark.lineno for mark in getattr(node, "decorator_list", ())), default=getattr(node, "lineno", 0))
        self.way.append((node, first))
        kept = {part: getattr(node, part) for part in LEFT_ALONE if part in node._fields}
        vars(node).update(dict.fromkeys(kept))
        node = self.generic_visit(node)
        vars(node).update(kept)
        for changed in changes(node):
            told = f"{ast.unparse(node)}  →  {ast.unparse(changed)}".replace("\n", " ")
            self.found.append((node.lineno, told, self.function(), range(node.lineno, node.end_lineno + 1)))
            if len(self.found) - 1 == self.wanted:
                node = ast.copy_location(changed, node)
                break
        self.way.pop()
        return node

    def function(self):
        """Return qualified name and first line of the outermost function of which the node is a part of the body, or None."""
        for place, (node, first) in enumerate(self.way[:-1]):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                name = ".".join(part.name for part, _ in self.way[: place + 1] if hasattr(part, "name"))
                return None if isinstance(self.way[place + 1][0], ast.arguments) else (name, first)
        return None


@functools.cache
def mistakes(path):
    """Return the mistakes that can be made in a module."""
    found = Mistakes()
    found.visit(ast.parse(path.read_text(encoding="utf-8")))
    return [Mistake(path.relative_to(ENGINE).parts[0], path, number, *told) for number, told in enumerate(found.found)]


def changed_code(mistake):
    """Return the code of a module with one mistake in it."""
    tree = Mistakes(mistake.number).visit(ast.parse(mistake.path.read_text(encoding="utf-8")))
    return compile(ast.fix_missing_locations(tree), mistake.path, "exec")


@functools.cache
def outermost(path):
    """Return the outermost functions of a module by qualified name and first line: the number of the first mistake in each, and its pickled tree.

    The tree is that of a module which holds nothing but the function, in its classes.
    """
    first, kept = {}, {}
    for mistake in mistakes(path):
        first.setdefault(mistake.function, mistake.number)

    def walk(node, way):
        for part in ast.iter_child_nodes(node):
            line = min((mark.lineno for mark in getattr(part, "decorator_list", ())), default=getattr(part, "lineno", 0))
            if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
                key = ".".join([*(shell.name for shell in way), part.name]), line
                held = part
                for shell in reversed(way):
                    held = ast.copy_location(ast.ClassDef(shell.name, [], [], [held], []), shell)
                in_arguments = Mistakes()
                in_arguments.visit(pickle.loads(pickle.dumps(part.args)))
                kept[key] = first.get(key, 0) - len(in_arguments.found), pickle.dumps(ast.Module([held], []))
            elif isinstance(part, ast.ClassDef):
                walk(part, [*way, part])

    walk(ast.parse(path.read_text(encoding="utf-8")), [])
    return kept


def changed_function(mistake):
    """Return the code of a function with one mistake in it."""
    first, tree = outermost(mistake.path)[mistake.function]
    tree = ast.fix_missing_locations(Mistakes(mistake.number - first).visit(pickle.loads(tree)))
    code = compile(tree, mistake.path, "exec", __future__.annotations.compiler_flag, dont_inherit=True)
    return next(held for held in every_code(code) if (held.co_qualname, held.co_firstlineno) == mistake.function)


def quietly():
    """Print nothing any more from this process."""
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)


def patiently(work):
    """Let this process end after so many times the seconds of work that tests take without any mistake, or where it grows without end."""
    resource.setrlimit(resource.RLIMIT_CPU, (2 + int(PATIENCE * work),) * 2)
    resource.setrlimit(resource.RLIMIT_AS, (ROOM_TO_GROW,) * 2)


def forked(work):
    """Return what a function returns, run in a process of its own, or None where that process ended before."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        with contextlib.suppress(BaseException), os.fdopen(writing, "w") as pipe:
            os.close(reading)
            pipe.write(json.dumps(work()))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    return json.loads(answer) if answer else None


def pytest_run(room, *plugins, options=()):
    """Return the exit code of a run of a room's tests."""
    files = (str(next(Path("tests").rglob(f"test_{name}.py"))) for name in ROOMS[room].split())
    return int(pytest.main([*QUIETLY, *options, f"lib/evidence/{room}", *files], plugins=plugins))


class Selecting:
    """A plugin that runs, for each mistake in a function, the tests that come through it, in a process forked after all were collected.

    Attributes:
        outcomes: Whether each mistake was noticed, by its number in the list; None where it is met at import.
    """

    def __init__(self, made):
        self.made, self.outcomes, self.noticing = made, [None] * len(made), Counter()
        self.importing = coverage.Coverage(data_file=None, config_file=False, include=[f"{ENGINE}/*"])
        self.importing.start()

    def pytest_runtestloop(self, session):
        """Run the tests for each mistake in place of running them once."""
        self.importing.stop()
        at_import, self.items = self.importing.get_data(), session.items
        caches = [found for found in gc.get_objects() if isinstance(found, functools._lru_cache_wrapper)]
        self.caches = [found for found in caches if getattr(found, "__module__", "").startswith("evidence")]
        told = forked(self.recorded)
        if told is None:
            return True
        met, self.took = told
        self.functions = functions()
        gc.collect()
        gc.freeze()
        for place, mistake in enumerate(self.made):
            lines, ran = met.get(str(mistake.path), {}), set(at_import.lines(str(mistake.path)) or ())
            code = self.functions.get((str(mistake.path), *(mistake.function or ("", 0))), ())
            if code and not ran & {line for _, _, line in code[0].__code__.co_lines() if line and line > code[0].__code__.co_firstlineno}:
                parts = {tuple(part) for line in mistake.lines for part in lines.get(str(line), ())}
                self.outcomes[place] = self.noticed(mistake, code, self.ordered(parts))
        return True

    def ordered(self, parts):
        """Return tests, each with those of its rows that are to be tried, in the order that noticed many mistakes first and takes little time."""
        rows = defaultdict(set)
        for test, row in parts:
            rows[test].add(row)
        chosen = {
            test: None if None in of else sorted(of, key=lambda row, test=test: -self.noticing[test, row]) for test, of in rows.items()
        }
        return dict(sorted(chosen.items(), key=lambda one: (-self.noticing[one[0]], self.work(*one))))

    def work(self, test, rows):
        """Return the seconds of work that a test takes, with some of its rows or, where they are None, with all."""
        return sum(self.took[test].get(str(row), 0) for row in (self.took[test] if rows is None else (None, *rows)))

    def fresh(self):
        """Forget what functions of the engine keep."""
        for kept in self.caches:
            kept.cache_clear()

    def recorded(self):
        """Return which tests, and which of their rows, run each line of each module, and the seconds of work that each takes."""
        tracer = coverage.Coverage(data_file=None, config_file=False, include=[f"{ENGINE}/*"])
        tracer.start()
        self.tracer, took, users = tracer, [], defaultdict(set)
        every.choose = self.in_turn
        for number, item in enumerate(self.items):
            self.fresh()
            for made in item._fixtureinfo.name2fixturedefs.values() if hasattr(item, "_fixtureinfo") else ():
                users[f"fixture {id(made[-1])}"].add((number, None))
            tracer.switch_context(str(number))
            self.running, self.inside, self.rows_took, start = str(number), False, {}, time.process_time()
            runtestprotocol(item, log=False, nextitem=(*self.items, None)[number + 1])
            whole = time.process_time() - start
            took.append({str(None): max(whole - sum(self.rows_took.values()), 0), **self.rows_took})
        tracer.stop()
        data = tracer.get_data()
        return {
            name: {
                line: [*{test for by in tests for test in (users[by] if by.startswith("fixture") else [_part(by)])}]
                for line, tests in data.contexts_by_lineno(name).items()
            }
            for name in data.measured_files()
        }, took

    def in_turn(self, count):
        """Yield the number of each row of a test, and note what it runs and how long it takes; rows within a row count as a part of it."""
        if self.inside:
            yield from range(count)
            return
        for number in range(count):
            self.fresh()
            self.tracer.switch_context(f"{self.running}:{number}")
            self.inside, start = True, time.process_time()
            yield number
            self.inside, self.rows_took[str(number)] = False, time.process_time() - start
            self.tracer.switch_context(self.running)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef):
        """Count what a fixture runs for every test that uses it."""
        if getattr(self, "tracer", None) is None or fixturedef.scope == "function":
            return (yield)
        self.tracer.switch_context(f"fixture {id(fixturedef)}")
        made = yield
        self.tracer.switch_context(self.running)
        return made

    def noticed(self, mistake, functions, tests):
        """Return whether one of the tests notices a mistake in a function, or None where its code does not fit the function.

        Args:
            mistake: The mistake.
            functions: What there is of the function.
            tests: Which of the rows of each test to try, in this order; None for all.
        """

        def tried():
            self.fresh()
            code = changed_function(mistake)
            for function in functions:
                try:
                    function.__code__ = code
                except ValueError:  # a mistake that closes over less than the function does
                    return "import"
            patiently(sum(self.work(*one) for one in tests.items()))
            order = [*tests, None]
            for place, test in enumerate(order[:-1]):
                self.rows, self.at, self.inside = tests[test], None, False
                reports = runtestprotocol(
                    self.items[test], log=False, nextitem=None if order[place + 1] is None else self.items[order[place + 1]]
                )
                if any(report.failed for report in reports):
                    return [test, self.at]
            return "survived"

        every.choose = self.some
        outcome = forked(tried)
        if isinstance(outcome, list):
            self.noticing[outcome[0]] += 1
            self.noticing[tuple(outcome)] += 1
        return None if outcome == "import" else outcome != "survived"

    def some(self, count):
        """Yield the numbers of the rows of a test that are to be tried."""
        if self.inside or self.rows is None:
            yield from range(count)
            return
        for number in self.rows:
            self.at, self.inside = number, True
            yield number
            self.inside = False


def _part(context):
    """Return the number of a test, and that of its row or None, from the name under which lines were counted."""
    test, _, row = context.partition(":")
    return int(test), int(row) if row else None


def functions():
    """Return the functions of the engine that there are by the file, qualified name and first line of their code."""
    found = defaultdict(list)
    for function in gc.get_objects():
        if isinstance(function, types.FunctionType) and function.__code__.co_filename.startswith(str(ENGINE)):
            code = function.__code__
            found[code.co_filename, code.co_qualname, code.co_firstlineno].append(function)
    return found


def every_code(code):
    """Yield a code object and all that it holds."""
    yield code
    for held in code.co_consts:
        if isinstance(held, types.CodeType):
            yield from every_code(held)


def in_functions(room, made):
    """Return whether each mistake was noticed, None where it is met at import; in a process of its own."""

    def run():
        quietly()
        plugin = Selecting(made)
        pytest_run(room, plugin)
        return plugin.outcomes

    return forked(run)


def at_import(room, mistake=None, patience=3600):
    """Return the exit code of a room's tests with a mistake that is there from the import on, or without any; None where they never end.

    Those that are slow, which try the same with more examples, would take half of the time.
    """

    def run():
        quietly()
        patiently(patience)
        every.choose = range
        if mistake:
            code, read = changed_code(mistake), importlib.machinery.SourceFileLoader.get_code
            importlib.machinery.SourceFileLoader.get_code = lambda self, name: code if self.path == str(mistake.path) else read(self, name)
        return pytest_run(room, options=("-m", "not slow"))

    return forked(run)


def equivalents():
    """Return the keys of mistakes that nobody could notice."""
    with EQUIVALENTS.open(encoding="utf-8", newline="") as file:
        return {(row["module"], row["function"], row["mistake"]) for row in csv.DictReader(file)}


def chosen(room, only, sample, seed):
    """Return the mistakes to make in a room: all of the modules asked for, or so many of them, the same for the same seed."""
    modules = [path for path in sorted((ENGINE / room).rglob("*.py")) if not only or {room, str(path.relative_to(ENGINE))} & set(only)]
    there = [mistake for path in modules for mistake in mistakes(path) if mistake.key not in equivalents()]
    return random.Random(seed).sample(there, sample) if 0 < sample < len(there) else there


def tried(room, made):
    """Yield whether each mistake of a room was noticed, and print those that were not.

    Raises:
        SystemExit: The tests are red without any mistake.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    if at_import(room):
        sys.exit(f"the tests of {room} are red without any mistake; mend them first")
    work = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    for mistake, outcome in zip(made, in_functions(room, made), strict=True):
        noticed = at_import(room, mistake, work) != 0 if outcome is None else outcome
        if not noticed:
            print(f"survived  lib/evidence/{mistake.place}:{mistake.line}  {mistake.told[:150]}", flush=True)
        yield noticed


def unknown_equivalents():
    """Return the lines of equivalents.csv that are no mistake in today's code."""
    there = {mistake.key for room in ROOMS for path in (ENGINE / room).rglob("*.py") for mistake in mistakes(path)}
    return sorted(equivalents() - there)


def main():
    """Make mistakes, print those that nobody noticed with their place, and end with 1 where they are too many in a room."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("rooms", nargs="*", help=f"rooms or modules, such as statements/holding.py; all of {', '.join(ROOMS)}")
    options.add_argument("--sample", type=int, default=0, help="how many mistakes to make in each room; all where it is not given")
    options.add_argument("--seed", type=int, default=0, help="which of them")
    asked = options.parse_args()
    os.chdir(ROOT)
    if stale := unknown_equivalents():
        sys.exit("\n".join(["equivalents.csv names what is no mistake any more; delete it there:", *map(str, stale)]))
    shares = []
    for room in ROOMS:
        if made := chosen(room, asked.rooms, asked.sample, asked.seed):
            start, noticed = time.monotonic(), list(tried(room, made))
            shares.append(100 * sum(noticed) / len(noticed))
            took = time.monotonic() - start
            print(f"{room}: {sum(noticed)} of {len(noticed)} mistakes noticed, {shares[-1]:.1f} percent, in {took:.0f} s", flush=True)
    sys.exit(min(shares, default=100) < FLOOR and f"{FLOOR} percent are asked for in each room")


if __name__ == "__main__":
    main()
