/* The page of a round of countersigning. Whatever comes from the book becomes text nodes, never markup. */
"use strict";

(function () {
  const at = (id) => document.getElementById(id);
  const token = document.querySelector("meta[name=token]").content;
  const LINK = /\[([^\]]*)\]\([a-z]+:[^)\s]+\)/;
  let shown = null;
  let waiting = false;

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  /** Return words with the text of links set off, and their targets left out. */
  function words(text) {
    return text.split(/(\[[^\]]*\]\([a-z]+:[^)\s]+\))/).map((part) => {
      const link = LINK.exec(part);
      return link ? element("b", {}, link[1]) : part;
    });
  }

  function piece([kind, text]) {
    if (kind === "gone") return element("del", {}, ...words(text));
    return kind === "added" ? element("ins", {}, ...words(text)) : element("span", {}, ...words(text));
  }

  function listed(cells, className) {
    const list = element("dl", className ? { class: className } : {});
    for (const [name, nodes] of cells) list.append(element("dt", {}, name), element("dd", {}, ...nodes));
    return list;
  }

  /** Return a quote with its number set off, where it stands there. */
  function numbered(quote, number) {
    const start = number ? quote.indexOf(number) : -1;
    return start < 0 ? [quote] : [quote.slice(0, start), element("b", {}, number), quote.slice(start + number.length)];
  }

  /** Return a record: what is needed to judge is open, the rest folded; of one that was signed before, only what has changed since is open. */
  function record({ called, source, cells, folded, quote, number, before, after, changed, same, under, again }) {
    const made = element("article", {}, element("h2", {}, called), element("p", { class: "source" }, source));
    const quoted = quote ? [element("blockquote", {}, before && `\u2026 ${before}`, element("mark", {}, ...numbered(quote, number)), after && `${after} \u2026`)] : [];
    const needed = [listed(cells.map(([name, cell]) => [name, words(cell)]))];
    const rest = folded.length ? [listed(folded.map(([name, cell]) => [name, words(cell)]))] : [];
    const open = changed.length ? [listed(changed.map(([name, parts]) => [name, parts.flatMap((part) => [piece(part), " "])]), "changed")] : [];
    if (!changed.length && !same) open.push(...(under ? needed : [...quoted, ...needed]));
    const inside = [...quoted, ...needed, ...rest].filter((part) => !open.includes(part));
    made.append(...open);
    if (inside.length) made.append(element("details", {}, element("summary", {}, same ? "As it was when it was signed" : again ? "As with the sentence before" : "More"), ...inside));
    return made;
  }

  /** Return the records: those that are signed with the claim that they stand under fold together. */
  function recorded(records) {
    const settled = records.filter((one) => one.settled).map(record);
    const folded = element("details", {}, element("summary", {}, `Under a claim whose words are signed: ${settled.length} more`), ...settled);
    return [...records.filter((one) => !one.settled).map(record), ...(settled.length ? [folded] : [])];
  }

  function show(state) {
    shown = state;
    at("progress").textContent = state.told;
    at("problem").hidden = !state.problem;
    at("problem").textContent = state.problem;
    at("doubt").hidden = true;
    document.querySelector("main").hidden = !state.hash;
    at("end").hidden = Boolean(state.hash);
    if (!state.hash) return;
    at("where").textContent = `${state.where} (${state.kind})`;
    at("changed").hidden = !state.changed.length;
    at("changed").textContent = `Signed before; since then another ${state.changed.join(", ")}.`;
    at("before").replaceChildren(...words(state.before));
    at("after").replaceChildren(...words(state.after));
    const cells = state.cells.map(([name, cell]) => [name, words(cell)]);
    at("text").replaceChildren(...(cells.length ? [listed(cells)] : state.text.flatMap((part) => [piece(part), " "])));
    at("records").replaceChildren(...recorded(state.records));
    at("text").focus();
  }

  async function answer(verdict, note = "") {
    if (waiting) return;
    waiting = true;
    try {
      const body = JSON.stringify({ hash: shown && shown.hash, verdict, note });
      const reply = await fetch("/", { method: "POST", headers: { "X-Token": token }, body });
      show(await reply.json());
    } catch (error) {
      at("problem").hidden = false;
      at("problem").textContent = "The command has ended; what was signed is written.";
    } finally {
      waiting = false;
    }
  }

  function doubt() {
    at("doubt").hidden = false;
    at("note").value = "";
    at("note").focus();
  }

  /** Open all that is folded, or fold it again where all is open. */
  function unfold() {
    const folded = [...at("records").querySelectorAll("details")];
    const open = folded.some((one) => !one.open);
    for (const one of folded) one.open = open;
  }

  const keys = { r: () => answer("right"), w: doubt, s: () => answer("skip"), a: unfold };
  at("right").addEventListener("click", keys.r);
  at("wrong").addEventListener("click", doubt);
  at("skip").addEventListener("click", keys.s);
  at("all").addEventListener("click", unfold);
  at("back").addEventListener("click", () => show(shown));
  at("doubt").addEventListener("submit", (event) => { event.preventDefault(); answer("wrong", at("note").value); });
  at("note").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); answer("wrong", at("note").value); }
    if (event.key === "Escape") show(shown);
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLTextAreaElement;
    if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey && Object.hasOwn(keys, event.key)) { event.preventDefault(); keys[event.key](); }
  });
  answer("look");
})();
