/* The review of a document. Whatever comes from the document becomes text nodes and values of fields, never markup. */
"use strict";

(function () {
  const at = (id) => document.getElementById(id);
  const token = document.querySelector("meta[name=token]").content;
  const FIRST = ["population", "place", "period"];
  let state = null;
  let here = 0;
  let asking = false;
  let typed = {};

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  function piece([words, marked]) {
    if (!marked.length) return words;
    if (marked[0] < 0) return element("mark", { class: "missed", title: "nothing is proposed for it" }, words);
    const made = element("mark", { "data-at": marked.join(" ") }, words);
    made.addEventListener("click", () => go(marked.includes(here) ? marked[(marked.indexOf(here) + 1) % marked.length] : marked[0]));
    return made;
  }

  function draw(parts) {
    at("document").replaceChildren(...parts.map(([kind, pieces]) => element("p", { class: kind }, ...pieces.map(piece))));
  }

  function field(name, row) {
    const input = element(name === "quote" ? "textarea" : "input", { id: `cell-${name}`, name, autocomplete: "off" });
    input.value = row[name];
    const words = row[`${name}_from`];
    const label = element("label", {}, name, input);
    if (words) label.append(element("small", {}, `from: ${words}`));
    else if (FIRST.includes(name) && !row[name]) label.append(element("small", {}, "the sentence does not say"));
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
      if (all.includes(here)) {
        mark.classList.add("here");
        mark.scrollIntoView({ block: "center" });
      }
    }
    if (!row) return;
    at("where").textContent = [`${here + 1}: ${row.at}`, row.decision || "open", row.reason && `no evidence? ${row.reason}`].filter(Boolean).join(" · ");
    const names = ["stated", ...FIRST, ...state.columns.filter((name) => name !== "stated" && !FIRST.includes(name))];
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
    if (asking) return false;
    asking = true;
    try {
      const body = JSON.stringify({ do: what, at: here, ...further });
      const reply = await fetch("/", { method: "POST", headers: { "X-Token": token }, body });
      state = await reply.json();
    } catch (error) {
      state.problems = ["The command has ended; what was decided is written."];
    } finally {
      asking = false;
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
  async function write() {
    const { reason, ...cells } = typed;
    if (Object.keys(cells).length) await answer("edit", { cells });
    if (reason !== undefined) return decide("excuse", { reason });
    show();
    at("document").focus({ preventScroll: true });
    return undefined;
  }

  function edit() {
    const blank = FIRST.find((name) => !state.rows[here][name]) || "population";
    at(`cell-${blank}`).focus();
  }

  const keys = {
    a: () => decide("accept"), x: excuse, l: () => decide("leave"), u: () => decide("undo"), g: () => decide("group"), e: edit,
    j: () => go(here + 1), k: () => go(here - 1), n: () => go(open(here + 1)),
  };
  for (const [name, key] of Object.entries({ accept: "a", excuse: "x", leave: "l", undo: "u", group: "g", edit: "e", on: "j", back: "k", next: "n" })) {
    at(name).addEventListener("click", () => keys[key]());
  }
  at("cells").addEventListener("input", (event) => { typed[event.target.name] = event.target.value; });
  at("cells").addEventListener("submit", (event) => { event.preventDefault(); write(); });
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement;
    if (typing && event.key === "Enter") { event.preventDefault(); write(); }
    if (typing && event.key === "Escape") { show(); at("document").focus({ preventScroll: true }); }
    if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey && Object.hasOwn(keys, event.key)) { event.preventDefault(); keys[event.key](); }
  });
  answer("look").then(() => { draw(state.document); here = open(0); show(); at("document").focus({ preventScroll: true }); });
})();
