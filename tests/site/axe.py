"""The rules of accessibility that a machine can ask; they are those of axe-core."""

ALL_RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
"""The rules that can turn out otherwise in another colour scheme; all others read the same page as in the light, or nearly: the slow tier asks
all of them again on the other screen."""

_THIN_OUT = """() => {
  const own = ({ tagName, attributes, textContent }) =>
    [tagName, textContent.trim() ? "text" : "", ...[...attributes].map(({ name, value }) => (["class", "role"].includes(name) ? value : name))].join(" ");
  const way = (node, part) => (node === part ? "" : way(node.parentElement, part) + " > ") + own(node);
  const met = new Map();
  let taken = 0;
  for (const part of document.querySelectorAll("section.entry, tbody tr, li")) {
    const ways = new Set([part, ...part.querySelectorAll("*")].map(node => way(node, part)));
    if ([...ways].every(one => met.get(one) >= 2)) { part.remove(); taken += 1; }
    else for (const one of ways) met.set(one, (met.get(one) || 0) + 1);
  }
  dispatchEvent(new Event("resize"));  // what is left may be wider or narrower, and the page asks that of its tables
  return taken;
}"""


def thin_out(page):
    """Take from an open page the entries, rows and list items that hold nothing of another make than two before them, and return how many.

    Of the same make are elements that stand in elements of the same names, attributes and classes; they differ in their words. For the four
    hundred entries of a source axe-core would take ten seconds.
    """
    return page.evaluate(_THIN_OUT)


def violations(page, rules):
    """Return what breaks the rules on an open page: rule, element and what to do."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=rules).response["violations"]
    return [(rule["id"], node["html"][:160], node["failureSummary"]) for rule in found for node in rule["nodes"]]
