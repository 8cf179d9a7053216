"use strict";
/* The search of the site: results as one types, in the dialog of every page and on the page of the search. What it looks through is loaded when the
   first letter is typed, as scripts, so that it works from the disk too. Nothing that is typed leaves the page before it is sent off as a form. */
globalThis.evidenceFind = (() => {
  const ROOT = new URL("..", document.currentScript.src).href;
  const PARTS = ["ledger-rows.js", "desk-index.js", "desk-numbers.js", "desk-words.js", "desk.js", "desk-list.js"];
  let asked = null;

  /** Return the desk, once its scripts are there; they are asked for in their order, and once. */
  function desk() {
    asked ??= PARTS.reduce((before, name) => before.then(() => evidenceRecords(name)), Promise.resolve()).then(() => evidenceDesk.open(globalThis.evidenceLedger, globalThis.evidenceDeskIndex));
    return asked;
  }

  /** Show below a field what it finds, whenever it changes. */
  function follow(field, list, most) {
    let turn = 0;
    const look = async () => {
      const mine = ++turn;
      const text = field.value.trim();
      if (!text) return list.replaceChildren();
      const open = await desk();
      if (mine === turn) list.replaceChildren(...evidenceList.found(open, open.search(text, most), text));
    };
    field.addEventListener("input", look);
    if (field.value.trim()) look();
  }

  function start() {
    const dialog = document.querySelector("#pst-search-dialog");
    if (dialog) {
      const list = document.createElement("div");
      list.className = "find-list find-list-short";
      list.setAttribute("aria-live", "polite");
      dialog.querySelector("form[role=search]").after(list);
      follow(dialog.querySelector("input[type=search]"), list, 8);
    }
    const page = document.querySelector("#search-results");
    if (page) {
      const field = document.querySelector("#search-words");
      field.value = new URLSearchParams(location.search).get("q") || "";
      follow(field, page, 100);
    }
  }

  start();
  return { desk, follow, ROOT };
})();
