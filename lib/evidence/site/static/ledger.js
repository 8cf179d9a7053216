/* The searchable table of the ledger. Rows come from ledger-rows.js; each is a short list, named by FIELD. All words of the search must occur in a
   row. The state of the form stands in the address, so that a view can be linked and the back button works. */
(async () => {
  "use strict";

  const FIELD = { kind: 0, id: 1, shown: 2, about: 3, place: 4, period: 5, source: 6, verdict: 7, late: 8, chapters: 9, words: 10, unit: 11, low: 12, doubt: 13, safe: 14, part: 15 };
  const SELECTS = ["kind", "safe", "verdict", "source", "chapter", "place", "freshness"];
  const STEP = 100;

  const root = document.getElementById("ledger-search");
  if (!globalThis.evidenceLedger) await evidenceRecords("ledger-rows.js"); // in an archived edition, where they lie in parts
  const { sources, chapters, rows, moved, kinds, doubted } = globalThis.evidenceLedger;

  /* Where the entry of a row stands. */
  function address(row) {
    if (kinds[row[FIELD.kind]] === "claim") return `#claim-${row[FIELD.id]}`;
    const anchor = kinds[row[FIELD.kind]] === "finding" ? `finding-${row[FIELD.id]}` : row[FIELD.id];
    const page = sources[row[FIELD.source]][2];
    return `${row[FIELD.part] ? page.replace(".html", `-${row[FIELD.part] + 1}.html`) : page}#${anchor}`;
  }

  /* Addresses of old led to entries on this page; they lead on to where the entries stand now. */
  function leadOn() {
    const name = decodedHash();
    if (!name || document.getElementById(name)) return;
    const finding = name.startsWith("finding-");
    const wanted = finding ? name.slice("finding-".length) : name;
    const row = rows.find(entry => entry[FIELD.id] === wanted && kinds[entry[FIELD.kind]] === (finding ? "finding" : "figure"));
    const target = row ? address(row) : Object.hasOwn(moved, name) ? moved[name] : "";
    if (target) location.replace(target);
  }

  function decodedHash() {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return "";
    }
  }

  leadOn();
  addEventListener("hashchange", leadOn);

  /* Letters without accents or case, quotation marks straight: what a reader types. */
  const folded = text => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[‘’]/g, "'").replace(/[“”]/g, '"').toLowerCase();

  function searchable(row) {
    const [key = "", short = ""] = sources[row[FIELD.source]] ?? [];
    const parts = [FIELD.id, FIELD.shown, FIELD.about, FIELD.place, FIELD.period, FIELD.verdict, FIELD.words].map(field => row[field]);
    return folded([...parts, kinds[row[FIELD.kind]], key, short].join("\n"));
  }

  /* Once for all: no keystroke folds a text again. */
  const text = rows.map(searchable);

  const is = (field, value) => row => row[field] === value;
  const includes = (field, value) => row => row[field].includes(value);
  const byLetters = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

  /* What a row must be for each choice; names become numbers once, not for each row. */
  const TESTS = {
    kind: value => is(FIELD.kind, kinds.indexOf(value)),
    safe: value => is(FIELD.safe, value),
    verdict: value => is(FIELD.verdict, value),
    source: value => is(FIELD.source, sources.findIndex(source => source[0] === value)),
    chapter: value => includes(FIELD.chapters, chapters.indexOf(value)),
    place: value => is(FIELD.place, value),
    freshness: value => is(FIELD.late, value === "overdue" ? 1 : 0),
  };
  const sourceName = row => sources[row[FIELD.source]]?.[1] ?? "";
  const aboutText = row => [row[FIELD.about], row[FIELD.place], row[FIELD.period]].filter(Boolean).join("; ");

  /* The text each column sorts by; empty where a row has nothing to compare. Numbers go by unit, then size. */
  const SORTS = {
    number: row => row[FIELD.unit],
    about: row => folded(aboutText(row)),
    source: row => folded(sourceName(row)),
    verdict: row => row[FIELD.verdict],
    id: row => row[FIELD.id],
  };
  const orders = new Map();

  /* Row numbers in the order of a column, sorted when first asked for. */
  function order(sort) {
    if (!orders.has(sort)) orders.set(sort, ordered(sort));
    return orders.get(sort);
  }

  /* What has nothing to compare comes last both ways. Keys are made once and compared letter by letter: comparing by the rules of a language takes
     several times as long. */
  function ordered(sort) {
    const all = rows.map((_, number) => number);
    if (!sort) return all;
    const column = sort.replace("-", "");
    const keys = rows.map(SORTS[column]);
    const sign = sort.startsWith("-") ? -1 : 1;
    const size = column === "number" ? number => rows[number][FIELD.low] : () => 0;
    const kept = all.filter(number => keys[number] !== "").sort((a, b) => sign * (byLetters(keys[a], keys[b]) || size(a) - size(b)));
    return [...kept, ...all.filter(number => keys[number] === "")];
  }

  function matching(state) {
    const words = folded(state.search).split(/\s+/).filter(Boolean);
    const tests = SELECTS.filter(name => state[name]).map(name => TESTS[name](state[name]));
    return order(state.sort).filter(number => words.every(word => text[number].includes(word)) && tests.every(test => test(rows[number])));
  }

  /* The page: form, table, count. */
  const form = root.querySelector("form");
  const body = root.querySelector("tbody");
  const count = root.querySelector(".ledger-count");
  const more = root.querySelector(".ledger-more");
  const buttons = [...root.querySelectorAll("[data-sort]")];
  let state = {};
  let found = [];
  let typing = false;

  function element(name, className, content) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...[content ?? []].flat());
    return made;
  }

  function recordLink(row) {
    const kind = kinds[row[FIELD.kind]];
    const doubt = doubted.includes(row[FIELD.verdict]) ? ` ${row[FIELD.verdict]}` : "";
    const link = element("a", kind + doubt, row[FIELD.shown]);
    link.href = address(row);
    link.dataset.evidence = `${kind} ${row[FIELD.id]}`;
    return link;
  }

  function sourceLink(row) {
    if (!sources[row[FIELD.source]]) return "";
    const link = element("a", "", sources[row[FIELD.source]][1]);
    link.href = sources[row[FIELD.source]][2];
    return link;
  }

  /* An id that breaks after its dots and not inside its words. */
  function brokenId(id) {
    return element("code", "", id.split(/(?<=\.)/).flatMap((part, place) => (place ? [document.createElement("wbr"), part] : [part])));
  }

  function verdictOf(row) {
    const chip = element("span", `verdict verdict-${row[FIELD.verdict].replaceAll(" ", "-")}`, row[FIELD.verdict]);
    const safe = element("span", `safe-answer safe-${row[FIELD.safe].replace(" ", "-")}`, `repeat: ${row[FIELD.safe]}`);
    return row[FIELD.doubt] ? [chip, " ", safe, " ", element("span", "doubt-told", row[FIELD.doubt])] : [chip, " ", safe];
  }

  function tableRow(number) {
    const row = rows[number];
    const late = row[FIELD.late] === 1 ? element("span", "late", "overdue") : "";
    return element("tr", "", [
      element("td", "column-number", recordLink(row)),
      element("td", "column-about", aboutText(row)),
      element("td", "column-source", [sourceLink(row), " ", late]),
      element("td", "column-verdict", verdictOf(row)),
      element("td", "column-id", brokenId(row[FIELD.id])),
    ]);
  }

  /* Show rows from `start` on, as many as the state asks for; the rest waits for the button. */
  function show(start) {
    const end = Math.min(state.shown, found.length);
    const made = document.createDocumentFragment();
    for (const number of found.slice(start, end)) made.append(tableRow(number));
    if (start === 0) body.replaceChildren(made);
    else body.append(made);
    more.hidden = end === found.length;
    more.textContent = `Show ${Math.min(STEP, found.length - end)} more`;
    count.textContent = counted(end);
  }

  function counted(end) {
    const number = value => value.toLocaleString("en");
    if (found.length === 0) return "No record matches. Clear a filter, or search for fewer words.";
    const rest = end < found.length ? `; the first ${number(end)} are shown` : "";
    return `${number(found.length)} of ${number(rows.length)} records${rest}`;
  }

  function markSort() {
    for (const button of buttons) {
      const direction = { [button.dataset.sort]: "ascending", [`-${button.dataset.sort}`]: "descending" }[state.sort];
      const head = button.closest("th");
      if (direction) head.setAttribute("aria-sort", direction);
      else head.removeAttribute("aria-sort");
    }
  }

  function render() {
    found = matching(state);
    show(0);
    markSort();
  }

  /* The state, from the address and into it. */
  function readAddress() {
    const asked = new URLSearchParams(location.search);
    state = { search: asked.get("search") ?? "", sort: asked.get("sort") ?? "", shown: Math.max(Number.parseInt(asked.get("rows"), 10) || 0, STEP) };
    if (!Object.hasOwn(SORTS, state.sort.replace("-", ""))) state.sort = "";
    form.elements.search.value = state.search;
    for (const name of SELECTS) {
      form.elements[name].value = asked.get(name) ?? "";
      // A value that no option bears leaves the select without a choice.
      if (form.elements[name].selectedIndex < 0) form.elements[name].value = "";
      state[name] = form.elements[name].value;
    }
  }

  function readForm() {
    for (const name of ["search", ...SELECTS]) state[name] = form.elements[name].value;
    state.shown = STEP;
  }

  /* A new step in the history for each choice; typing is one step however many letters it takes. */
  function writeAddress(replace) {
    const asked = new URLSearchParams(["search", ...SELECTS, "sort"].filter(name => state[name].trim()).map(name => [name, state[name]]));
    if (state.shown > STEP) asked.set("rows", state.shown);
    const query = asked.toString();
    const target = location.pathname + (query ? `?${query}` : "");
    try {
      history[replace ? "replaceState" : "pushState"](null, "", target);
    } catch {
      // Some browsers refuse this for files on disk; the table works all the same.
    }
  }

  function changed(fromTyping) {
    root.classList.remove("reserved");
    readForm();
    writeAddress(fromTyping && typing);
    typing = fromTyping;
    render();
  }

  function sortBy(name) {
    state.sort = { [name]: `-${name}`, [`-${name}`]: "" }[state.sort] ?? name;
    changed(false);
  }

  function showMore() {
    const start = state.shown;
    state.shown += STEP;
    writeAddress(true);
    show(start);
    body.rows[start]?.querySelector("a").focus();
  }

  form.addEventListener("input", event => changed(event.target.type === "search"));
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("reset", event => {
    event.preventDefault();
    for (const name of ["search", ...SELECTS]) form.elements[name].value = "";
    state.sort = "";
    changed(false);
    form.elements.search.focus();
  });
  for (const button of buttons) button.addEventListener("click", () => sortBy(button.dataset.sort));
  more.addEventListener("click", showMore);
  addEventListener("popstate", () => {
    typing = false;
    readAddress();
    render();
  });

  readAddress();
  render();
})();
