"""What the library borrows of packages without a promise that it stays: put a row and a test here when code relies on another such thing."""

import inspect
from importlib import import_module

import nbformat
import pytest
from markdown_it import MarkdownIt
from nbclient import NotebookClient
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from evidence.paths import ROOT

BORROWED = [
    ("sphinx.environment:BuildEnvironment.clear_doc", "site/warm.py", ".clear_doc(", ["self", "docname"]),
    ("sphinx.builders:Builder.read_doc", "site/warm.py", ".read_doc(", ["self", "docname"]),
    ("sphinx.builders.html:StandaloneHTMLBuilder.prepare_writing", "site/warm.py", ".prepare_writing(", ["self", "docnames"]),
    ("sphinx.builders.html:StandaloneHTMLBuilder.write_doc", "site/warm.py", ".write_doc(", ["self", "docname", "doctree"]),
    ("sphinx.builders.html:StandaloneHTMLBuilder.write_doc_serialized", "site/warm.py", "serialized(", ["self", "docname", "doctree"]),
    ("jupyter_book.config:get_final_config", "site/warm.py", "get_final_config(", ["user_yaml", "cli_config", "sourcedir", "validate"]),
    ("jupyter_book.cli.main:main", "editions/building.py", "jupyter_book.cli.main", []),
    ("nbclient:NotebookClient.process_message", "editions/engine.py", ".process_message(", ["self", "msg", "cell", "cell_index"]),
    ("ipykernel.zmqshell:ZMQInteractiveShell.initialized", "chapter/guard.py", "ZMQInteractiveShell.initialized()", []),
    ("ipykernel.compiler:XCachingCompiler", "editions/shell.py", "XCachingCompiler", []),
]
"""Where it is, the file that uses it, how it is used there, and the parameters that are relied on."""


@pytest.mark.parametrize(("name", "file", "use", "parameters"), BORROWED, ids=[row[0] for row in BORROWED])
def test_it_is_there_takes_what_it_is_given_and_is_used_where_it_says(name, file, use, parameters):
    module, _, path = name.partition(":")
    found = import_module(module)
    for part in path.split("."):
        found = getattr(found, part)
    assert set(parameters) <= set(inspect.signature(found).parameters if parameters else [])
    assert use in (ROOT / "lib" / "evidence" / file).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A site of three pages: a front page that includes two, and what a page was given to be written with."""
    folder, given = tmp_path_factory.mktemp("sphinx"), {}
    for name, text in (("index", "Front\n=====\n\n.. toctree::\n\n   one\n   two\n"), ("one", "One\n===\n"), ("two", "Two\n===\n")):
        (folder / f"{name}.rst").write_text(text, encoding="utf-8")
    with patch_docutils(), docutils_namespace():
        app = Sphinx(folder, None, folder / "html", folder / "trees", "html", status=None, warning=None)
        app.connect("html-page-context", lambda _app, page, _template, context, _tree: given.update({page: context}))
        app.build()
        yield app, given


def test_sphinx_knows_the_pages_and_what_includes_them(built):
    environment = built[0].env
    assert environment.found_docs == {"index", "one", "two"}
    assert environment.toctree_includes == {"index": ["one", "two"]}
    assert environment.get_doctree("one").astext() == "One"


def test_scripts_of_a_page_can_be_told_to_wait(built):
    scripts = [script for script in built[1]["one"]["script_files"] if getattr(script, "filename", None)]
    assert scripts
    for script in scripts:
        script.attributes["defer"] = "defer"
        assert script.attributes["defer"] == "defer"
        assert str(script.filename).endswith(".js")


def test_the_client_of_notebooks_stores_a_message_in_its_cell():
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    client = NotebookClient(notebook, record_timing=False)
    client.clear_before_next_output = False
    told = {"msg_type": "stream", "header": {"msg_type": "stream"}, "parent_header": {}, "content": {"name": "stdout", "text": "told"}}
    client.process_message(told, notebook.cells[0], 0)
    assert [output.text for output in notebook.cells[0].outputs] == ["told"]


def test_a_parser_of_its_own_lets_every_address_through():
    parser = MarkdownIt("commonmark")
    parser.validateLink = lambda _url: True
    assert 'href="javascript:x"' in parser.render("[a](javascript:x)")
