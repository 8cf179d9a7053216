"""The build of the library: which room may import which, and how large its parts may be. A new room is placed in ROOMS here."""

import ast
import statistics
from collections import ChainMap, Counter
from collections.abc import Mapping
from functools import cache

from every import every

from evidence import errors
from evidence.paths import ROOT

PACKAGE = ROOT / "lib" / "evidence"

ROOMS = (
    ("cli",),
    ("refactor",),
    ("scaffold", "preview", "cited"),
    ("site", "editions", "refresh"),
    ("gates",),
    ("chapter",),
    ("ledger",),
    ("signing", "reading", "repeating"),
    ("charts", "statements"),
    ("grading",),
    ("audit", "claims", "survey", "referee"),
    ("recompute", "places"),
    ("receipts",),
    ("catalog",),
    ("quantity", "form"),
    ("extension",),
    ("settings",),
    ("paths",),
    ("writing",),
    ("loopback", "programs"),
    ("errors",),
    ("parsing",),
    ("problems", "markup"),
)
"""The rooms from top to bottom; a room imports only lower ones."""

LEVEL = {room: level for level, rooms in enumerate(ROOMS) for room in rooms}

KEPT_IN = {
    "sphinx": {"site"},
    "papermill": {"editions"},
    "ipykernel": {"editions/shell.py"},
    "jupyter_client": {"editions/shell.py"},
    "nbclient": {"editions/engine.py"},
    "watchfiles": {"cli/watching.py"},
    "IPython": {"editions/shell.py"},
    "distributed": {"editions/grid/cluster.py"},
    "dask": set(),
    "requests": {"refresh/transport.py"},
    "urllib3": {"refresh/transport.py"},
    "tenacity": {"refresh/transport.py"},
    "pyreadstat": {"survey/exports/statistical.py"},
    "scipy": {"survey"},
    "statsmodels": {"survey"},
    "yaml": {"parsing.py"},
    "tomllib": {"parsing.py"},
}
"""Packages that may be imported only in these rooms or modules."""

BOOK = ROOT / "lib" / "made_together"


class Parsed(Mapping):
    """The modules of a package by name, as seen from the engine; each is parsed when it is asked for first, so that collecting tests parses none."""

    def __init__(self, package, prefix=""):
        self._paths = {prefix + path.relative_to(package).as_posix(): path for path in sorted(package.rglob("*.py"))}
        self._tree = cache(lambda name: ast.parse(self._paths[name].read_text(encoding="utf-8")))

    def __getitem__(self, name):
        if name not in self._paths:
            raise KeyError(name)
        return self._tree(name)

    def __iter__(self):
        return iter(self._paths)

    def __len__(self):
        return len(self._paths)


MODULES = Parsed(PACKAGE)
OWN = Parsed(BOOK, "../made_together/")
"""Modules of the book's own package."""
NAMED_ERRORS = {name for name, found in vars(errors).items() if isinstance(found, type) and issubclass(found, errors.EvidenceError)}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

ALL = ChainMap(MODULES, OWN)
every_module = every("name", sorted(ALL))


def room_of(name):
    return name.partition("/")[0].removesuffix(".py")


