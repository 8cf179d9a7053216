"""The policy of the pages: put a test here when something must not run or load, wherever a page is opened from."""

import re

import pytest
from browsing import all_pages, settle
from parsed import parsed

from evidence.site.policy import policy, secured

LISTEN = """
window.refused = [];
document.addEventListener("securitypolicyviolation", told => refused.push([told.effectiveDirective, told.blockedURI, told.sample].join(" ")));
"""

USED = """() => {
  document.querySelector("article p a[data-evidence]")?.click();
  for (const input of document.querySelectorAll("article input")) input.dispatchEvent(new Event("input", { bubbles: true }));
}"""
"""A card is opened and each control is used."""

FROM_DISK = ("chapters/index.html", "chapters/coordination.html", "chapters/impact.html", "chapters/ledger.html", "search.html", "404.html")


def worked(page):
    """Let all charts of a page be drawn, open a card and use each control; return how many charts there are and what was refused."""
    charts = page.locator("figure.evidence-chart:has(script.chart-specification)").all()
    for figure in charts:
        figure.scroll_into_view_if_needed()
        figure.locator("[data-drawn]").first.wait_for(state="attached")
    settle(page)
    page.evaluate(USED)
    settle(page)
    return len(charts), page.evaluate("refused")


@pytest.fixture
def strict(browser):
    """A page on which policies hold, with the errors that the browser tells."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=False)
    page, errors = context.new_page(), []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(LISTEN)
    yield page, errors
    context.close()


def test_every_page_has_a_policy_before_anything_that_it_loads(site):
    loads = re.compile(r"<(?:script|link|style|img|svg)\b")
    for path in sorted(site.rglob("*.html")):
        before, policy_of_page, _ = path.read_text(encoding="utf-8").partition('<meta http-equiv="Content-Security-Policy"')
        assert policy_of_page and not loads.search(before), path


def test_no_page_has_anything_that_only_a_lax_policy_would_allow(site):
    """No handler or style in an attribute, no address that is code; and the policies allow neither by a word."""
    for path in map(site.joinpath, all_pages(site, sources=True)):
        page = parsed(path)
        given = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
        assert "unsafe" not in given and "*" not in given and "http" not in given, path
        lax = [
            tag
            for tag in page.find_all(True)
            for name, value in tag.attrs.items()
            if name.startswith("on") or name == "style" or str(value).startswith("javascript:")
        ]
        assert lax == [], path


@pytest.mark.parametrize("where", ["served", "on the disk"])
def test_with_its_policy_in_force_every_page_works_and_nothing_is_refused(strict, site, address, where):
    page, errors = strict
    drawn = 0
    for name in all_pages(site) if where == "served" else FROM_DISK:
        page.goto(f"{address}/{name}" if where == "served" else (site / name).as_uri(), wait_until="load")
        charts, refused = worked(page)
        assert (refused, errors) == ([], []), name
        drawn += charts
    assert drawn >= 5


def test_what_was_not_there_when_the_site_was_built_does_not_run(strict, site, address):
    page, errors = strict
    strange = "<script>ran = 1</script><style>article { display: none }</style><img src=x onerror='ran = 2'><p style='color: red'>x</p>"
    text = (site / "chapters/reading.html").read_text(encoding="utf-8").replace("</article>", f"{strange}</article>")
    page.route("**/chapters/reading.html", lambda route: route.fulfill(body=text, content_type="text/html"))
    page.goto(f"{address}/chapters/reading.html", wait_until="load")
    _, refused = worked(page)
    assert page.evaluate("typeof ran") == "undefined"
    assert page.locator("article").is_visible()
    assert sorted(told.split()[0] for told in refused) == ["script-src-attr", "script-src-elem", "style-src-attr", "style-src-elem"]
    assert len(errors) >= 4
    with pytest.raises(Exception, match=r"unsafe-eval|EvalError"):
        page.evaluate(
            "() => new Promise((done, fail) => setTimeout(() => { try { done(new Function('return 1')()) } catch (error) { fail(error) } }, 20))"
        )


def test_only_scripts_and_styles_that_stand_in_a_page_are_named_by_their_hash():
    page = (
        '<meta charset="utf-8"><script type="application/json">{}</script><script src="a.js"></script><style>a{}</style><script>1</script>'
    )
    given = policy(page)
    # By hand: printf 'a{}' | openssl dgst -sha256 -binary | base64, and the same of 1.
    assert re.findall(r"'sha256-[^']+'", given) == [
        "'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='",
        "'sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk='",
    ]
    assert secured("<p>No page</p>") == "<p>No page</p>"
