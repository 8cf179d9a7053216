"""The table "Where a change belongs" of `chapters/architecture.md`: each change here is made in a copy, in the files its row names and in no other.

With all of them changed a narrow check is green; with any one of them left out it is red.
"""

import os
import re
import shutil
import subprocess
import sys

import pytest
from command import copied_code
from whole import LIBRARY

from evidence.paths import ROOT
from evidence.recompute import known

FREE, OTHER = [name for name, figure in LIBRARY.figures.items() if figure.unit == "percent" and name not in known(LIBRARY)][:2]
"""Two shares that nothing derives."""
TABLE = (ROOT / "chapters" / "architecture.md").read_text(encoding="utf-8").partition("## Where a change belongs")[2]
ROWS = dict(re.findall(r"^\| (?!you want|-)(.+?) \| (.+) \|$", TABLE, re.MULTILINE))

QUANTITY, STATEMENTS, BOOK, UNIT = "lib/evidence/quantity/", "lib/evidence/statements/", "lib/made_together/", "tests/unit/"
WRITING = "let a new way of writing a number be understood"
NO_NUMBER = "let what only looks like a number be left out"
COLUMN = "add a column to a table"
DERIVE = "derive a figure"
OBJECT = "object to what a source says"
RECKON = "compare or reckon in a way that formulas and conditions lack"
FORM = "show data in a new form"
WORD = "let a word be known for what it says of a number"
RULE = "find a new way in which a sentence misleads"
NEED = "test with something that not everybody has"

AT_END = ""
"""In place of a text to replace: the new text follows the file's last line."""
LOAD = """
from dataclasses import replace
from evidence.audit import findings
from evidence.catalog import load, schema
from evidence.catalog.validation import cell_problem
from evidence.charts.data import chart_data
from evidence.charts.forms import specification
from evidence.recompute import recompute
library = load()
"""


def quietly(path):
    """Return the code that runs the tests of a file and fails where one does."""
    return f"import pytest\nassert pytest.main(['-q', '-p', 'no:cacheprovider', {path!r}]) == 0\n"


# What somebody wants, the text that is replaced in each file, and code that fails where it is not so.
CHANGES = {
    "a hedge": (
        WRITING,
        {
            f"{QUANTITY}lexicon.py": ('"about|around|', '"about|around|in the ballpark of|'),
            f"{UNIT}stated_quantities.csv": (AT_END, "in the ballpark of half,004,percent,number,50,,45,55,yes,yes,as about half\n"),
        },
        "assert 'in the ballpark' in open('tests/unit/stated_quantities.csv').read()\n" + quietly(f"{UNIT}test_stated_quantities.py"),
    ),
    "an age": (
        NO_NUMBER,
        {
            f"{QUANTITY}classes.py": ('"people children ', '"people trainees children '),
            f"{UNIT}number_classes.csv": (AT_END, "age,yes,Trainees over 65 moved away.,\nage,no,Trainees over 65% moved away.,over 65%\n"),
        },
        "assert 'Trainees' in open('tests/unit/number_classes.csv').read()\n" + quietly(f"{UNIT}test_number_classes.py"),
    ),
    "a column": (
        COLUMN,
        {
            "lib/evidence/catalog/schema/sources.py": (
                '        Column("published", ',
                '        Column("editor", "Who edited it."),\n        Column("published", ',
            )
        },
        "from evidence.catalog import packaging, schema\n"
        "told = packaging.json_schema(schema.table('sources'))['properties']\nassert told['editor']['description'] == 'Who edited it.'",
    ),
    "a formula": (
        DERIVE,
        {"data/formulas.csv": (AT_END, f"{FREE},2 * {{{OTHER}}},Made for a test.\n")},
        f"{LOAD}assert recompute(library, {FREE!r}).quantity.anchor == 2 * library.figure({OTHER!r}).quantity.anchor",
    ),
    "a function for a figure": (
        DERIVE,
        {
            f"{BOOK}formulas.py": (
                AT_END,
                f'\n\n@sample.REGISTER.recomputes("{FREE}")\ndef made(figures):\n    """Made for a test."""\n'
                f'    return figures("{OTHER}")\n\n\nREGISTER |= sample.REGISTER\n',
            )
        },
        f"{LOAD}assert recompute(library, {FREE!r}).quantity.anchor == library.figure({OTHER!r}).quantity.anchor",
    ),
    "a check": (
        OBJECT,
        {"data/checks.csv": (AT_END, f"made,Is it below its double?,{{{OTHER}}} < 2 * {{{OTHER}}},It says {{{OTHER}}}.\n")},
        f"{LOAD}assert findings(library)['made'] == 'It says ' + library.figure({OTHER!r}).stated + '.'",
    ),
    "a function for a check": (
        OBJECT,
        {
            f"{BOOK}checks.py": (
                AT_END,
                '\n\n@bases.REGISTER.check("made")\ndef made(library):\n    """Is it made for a test?"""\n    return "so it is"\n\n\n'
                "REGISTER |= bases.REGISTER\n",
            )
        },
        f"{LOAD}assert findings(library)['made'] == 'so it is'",
    ),
    "a function of one number": (
        RECKON,
        {
            f"{QUANTITY}reckoning.py": ('{"sum": _total,', '{"same": lambda numbers: numbers[0], "sum": _total,'),
            f"{QUANTITY}formula.py": ("args=[_, _, *_] as numbers", "args=[_, *_] as numbers"),
        },
        "from evidence.quantity import parse, read_formula\n"
        "assert read_formula('same({a})').reckon({'a': parse('36')}.get).quantity.anchor == 36",
    ),
    "a form of chart": (
        FORM,
        {
            "lib/evidence/charts/forms.py": ('    "dots": dots,\n', '    "dots": dots,\n    "points": dots,\n'),
            "lib/evidence/catalog/schema/reasoning.py": ('_FORMS = ("bars", ', '_FORMS = ("points", "bars", '),
        },
        f"{LOAD}row = next(row for row in library.rows('charts') if row['form'] == 'dots')\ndots = chart_data(library, row['id'])\n"
        "points = replace(dots, row=row | {'form': 'points'})\n"
        "assert specification(points, '', '')['layer'] == specification(dots, '', '')['layer']\n"
        "assert cell_problem(schema.table('charts'), 'form', points.row) == ''",
    ),
    "a word of change": (
        WORD,
        {
            f"{STATEMENTS}propositions.py": ('"rise": "rose ', '"rise": "zoomed rose '),
            f"{UNIT}sentence_rules.csv": (AT_END, 'proposition,"[35%](figure:firms.share) do, and it zoomed.",zoomed\n'),
        },
        f"assert 'zoomed' in open('{UNIT}sentence_rules.csv').read()\n" + quietly(f"{UNIT}test_sentence_rules.py"),
    ),
    "a rule of the sentence": (
        RULE,
        {
            f"{STATEMENTS}rules/shouting.py": (
                AT_END,
                "def problems(passage, library):\n    place = passage.block.text.find('!')\n    if place >= 0:\n"
                "        yield passage.problem(place, place + 1, 'it shouts.', 'Say it.')\n",
            ),
            f"{STATEMENTS}rules/__init__.py": (
                AT_END,
                '\n\nfrom evidence.statements.rules import shouting\n\nRULES["shouting"] = shouting.problems\n',
            ),
            f"{UNIT}sentence_rules.csv": (AT_END, "shouting,Firms do!,!\nshouting,Firms do.,\n"),
        },
        "import evidence.statements.rules.shouting\nfrom evidence.statements.rules import RULES\nassert 'shouting' in RULES\n"
        + quietly(f"{UNIT}test_sentence_rules.py"),
    ),
    "a need": (
        NEED,
        {
            "tests/needs.py": ("NEEDS = {\n", 'NEEDS = {\n    "moon": Need("the moon", "wait for it", lambda: True),\n'),
            f"{UNIT}test_made.py": (AT_END, 'import pytest\n\n\n@pytest.mark.needs("moon")\ndef test_made():\n    pass\n'),
        },
        quietly(f"{UNIT}test_made.py"),
    ),
}


