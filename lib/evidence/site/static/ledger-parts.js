"use strict";
/* A permalink names the first page of its source, whichever of them the entry stands on: this leads on to it, by the rows of the ledger. */
(() => {
  function wanted() {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return "";
    }
  }

  function lead() {
    const { rows, sources, kinds, moved } = globalThis.evidenceLedger;
    const name = wanted();
    const finding = name.startsWith("finding-");
    const id = finding ? name.slice("finding-".length) : name;
    const row = rows.find(entry => entry[1] === id && kinds[entry[0]] === (finding ? "finding" : "figure"));
    const page = row ? sources[row[6]][2] : "";
    const target = row ? `${row[15] ? page.replace(".html", `-${row[15] + 1}.html`) : page}#${name}` : Object.hasOwn(moved, name) ? moved[name] : "";
    if (target) location.replace(target);
  }

  function look() {
    const name = wanted();
    if (!name || document.getElementById(name)) return;
    evidenceRecords("ledger-rows.js").then(lead);
  }

  look();
  addEventListener("hashchange", look);
})();
