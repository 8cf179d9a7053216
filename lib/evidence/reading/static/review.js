/* The review of a document. Whatever comes from the document becomes text nodes and values of fields, never markup. */
"use strict";

(function () {
  const at = (id) => document.getElementById(id);
  const token = document.querySelector("meta[name=token]").content;
  const FIRST = ["population", "place", "period"];
  let state = null;
  let here = 0;
  let last = Promise.resolve();
  let typed = {};
  let missed = [];
  let chosen = null;

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  function piece([words, marked]) {
    if (!marked.length) return words;
    if (marked[0] < 0) return element("mark", { class: marked[0] === -1 ? "missed" : "missed known", title: missed[-1 - marked[0]] }, words);
    const made = element("mark", { "data-at": marked.join(" ") }, words);
    if (!words) made.title = "a result in words";
    made.addEventListener("click", () => go(marked.includes(here) ? marked[(marked.indexOf(here) + 1) % marked.length] : marked[0]));
    return made;
  }

  function draw() {
    const { document: parts } = state;
    ({ missed } = state);
    chosen = null;
    at("document").replaceChildren(...parts.map(([kind, pieces]) => element("p", { class: kind }, ...pieces.map(piece))));
  }

  function field(name, row) {
    const input = element(["quote", "statement"].includes(name) ? "textarea" : "input", { id: `cell-${name}`, name, autocomplete: "off" });
    input.value = row[name];
    const words = row[`${name}_from`];
    const told = row.kind === "figures" ? FIRST : ["statement"];
    const label = element("label", {}, name, input);
    if (words) label.append(element("small", {}, `from: ${words}`));
    else if (told.includes(name) && !row[name]) label.append(element("small", {}, row.kind === "figures" ? "the sentence does not say" : "in your words"));
    return label;
  }

  function show() {
    const row = state.rows[here];
    at("progress").textContent = `${state.rows.length - state.left} of ${state.rows.length} decided`;
    at("problem").hidden = !state.problems.length;
    at("problem").textContent = state.problems.join("\n");
    for (const mark of document.querySelectorAll("mark[data-at]")) {
      const all = mark.dataset.at.split(" ").map(Number);
      const decided = all.map((one) => state.rows[one].decision);
      mark.className = decided.every(Boolean) ? decided[0] : "";
      if (!mark.textContent) mark.classList.add("result");
      if (all.includes(here)) {
        mark.classList.add("here");
        mark.scrollIntoView({ block: "center" });
      }
    }
    if (!row) return;
    at("where").textContent = [`${here + 1}: ${row.at}`, row.decision || "open", row.reason && `no evidence? ${row.reason}`].filter(Boolean).join(" · ");
    const columns = state.columns[row.kind];
    const leading = (row.kind === "figures" ? ["stated", ...FIRST] : ["statement", "direction", "basis", "design", "directness"]);
    const names = [...leading, ...columns.filter((name) => !leading.includes(name))];
    at("cells").replaceChildren(...names.map((name) => field(name, row)), field("reason", row));
    at("record").scrollTop = 0;
    typed = {};
  }

  function go(index) {
    here = Math.max(0, Math.min(state.rows.length - 1, index));
    state.problems = [];
    show();
    at("document").focus({ preventScroll: true });
  }

  function open(from) {
    const order = [...state.rows.keys()];
    return [...order.slice(from), ...order.slice(0, from)].find((index) => !state.rows[index].decision) ?? here;
  }

  async function answer(what, further = {}) {
    try {
      const body = JSON.stringify({ do: what, at: here, ...further });
      const reply = await fetch("/", { method: "POST", headers: { "X-Token": token }, body });
      state = await reply.json();
      if (state.document) draw();
    } catch (error) {
      state.problems = ["The command has ended; what was decided is written."];
    }
    return !state.problems.length;
  }

  async function decide(what, further) {
    if (await answer(what, further)) here = what === "undo" || what === "group" ? here : open(here + 1);
    show();
  }

  async function excuse() {
    if (state.rows[here].reason) return decide("excuse", {});
    at("cell-reason").focus();
    return undefined;
  }

  /** Write what was typed into the fields, or excuse the number where only its reason was. */
  async function write({ reason, ...cells }) {
    if (Object.keys(cells).length) await answer("edit", { cells });
    if (reason !== undefined) return decide("excuse", { reason });
    return show();
  }

  /** Do one thing after the other, so that no key is lost while an answer is on its way. */
  function then(action) {
    document.body.setAttribute("aria-busy", "true");
    const mine = last.catch(() => {}).then(action);
    last = mine;
    mine.finally(() => { if (last === mine) document.body.removeAttribute("aria-busy"); });
  }

  function leave() {
    const given = typed;
    at("document").focus({ preventScroll: true });
    then(() => write(given));
  }

  function edit() {
    const row = state.rows[here];
    const first = row.kind === "figures" ? FIRST : ["statement", "basis", "design", "directness"];
    at(`cell-${first.find((name) => !row[name]) || first[0]}`).focus();
  }

  /* Words of the document that a person points at, by the mouse or by keys: a part of the document, and where in its text they begin and end. */

  function select(part, from, to) {
    const range = document.createRange();
    const walker = document.createTreeWalker(at("document").children[part], NodeFilter.SHOW_TEXT);
    let before = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const after = before + node.length;
      if (from >= before && from < after) range.setStart(node, from - before);
      if (to > before && to <= after) range.setEnd(node, to - before);
      before = after;
    }
    chosen = { part, from, to };
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    range.startContainer.parentElement.scrollIntoView({ block: "nearest" });
  }

  function offset(part, node, within) {
    const range = document.createRange();
    range.selectNodeContents(part);
    range.setEnd(node, within);
    return range.toString().length;
  }

  /** What is selected in the document, without white space around it; what keys have chosen where nothing is. */
  function selected() {
    const selection = getSelection();
    const element = selection.rangeCount && selection.getRangeAt(0).startContainer.parentElement;
    const part = element && !selection.isCollapsed && element.closest("#document > p");
    if (!part || !part.contains(selection.getRangeAt(0).endContainer)) return chosen;
    const range = selection.getRangeAt(0);
    const from = offset(part, range.startContainer, range.startOffset);
    const words = range.toString();
    const start = from + words.length - words.trimStart().length;
    return { part: [...at("document").children].indexOf(part), from: start, to: start + words.trim().length };
  }

  function words(part) {
    const found = at("document").children[part].textContent.matchAll(/\S+/g);
    return [...found].map((match) => [match.index, match.index + match[0].length]);
  }

  /** Select the next digits for which nothing is proposed. */
  function miss() {
    const marks = [...document.querySelectorAll("mark.missed")];
    const now = chosen && marks.findIndex((mark) => mark === getSelection().anchorNode?.parentElement);
    const current = document.querySelector("mark.here");
    const after = marks.findIndex((mark) => current && current.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING);
    const mark = marks[now !== null && now >= 0 ? (now + 1) % marks.length : Math.max(0, after)];
    if (!mark) return;
    const part = mark.closest("#document > p");
    const from = offset(part, mark.firstChild, 0);
    select([...at("document").children].indexOf(part), from, from + mark.textContent.length);
  }

  /** Select the word behind or before what is selected, or let its end take in or leave out a word. */
  function move(step, grow) {
    const now = selected() || beside();
    const there = words(now.part);
    const last = there.findLastIndex(([low]) => low < now.to);
    if (grow) {
      const first = Math.max(0, there.findLastIndex(([low]) => low <= now.from));
      const end = there[Math.max(first, Math.min(there.length - 1, last + step))];
      return select(now.part, now.from, end[1]);
    }
    const next = last + step;
    const part = next < 0 ? now.part - 1 : next >= there.length ? now.part + 1 : now.part;
    if (part < 0 || part >= at("document").children.length) return undefined;
    const all = words(part);
    return all.length ? select(part, ...all[part === now.part ? next : step > 0 ? 0 : all.length - 1]) : undefined;
  }

  function beside() {
    const mark = document.querySelector("mark.here");
    const part = mark ? mark.closest("#document > p") : at("document").firstElementChild;
    const from = mark ? offset(part, mark, 0) : 0;
    return { part: [...at("document").children].indexOf(part), from, to: from + 1 };
  }

  async function add() {
    const now = selected();
    if (await answer("add", now || {})) {
      here = state.at;
      getSelection().removeAllRanges();
    }
    show();
  }

  const keys = {
    a: () => decide("accept"), x: excuse, l: () => decide("leave"), u: () => decide("undo"), g: () => decide("group"), e: edit,
    j: () => go(here + 1), k: () => go(here - 1), n: () => go(open(here + 1)),
    m: miss, ".": () => move(1), ",": () => move(-1), ">": () => move(1, true), "<": () => move(-1, true), p: add,
  };
  const buttons = { accept: "a", excuse: "x", leave: "l", undo: "u", group: "g", edit: "e", on: "j", back: "k", next: "n", miss: "m", add: "p" };
  for (const [name, key] of Object.entries(buttons)) {
    at(name).addEventListener("click", () => then(keys[key]));
  }
  at("cells").addEventListener("input", (event) => { typed[event.target.name] = event.target.value; });
  at("cells").addEventListener("submit", (event) => { event.preventDefault(); leave(); });
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement;
    if (typing && event.key === "Enter") { event.preventDefault(); leave(); }
    if (typing && event.key === "Escape") { show(); at("document").focus({ preventScroll: true }); }
    if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey && Object.hasOwn(keys, event.key)) { event.preventDefault(); then(keys[event.key]); }
  });
  at("document").addEventListener("mousedown", () => { chosen = null; });
  then(async () => {
    await answer("look");
    here = open(0);
    show();
    at("document").focus({ preventScroll: true });
  });
})();