@pytest.fixture(scope="session")
def copy(tmp_path_factory):
    """A copy of what the changes touch, and of what their checks read."""
    folder = tmp_path_factory.mktemp("changed")
    for name in ("lib", "data", "tests/unit"):
        copied_code(ROOT / name, folder / name)
    for name in ("_config.yml", "CITATION.cff", "tests/conftest.py", "tests/needs.py", "tests/every.py"):
        shutil.copy2(ROOT / name, folder / name)
    return folder


def red(folder, changed, code):
    """Return what a check complains of while some files are changed, or nothing; all files are then as they were."""
    before = {folder / name: (folder / name).read_text(encoding="utf-8") if (folder / name).exists() else None for name in changed}
    for (path, text), (old, new) in zip(before.items(), changed.values(), strict=True):
        assert old == AT_END or text.count(old) == 1, f"{path.name} does not hold {old!r} once"
        path.write_text(text.replace(old, new) if old else (text or "") + new, encoding="utf-8")
    surroundings = {**os.environ, "PYTHONPATH": f"{folder / 'lib'}{os.pathsep}{folder / 'tests'}", "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run([sys.executable, "-c", code], cwd=folder, env=surroundings, capture_output=True, text=True)
    for path, text in before.items():
        path.unlink() if text is None else path.write_text(text, encoding="utf-8")
    return (ran.stdout + ran.stderr)[-2000:] if ran.returncode else ""


@pytest.mark.slow
@pytest.mark.parametrize("name", CHANGES)
def test_a_change_needs_the_files_of_its_row_and_no_other(name, copy):
    _, changed, code = CHANGES[name]
    assert red(copy, changed, code) == ""
    for left_out in changed:
        assert red(copy, {path: texts for path, texts in changed.items() if path != left_out}, code), f"{left_out} need not be touched"


def named(row):
    """Return the files and rooms that a row of the table names."""
    return {name for name in re.findall(r"`([^` ]+)`", row) if "/" in name or "." in name or (ROOT / "lib" / "evidence" / name).is_dir()}


def is_of(path, name):
    """Return whether a file is the one that a row names, or in the room that it names."""
    return path.endswith(f"/{name}") or path == name or f"evidence/{name}/" in path


@pytest.mark.parametrize("wanted", sorted({wanted for wanted, _, _ in CHANGES.values()}))
def test_a_row_names_the_files_that_its_changes_touch(wanted):
    touched = {path for row, changed, _ in CHANGES.values() if row == wanted for path in changed if not path.endswith("test_made.py")}
    assert {name for name in named(ROWS[wanted]) if not any(is_of(path, name) for path in touched)} == set()
    assert {path for path in touched if not any(is_of(path, name) for name in named(ROWS[wanted]))} == set()
