"use strict";
/* Puts a page together that says in this edition what it said in an earlier one: the earlier page, with this edition's names in place of its own, and with
   what became of the numbers since; parts that it does not share with that one it holds itself, each on a line. The page itself says where the earlier one
   is, and leads there when scripts or files beside it cannot be had. */
(() => {
  const SWAPS = globalThis.evidenceSwaps[document.currentScript.dataset.from];
  const FONTS = globalThis.evidenceFonts.map(font => new URL(font, document.currentScript.src).href);
  const OWN = JSON.parse(document.getElementById("evidence-again").textContent);
  const NOTICE = /(<!--newer-edition-->)[^]*?(<!--\/newer-edition-->)/g;
  const FATE = /(<!--fate (\S+?)-->)[^]*?(<!--\/fate-->)/g;
  const NEWER = /(<script type="application\/json" id="evidence-newer">)[^]*?(<\/script>)/g;

  const UNTOLD = { notice: "", fates: {}, newer: "null" };
  const MARKED = /<!--own-->\n([^\n]*)\n/g;

  function saying(text, told) {
    return text
      .replace(NOTICE, (_, open, close) => open + told.notice + close)
      .replace(FATE, (_, open, record, close) => open + (told.fates[record] ?? "") + close)
      .replace(NEWER, (_, open, close) => open + told.newer + close);
  }

  function withOwn(text, page) {
    const lines = saying(text, UNTOLD).split("\n");
    const own = [...page.matchAll(MARKED)].map(found => found[1]);
    return OWN.lines.flatMap(part => (Array.isArray(part) ? lines.slice(part[0], part[0] + part[1]) : own.splice(0, part))).join("\n");
  }

  function whole(text, page) {
    const named = SWAPS.reduce((made, [then, now]) => made.replaceAll(then, now), text);
    return saying(OWN.lines ? withOwn(named, page) : named, OWN);
  }

  const read = address => fetch(address).then(answer => (answer.ok ? answer.text() : Promise.reject(new Error(address))));

  function toItsPart() {
    if (location.hash) location.replace(location.hash);
  }

  // A font that is not there when the page is put together is left out of it.
  const preloaded = font =>
    new Promise(done => {
      const link = document.createElement("link");
      Object.assign(link, { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "anonymous", href: font, onload: done, onerror: done });
      document.head.append(link);
    });

  // A browser lets no page on a disk read what is beside it.
  if (location.protocol === "file:") return;
  document.documentElement.hidden = true;
  Promise.all([read(OWN.from), OWN.lines ? read(location.href) : "", ...FONTS.map(preloaded)])
    .then(([text, page]) => {
      document.open();
      addEventListener("load", toItsPart, { once: true });
      document.write(whole(text, page));
      document.close();
    })
    .catch(() => {
      document.documentElement.hidden = false;
      toItsPart();
    });
})();
