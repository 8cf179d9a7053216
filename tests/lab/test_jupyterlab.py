"""JupyterLab as an author uses it: put a test here when a chapter must open, run, look or be saved in a certain way there."""

import contextlib
import json
import os
import re
import secrets
import socket
import subprocess
import urllib.error
import urllib.request

import pytest
from processes import until

from evidence.editions.pdf import find_browser
from evidence.form import faults

pytestmark = [pytest.mark.slow, pytest.mark.needs("lab", "browser")]

PATIENCE_S = 60
"""How long a slow machine may take to start the server, to open a chapter or to run it."""
CHAPTER, CHART, COLOUR = "case-catch", "#chart-cases-starts-decline", "rgb(0, 114, 178)"
KERNEL = ".jp-Notebook-ExecutionIndicator"
"""The mark of the kernel's state. JupyterLab loses what it is asked for before its new kernel has answered."""


def answers(address, token):
    try:
        with urllib.request.urlopen(f"{address}/api/status?token={token}", timeout=5) as reply:
            return reply.status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def free_port():
    """Return a port that is free, and that the system gives to nobody who asks it for any, as others do before the server has started."""
    for port in range(20_000 + os.getpid() % 10_000, 32_000):
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise AssertionError("no port is free")


@pytest.fixture
def lab(tools, copy, surroundings):
    """Address of a JupyterLab on the copy, with its token."""
    port = free_port()
    token, address = secrets.token_hex(16), f"http://127.0.0.1:{port}"
    chapters = [str(path) for path in sorted((copy / "chapters").glob("*.ipynb"))]
    subprocess.run([tools / "jupyter", "trust", *chapters], env=surroundings, check=True, capture_output=True)
    command = [tools / "jupyter", "lab", "--config", copy / ".lab" / "jupyter_lab_config.py", "--no-browser", "--allow-root"]
    command += ["--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}"]
    with (copy / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=copy, env=surroundings, stdout=log, stderr=log)
        try:
            heard = until(lambda: answers(address, token) or server.poll() is not None, PATIENCE_S)
            assert heard and server.poll() is None, (copy / "server.log").read_text()[-3000:]
            yield address, token
        finally:
            server.terminate()
            server.wait(timeout=PATIENCE_S)


@pytest.fixture
def page(playwright):
    """A page of Chromium."""
    browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"])
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(PATIENCE_S * 1000)
    yield context.new_page()
    browser.close()


def choose(page, menu, item):
    page.get_by_role("menuitem", name=menu, exact=True).click()
    page.get_by_role("menuitem", name=item, exact=True).click()


def see_bars(page, chart, colour):
    """Wait until the two bars of a chart, which may be put there anew, are drawn in a colour."""
    page.wait_for_function(
        """([chart, colour]) => {
            const bars = [...document.querySelectorAll(`${chart} .chart-wide path[fill^='var(--chart']`)];
            return bars.length === 2 && bars.every(bar => bar.getBoundingClientRect().width >= 0.5 && getComputedStyle(bar).fill === colour);
        }""",
        arg=[chart, colour],
    )


def test_a_chapter_opens_runs_looks_right_and_is_saved_in_its_committed_form(lab, page, copy, tmp_path):
    from playwright.sync_api import expect

    expect.set_options(timeout=PATIENCE_S * 1000)
    address, token = lab
    strangers = []
    page.on("request", lambda request: None if request.url.startswith((address, "data:", "blob:")) else strangers.append(request.url))
    page.goto(f"{address}/lab/tree/chapters/{CHAPTER}.ipynb?token={token}")

    # As it opens: the numbers are links that can be told from text, and the charts recorded in the file are drawn.
    number = page.locator('.jp-Notebook a[href="figure:case.catch.apprentices"]').first
    expect(number).to_have_text("430")
    expect(number).to_have_css("text-decoration-style", "dotted")
    chart = page.locator(CHART)
    chart.scroll_into_view_if_needed()
    see_bars(page, CHART, COLOUR)
    expect(chart.locator(".chart-narrow")).to_be_hidden()
    page.screenshot(path=tmp_path / "opened.png")

    file = copy / "chapters" / f"{CHAPTER}.ipynb"
    before = file.read_text(encoding="utf-8")

    # It runs with the book's kernel, and says that every statement holds.
    expect(page.locator(KERNEL)).to_have_attribute("data-status", "idle")
    choose(page, "Kernel", "Restart Kernel and Clear Outputs of All Cells…")
    page.get_by_role("button", name="Confirm Kernel Restart").click()
    expect(page.locator("figure.evidence-chart")).to_have_count(0)
    expect(page.locator(KERNEL)).to_have_attribute("data-status", "idle")
    choose(page, "Run", "Run All Cells")
    recorded = re.search(r"All \d+ statements of this page: \d+ hold, 0 broken", before)
    statements = page.get_by_text(recorded.group())
    expect(statements).to_be_visible()
    statements.click()
    expect(page.get_by_role("cell", name="adds up").first).to_be_visible()
    page.screenshot(path=tmp_path / "statements.png")
    chart.scroll_into_view_if_needed()
    see_bars(page, CHART, COLOUR)
    page.screenshot(path=tmp_path / "ran.png")

    # An edited cell is saved with one sentence on each line, and what was run changed nothing else.
    page.get_by_role("heading", name="The place in official numbers").click()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+End")
    page.keyboard.type(" It stands here. So does this.")
    expect(page.locator(".jp-mod-dirty").first).to_be_attached()
    page.keyboard.press("Control+s")
    expect(page.locator(".jp-mod-dirty")).to_have_count(0)
    saved = file.read_text(encoding="utf-8")
    cells = ["".join(cell["source"]) for cell in json.loads(before)["cells"]]
    last = next(cell for cell in cells if cell.startswith("## The place in official numbers")).splitlines()[-1]
    assert faults(saved, notebook=True) == []
    assert [line for line in saved.splitlines() if line not in before.splitlines()] == [
        f'    "{last}\\n",',
        '    "It stands here.\\n",',
        '    "So does this."',
    ]
    assert strangers == []
