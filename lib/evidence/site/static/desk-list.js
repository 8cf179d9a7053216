"use strict";
/* What the search found and what the desk answers, as elements of a page. */
globalThis.evidenceList = (() => {
  const ROOT = globalThis.evidenceFind.ROOT;

  function element(name, className, ...content) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...content.filter(part => part !== null && part !== ""));
    return made;
  }

  function link(text, address, className = "") {
    const made = element("a", className, text);
    made.href = address;
    return made;
  }

  /** Return a record's number or words as a link to its entry; it opens a card where the page has cards and is not covered by a dialog. */
  function recordLink(desk, record, inDialog) {
    const { row, kind } = record;
    const made = link(row[desk.FIELD.shown], `${ROOT}chapters/${desk.address(record)}`, kind);
    if (!inDialog && window.evidenceCards) made.dataset.evidence = `${kind} ${row[desk.FIELD.id]}`;
    return made;
  }

  const chip = word => element("span", `verdict verdict-${word.replaceAll(" ", "-")}`, word);

  function about(desk, row) {
    const parts = [...row[desk.FIELD.about].split("; "), row[desk.FIELD.place], row[desk.FIELD.period]].filter(Boolean);
    const first = part => parts.findIndex(other => other.toLowerCase() === part.toLowerCase());
    return parts.filter((part, place) => first(part) === place).join(", ");
  }

  const sourceOf = (desk, row) => (globalThis.evidenceLedger.sources[row[desk.FIELD.source]] || ["", ""])[1];

  function item(desk, found, inDialog) {
    if (found.record) {
      const { row, kind } = found.record;
      const made = element("li", `find-${kind}`, element("span", "find-kind", kind), recordLink(desk, found.record, inDialog), " ", chip(row[desk.FIELD.verdict]), element("p", "find-about", [kind === "claim" ? "" : about(desk, row), sourceOf(desk, row)].filter(Boolean).join(" · ")));
      made.dataset.found = `${kind} ${row[desk.FIELD.id]}`;
      return made;
    }
    if (found.entry) {
      const [kind, name, says, address] = found.entry;
      return element("li", "find-entry", element("span", "find-kind", kind), link(name, ROOT + address), element("p", "find-about", says));
    }
    const [title, address, heading, words] = found.page;
    return element("li", "find-page", element("span", "find-kind", heading ? "section" : "page"), link(heading || title, ROOT + address), element("p", "find-about", [heading ? title : "", words ? `${words} …` : ""].filter(Boolean).join(": ")));
  }

  /** Return what a search found as a list with its count. */
  function found(desk, results, text) {
    if (!results.length) return [element("p", "find-count", `Nothing here matches “${text}”. Try fewer words, or a number as it is printed.`)];
    const list = element("ol", "find-results");
    const inDialog = () => Boolean(document.querySelector("#pst-search-dialog[open]"));
    list.append(...results.map(one => item(desk, one, inDialog())));
    return [element("p", "find-count", `${results.length} ${results.length === 1 ? "result" : "results"}, the best first`), list];
  }

  return { element, link, recordLink, chip, about, sourceOf, found, ROOT };
})();
