"""The rules of accessibility that a machine can ask; they are those of axe-core."""

from functools import cache

from browsing import BESIDE, SERVED

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


_CHOOSE_INKS = """known => {
  const inks = new Map([[document.documentElement.parentNode, ""]]);
  const ink = node => {
    if (!inks.has(node)) {
      const under = ink(node.parentNode), style = getComputedStyle(node);
      const own = [
        style.color, style.fill, style.backgroundColor, style.backgroundImage, style.opacity, style.filter, style.textShadow,
        style.textDecorationLine, style.borderBottomStyle, style.fontSize, style.fontWeight,
      ].join(" ");
      inks.set(node, under.endsWith(own) ? under : `${under} | ${own}`);
    }
    return inks.get(node);
  };
  const met = new Map(known), chosen = [];
  for (const node of document.body.querySelectorAll("*")) {
    const speaks = node.matches("input, select, textarea") || [...node.childNodes].some(one => one.nodeType === 3 && one.data.trim());
    if (!speaks || !node.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const make = `${node.closest("a") ? "link" : "text"}${ink(node)}`;
    if ((met.get(make) || 0) >= 2) continue;
    met.set(make, (met.get(make) || 0) + 1);
    chosen.push(node);
  }
  window.chosenInks = chosen;
  return [...met];
}"""


class Inks:
    """The colours in which text was met on the pages of one screen in one scheme: ink, size and all grounds under it.

    Text in colours that were met twice before is not asked again: axe-core takes half a second for all text of a page. The slow tier asks all.
    """

    def __init__(self):
        self._met = []

    def violations(self, page):
        """Return which text of an open page, of colours that are new, cannot be told from its ground or from the text around it."""
        before = len(self._met), sum(times for _, times in self._met)
        self._met = page.evaluate(_CHOOSE_INKS, self._met)
        if before == (len(self._met), sum(times for _, times in self._met)):
            return []
        return _told(_axe(page, COLOURS, "{ include: chosenInks }"))


def violations(page, rules):
    """Return what breaks the rules on an open page: rule, element and what to do."""
    return _told(_axe(page, rules, "document"))


def asked(page, part):
    """Return how many rules a part of an open page keeps, and what breaks one of them."""
    bring(page, _QUICK)
    return page.evaluate(
        "part => axe.run(part, { preload: false }).then(({ passes, violations }) => [passes.length, violations])",
        part,
    )


_QUICK = """(() => {
class WeakMap {
  constructor() { this.own = Symbol(); }
  has(one) { return Object(one) === one && this.own in one; }
  get(one) { return one[this.own]; }
  set(one, value) { one[this.own] = value; return this; }
  add(one) { return this.set(one, true); }
}
const WeakSet = WeakMap;
%s
const colours = axe.commons.color.Color.prototype, read = colours.parseString, known = new Map();
colours.parseString = function (text) {
  if (!known.has(text)) {
    read.call(this, text);
    known.set(text, [this.r, this.g, this.b, this.alpha]);
  }
  [this.r, this.g, this.b, this.alpha] = known.get(text);
  return this;
};
})()"""
"""Runs axe-core with its colours kept otherwise, for it spends two thirds of its time on them: each of their private fields lies in a map beside
them, here in themselves, and what a colour is called is read once."""


def _axe(page, rules, where):
    """Return the violations that axe-core finds in a part of an open page, which is an expression of the page's language."""
    bring(page, _QUICK)
    return page.evaluate(f"rules => axe.run({where}, rules).then(found => found.violations)", rules)


def bring(page, way="%s"):
    """Bring axe-core into an open page unless it is there: as it comes, or in a way that holds its place.

    Where the page's site is served here, so is this: to hand half a megabyte to the browser, which reads it anew each time, would take it longer than
    a page.
    """
    there, origin = page.evaluate("['axe' in window, location.origin]")
    if not there and way is _QUICK and origin in SERVED:
        page.add_script_tag(url=_ADDRESS)
    elif not there:
        page.evaluate(way % _script())


@cache
def _script():
    from axe_playwright_python.sync_playwright import Axe

    return Axe().axe_script


_ADDRESS = "/axe-core-of-tests.js"
BESIDE[_ADDRESS] = lambda: f"{_QUICK % _script()};\ndocument.currentScript.remove();"


def _told(found):
    return [(rule["id"], node["html"][:160], node["failureSummary"]) for rule in found for node in rule["nodes"]]