def imported(tree):
    """Return the dotted names a module imports, wherever in it."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def rooms_entered(tree):
    return {name.split(".")[1] for name in imported(tree) if name.startswith("evidence.")}


def test_every_room_has_its_place():
    assert {room_of(name) for name in MODULES} - {"__init__"} == set(LEVEL)


@every("name", sorted(set(MODULES) - {"__init__.py"}))
def test_a_room_imports_only_lower_rooms(name):
    room = room_of(name)
    others = rooms_entered(MODULES[name]) - {room}
    assert {other for other in others if LEVEL[other] <= LEVEL[room]} == set()


def named_module(name):
    return "evidence." + name.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def circles(leads):
    """Return each set of modules that lead to one another, by what each imports."""
    reached = {}
    for start in leads:
        seen, ahead = set(), list(leads[start])
        while ahead:
            if (name := ahead.pop()) not in seen:
                seen.add(name)
                ahead += leads[name]
        reached[start] = seen
    return {frozenset(other for other in seen if start in reached[other]) for start, seen in reached.items() if start in seen}


def test_circles_are_found():
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == {frozenset("bc")}


def test_no_modules_import_each_other_not_even_inside_functions():
    names = {named_module(name): name for name in MODULES}
    found = {
        module: {one for whole in imported(MODULES[name]) for one in (whole, whole.rpartition(".")[0])} for module, name in names.items()
    }
    leads = {module: {one for one in them if one in names and one != module} for module, them in found.items()}
    # a name of a package is found in the module it is imported from, not in the package
    leads = {module: {one for one in them if not any(other.startswith(f"{one}.") for other in them)} for module, them in leads.items()}
    assert sum(map(len, leads.values())) > 500
    assert circles(leads) == set()


def test_the_engine_names_no_package_of_a_book():
    assert {name for name in MODULES if any(found.startswith("made_together") for found in imported(MODULES[name]))} == set()


def test_the_package_itself_opens_only_the_room_of_chapters_and_only_when_asked():
    tree = MODULES["__init__.py"]
    assert rooms_entered(tree) == {"chapter"}
    assert rooms_entered(ast.Module([node for node in tree.body if not isinstance(node, FUNCTIONS)], [])) == set()


@every_module
def test_imports_are_absolute(name):
    assert all(node.level == 0 for node in ast.walk(ALL[name]) if isinstance(node, ast.ImportFrom))


@cache
def packages():
    """Return the packages that each module imports."""
    return {name: {found.partition(".")[0] for found in imported(tree)} for name, tree in MODULES.items()}


def importers(package):
    return {name for name, imports in packages().items() if package in imports}


@every("package", sorted(KEPT_IN))
def test_a_heavy_package_is_kept_in_its_room(package):
    assert {name for name in importers(package) if not {name, room_of(name)} & KEPT_IN[package]} == set()


@every("package", ["sphinx", "papermill", "requests", "distributed", "pyreadstat", "scipy", "statsmodels"])
def test_a_heavy_package_is_used_where_it_is_kept(package):
    assert importers(package)


@every_module
def test_no_module_is_longer_than_400_lines(name):
    assert len((PACKAGE / name).read_text(encoding="utf-8").splitlines()) <= 400


@every_module
def test_a_module_defines_each_name_once(name):
    body = ALL[name].body
    found = Counter(node.name for node in body if isinstance(node, (*FUNCTIONS, ast.ClassDef)) and not node.decorator_list)
    given = [
        node.targets if isinstance(node, ast.Assign) else [node.target] for node in body if isinstance(node, (ast.Assign, ast.AnnAssign))
    ]
    found.update(
        part.id
        for targets in given
        for target in targets
        for part in ast.walk(target)
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
    )
    assert [one for one, times in found.items() if times > 1] == []


TOGETHER = {"Register": "the two registers of functions that a book fills in the same way"}
"""Names that two classes have on purpose; types of the ledger are named as its schema names them."""


def test_no_two_classes_have_one_name():
    trees = [tree for name, tree in ALL.items() if name != "ledger/records.py"]
    named = Counter(node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    assert len(named) > 150
    assert {name for name, times in named.items() if times > 1} == set(TOGETHER)


def functions():
    return [node for tree in ALL.values() for node in ast.walk(tree) if isinstance(node, FUNCTIONS)]


def test_the_median_function_has_at_most_12_lines_and_seven_without_its_head_and_docstring():
    assert len(functions()) > 200
    assert statistics.median(node.end_lineno - node.lineno + 1 for node in functions()) <= 12
    bodies = [node.body[ast.get_docstring(node) is not None :] or node.body for node in functions()]
    assert statistics.median(body[-1].end_lineno - body[0].lineno + 1 for body in bodies) <= 7


def public(tree):
    """Return name and node of each public function and class, methods of public classes included, functions inside functions not."""
    found = []
    for node in tree.body:
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)) and not node.name.startswith("_"):
            found.append((node.name, node))
            if isinstance(node, ast.ClassDef):
                found += [(f"{node.name}.{name}", inner) for name, inner in public(node)]
    return found


@every_module
def test_a_module_tells_what_it_is_for(name):
    assert ast.get_docstring(ALL[name])


@cache
def everything_public():
    return [(f"{name}: {label}", node) for name, tree in ALL.items() for label, node in public(tree)]


@every("label,node", everything_public, ids=lambda row: row[0])
def test_what_is_public_has_a_docstring(label, node):
    assert ast.get_docstring(node)


def raised(node):
    """Return the named errors of this library that a function or a function inside it raises itself."""
    found = set()
    for inner in ast.walk(node):
        if isinstance(inner, ast.Raise) and inner.exc is not None:
            called = inner.exc.func if isinstance(inner.exc, ast.Call) else inner.exc
            found |= {called.id} if isinstance(called, ast.Name) else set()
    return found & NAMED_ERRORS


def documented(node):
    section = (ast.get_docstring(node) or "").partition("Raises:\n")[2].partition("\n\n")[0]
    return {name for name in NAMED_ERRORS if f"{name}:" in section}


@cache
def raising():
    return [(label, node) for label, node in everything_public() if isinstance(node, FUNCTIONS) and raised(node)]


@every("label,node", raising, ids=lambda row: row[0])
def test_a_public_function_documents_the_errors_it_raises(label, node):
    assert raised(node) - documented(node) == set()


@cache
def special():
    return [
        (f"{name}: {owner.name}.{method.name}", owner, method)
        for name, tree in ALL.items()
        for owner in ast.walk(tree)
        if isinstance(owner, ast.ClassDef) and not owner.name.startswith("_")
        for method in owner.body
        if isinstance(method, FUNCTIONS) and method.name.startswith("__") and raised(method)
    ]


@every("label,owner,method", special, ids=lambda row: row[0])
def test_a_special_method_documents_the_errors_it_raises_itself_or_in_its_class(label, owner, method):
    assert raised(method) - documented(method) - documented(owner) == set()


def test_there_are_functions_that_raise():
    assert len(raising()) >= 15
    assert len(special()) >= 2


READS = {
    "partition",
    "rpartition",
    "split",
    "splitlines",
    "startswith",
    "endswith",
    "replace",
    "removeprefix",
    "match",
    "search",
    "findall",
}
"""Methods by which something would be read out of a text."""


def caught():
    """Yield each handler of errors of this library, with the name the error has there."""
    for name, tree in MODULES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler) and node.name and node.type is not None:
                types = {part.id for part in ast.walk(node.type) if isinstance(part, ast.Name)}
                if types & (NAMED_ERRORS | {"EvidenceError"}):
                    yield name, node


def test_nothing_is_read_out_of_the_text_of_an_error():
    handlers = list(caught())
    assert len(handlers) > 10
    found = []
    for name, handler in handlers:
        for call in ast.walk(handler):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in READS:
                texts = [part for part in ast.walk(call) if isinstance(part, ast.Call) and getattr(part.func, "id", "") == "str"]
                found += [name for text in texts if [part for part in ast.walk(text) if getattr(part, "id", "") == handler.name]]
    assert found == []


SAYS = {"referee/page.py", "referee/results.py", "referee/library.py"}
"""Modules of the referee that hand what an alarm says on to readers."""


FOR_READERS = {"message", "arithmetic", "other"}
"""What an alarm says in words, made for people alone: rules ask for its numbers, its reckoning and its places."""


def reads_words(tree):
    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in FOR_READERS]


def test_no_rule_of_the_referee_looks_into_what_an_alarm_says():
    rules = {name: tree for name, tree in MODULES.items() if name.startswith("referee/") and name not in SAYS}
    assert len(rules) > 80
    assert {name: lines for name, tree in rules.items() if (lines := reads_words(tree))} == {}
    assert all(reads_words(MODULES[name]) for name in SAYS)
