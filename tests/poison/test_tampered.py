"""Recorded outputs changed at random by somebody who may edit any chapter: each change is told by the proof a build makes, or by the gates before it.

The chapters run once, on a copy of the book in which every recorded output is forged, so that nothing recorded can have reached the result. What
recording a chapter with other prose, tags or metadata would write follows from that result, since none of these reaches its code.
"""

import copy
import json
import os
import random
import re
import shutil
from collections import Counter

import pytest

from evidence import paths
from evidence.editions import proof
from evidence.editions.execution import Executed, Run, execute_all
from evidence.errors import EditionError, StatementError
from evidence.form import canonical, faults
from evidence.gates.form import notebook_form
from evidence.problems import Place
from evidence.statements import parse_notebook, read_notebook

pytestmark = pytest.mark.slow

COUNT = round(1000 * float(os.environ.get("SHARE_OF_CHANGES", "0.2")))
"""How many changes to try: 200, and 1,000 with SHARE_OF_CHANGES=1."""

CHART = "application/vnd.vegalite.v6+json"


def forged(text):
    """Return a chapter with another output in the place of each, and one where there is none."""
    notebook = json.loads(text)
    lie = {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": ["a lie"]}}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [lie]
    return json.dumps(notebook)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    root = tmp_path_factory.mktemp("tampered")
    for name in ("chapters", "data"):
        shutil.copytree(paths.ROOT / name, root / name)
    shutil.copy2(paths.ROOT / "_config.yml", root)
    return root


@pytest.fixture(scope="module")
def truth(book):
    """What each chapter gives, by file name."""
    committed = {path: path.read_text(encoding="utf-8") for path in (book / "chapters").glob("*.ipynb")}
    for path, text in committed.items():
        path.write_text(forged(text), encoding="utf-8")
    executed = execute_all(map(Run, committed), 2, lambda _name: None)
    for path, text in committed.items():
        path.write_text(text, encoding="utf-8")
    assert executed.failures == []
    return executed.texts


def test_the_book_is_what_the_data_give_whatever_is_recorded(book, truth):
    assert truth.keys() == {path.name for path in (book / "chapters").glob("*.ipynb")}
    assert len(truth) > 20
    assert {name: (book / "chapters" / name).read_text(encoding="utf-8") for name in truth} == truth


def shown(notebook, kind="text/html"):
    """Return the outputs of a type."""
    return [output["data"] for cell in notebook["cells"] for output in cell.get("outputs", []) if kind in output.get("data", {})]


def replaced(pattern, new, kind="text/html"):
    """Return a change of one match of a pattern in an output of a type."""

    def change(notebook, dice):
        texts = [(data, json.dumps(data[kind]) if kind == CHART else "".join(data[kind])) for data in shown(notebook, kind)]
        data, text = dice.choice([(data, text) for data, text in texts if re.search(pattern, text)])
        found = dice.choice(list(re.finditer(pattern, text)))
        other = text[: found.start()] + new(found.group(), dice) + text[found.end() :]
        data[kind] = json.loads(other) if kind == CHART else other.splitlines(keepends=True)

    return change


def another_digit(digit, dice):
    return dice.choice([other for other in "0123456789" if other != digit])


def with_outputs(change):
    """Return a change of the list of outputs of a cell that has some."""

    def changed(notebook, dice):
        change(dice.choice([cell for cell in notebook["cells"] if cell.get("outputs")])["outputs"], dice)

    return changed


def with_cell(change, kind="code"):
    def changed(notebook, dice):
        change(dice.choice([cell for cell in notebook["cells"] if cell["cell_type"] == kind]), dice)

    return changed


def swapped_outputs(notebook, dice):
    cells = [cell for cell in notebook["cells"] if cell.get("outputs")]
    one = dice.choice(cells)
    other = dice.choice([cell for cell in cells if cell["outputs"] != one["outputs"]])
    one["outputs"], other["outputs"] = other["outputs"], one["outputs"]


def tagged(cell, dice):
    tag = dice.choice(["remove-output", "hide-output", "nbval-skip", "nbval-ignore-output", "raises-exception", "skip-execution", "x"])
    cell["metadata"].setdefault("tags", []).append(tag)


def marked(cell, dice):
    mark = dice.choice(["NBVAL_IGNORE_OUTPUT", "NBVAL_SKIP", "PYTEST_VALIDATE_IGNORE_OUTPUT"])
    cell["source"] = [f"# {mark}\n", *cell["source"]]


def another_picture(outputs, dice):
    outputs[0]["data"][dice.choice(["image/png", "image/svg+xml", "text/markdown", "text/latex", "application/javascript"])] = ["aGk="]


CHANGES = {
    "a digit of a page": replaced(
        r"(?<=>)[^<]*\d[^<]*(?=<)", lambda text, dice: re.sub(r"\d", lambda d: another_digit(d[0], dice), text, count=1)
    ),
    "a word of a page": replaced(r"(?<=[> ])[a-z]{4,}(?=[ <])", lambda word, _dice: word[::-1] + "x"),
    "a digit of the plain text": replaced(r"\d", another_digit, "text/plain"),
    "a point of a drawing": replaced(r"(?<= d=\")[^\"]*\d", lambda path, dice: path[:-1] + another_digit(path[-1], dice)),
    "a size in a drawing": replaced(r"(?<=width=\")\d", another_digit),
    "a record that a number leads to": replaced(r"(?<=#)[\w.-]+(?=\")", lambda target, _dice: target + "-x"),
    "an address": replaced(r"(?<=href=\")[^\"]+", lambda _address, _dice: "audit.html"),
    "an alternative text": replaced(r"(?<=aria-label=\")[^\"]+", lambda _text, _dice: "All firms agree."),
    "a caption": replaced(r">[^<]+(?=</(?:caption|figcaption|p)>)", lambda text, _dice: text + "All firms agree."),
    "an attribute": replaced(r"(?<= )class=\"[^\"]*\"", lambda _text, _dice: 'hidden=""'),
    "a row of a table": replaced(r"<tr>.*?</tr>", lambda _row, _dice: ""),
    "a value of a chart": replaced(r"(?<=\"value\": )[\d.]+", lambda number, _dice: f"{number}1", CHART),
    "a word of a chart": replaced(r"(?<=: \")[a-z]{3,}(?=\")", lambda word, _dice: word + "x", CHART),
    "an output taken out": with_outputs(lambda outputs, _dice: outputs.pop()),
    "an output put twice": with_outputs(lambda outputs, _dice: outputs.append(copy.deepcopy(outputs[0]))),
    "an output of another kind": with_outputs(lambda outputs, _dice: outputs[0].update(output_type="display_data")),
    "a stream of text": with_outputs(
        lambda outputs, _dice: outputs.append({"output_type": "stream", "name": "stdout", "text": ["All agree."]})
    ),
    "another type beside": with_outputs(another_picture),
    "a type taken out": with_outputs(lambda outputs, dice: outputs[0]["data"].pop(dice.choice(sorted(outputs[0]["data"])))),
    "metadata of an output": with_outputs(lambda outputs, _dice: outputs[0].update(metadata={"filenames": {"image/png": "x.png"}})),
    "outputs of two cells exchanged": swapped_outputs,
    "a count": with_cell(lambda cell, dice: cell.update(execution_count=dice.randrange(50, 99))),
    "a tag": with_cell(tagged),
    "a tag of prose": with_cell(tagged, "markdown"),
    "metadata of a cell": with_cell(lambda cell, _dice: cell["metadata"].update(mystnb={"image": {"alt": "All firms agree."}})),
    "metadata of the chapter": lambda notebook, dice: notebook["metadata"].update(
        {dice.choice(["mystnb", "jupytext", "widgets"]): {"x": 1}}
    ),
    "another kernel": lambda notebook, _dice: notebook["metadata"]["kernelspec"].update(name="ir"),
    "another format": lambda notebook, _dice: notebook.update(nbformat_minor=4),
    "a comment that switches nbval off": with_cell(marked),
    "an id taken twice": lambda notebook, _dice: notebook["cells"][0].update(id=notebook["cells"][1]["id"]),
    "an attached file": with_cell(lambda cell, _dice: cell.update(attachments={"x.png": {"image/png": "aGk="}}), "markdown"),
    "a raw cell": lambda notebook, dice: notebook["cells"].insert(
        dice.randrange(len(notebook["cells"])), {"cell_type": "raw", "id": "x", "metadata": {}, "source": ["<b>All firms agree.</b>"]}
    ),
}


def by_proof(path, truth, monkeypatch):
    """Return what a build's proof says of a chapter, run on what its code is known to give."""

    def known(runs, *_others):
        found = Executed()
        for run in runs:
            try:
                executed = parse_notebook(truth[run.notebook.name], run.notebook.name)
                found.texts[run.notebook.name] = canonical(read_notebook(run.notebook), executed)
            except StatementError as error:
                found.failures.append(EditionError(str(error)))
        return found

    monkeypatch.setattr(proof, "execute_all", known)
    return list(map(str, proof.prove(path.stem, 1, lambda _name: None, path.parent.parent)))


def by_gates(path):
    """Return what the gates before it say of the chapter's form."""
    try:
        return list(
            map(
                str,
                [
                    *notebook_form(path, read_notebook(path)),
                    *faults(path.read_text(encoding="utf-8"), notebook=True, place=Place(f"chapters/{path.name}")),
                ],
            )
        )
    except StatementError as error:
        return [str(error)]


def changed(kind, names, truth, dice):
    """Return the name of a chapter and its notebook after a change of a kind; not every chapter has something of each."""
    for name in dice.sample(names, len(names)):
        notebook = json.loads(truth[name])
        try:
            CHANGES[kind](notebook, dice)
        except IndexError:
            continue
        return name, notebook
    raise AssertionError(f"no chapter has {kind}")


@pytest.mark.filterwarnings("ignore:Non-unique cell id")
def test_a_changed_chapter_is_never_built(book, truth, monkeypatch, record_property):
    dice, told, silent = random.Random(20261128), Counter(), []
    names = sorted(truth, key=lambda name: len(truth[name]))[:-5]  # the five largest take as long as the rest
    for number in range(COUNT):
        kind = list(CHANGES)[number % len(CHANGES)]
        name, notebook = changed(kind, names, truth, dice)
        path = book / "chapters" / name
        path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        assert path.read_text(encoding="utf-8") != truth[path.name], kind
        problems, formal = by_proof(path, truth, monkeypatch), by_gates(path)
        told[kind, "both" if problems and formal else "proof" if problems else "gates" if formal else "nothing"] += 1
        silent += [] if problems or formal else [f"{path.name}: {kind}"]
        assert [problem for problem in [*problems, *formal] if f"chapters/{path.name}" not in problem] == [], kind
        path.write_text(truth[path.name], encoding="utf-8")
    spread = Counter({by: sum(count for (_, one), count in told.items() if one == by) for by in ("both", "proof", "gates", "nothing")})
    record_property("told", f"{COUNT} changes of {len(CHANGES)} kinds, told by: {dict(spread)}")
    for (kind, by), count in sorted(told.items()):
        print(f"{kind}: {count} by {by}")
    assert silent == []
