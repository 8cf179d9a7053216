"use strict";
/* Puts a page together that says in this edition what it said in an earlier one: the earlier page, with this edition's names in place of its own, and with
   what became of the numbers since. The page itself says where that is, and leads there when scripts or files beside it cannot be had. */
(() => {
  const SWAPS = globalThis.evidenceSwaps[document.currentScript.dataset.from];
  const FONTS = globalThis.evidenceFonts.map(font => new URL(font, document.currentScript.src).href);
  const OWN = JSON.parse(document.getElementById("evidence-again").textContent);
  const NOTICE = /(<!--newer-edition-->)[^]*?(<!--\/newer-edition-->)/g;
  const FATE = /(<!--fate (\S+?)-->)[^]*?(<!--\/fate-->)/g;
  const NEWER = /(<script type="application\/json" id="evidence-newer">)[^]*?(<\/script>)/g;

  function told(text) {
    return SWAPS.reduce((made, [then, now]) => made.replaceAll(then, now), text)
      .replace(NOTICE, (_, open, close) => open + OWN.notice + close)
      .replace(FATE, (_, open, record, close) => open + (OWN.fates[record] ?? "") + close)
      .replace(NEWER, (_, open, close) => open + OWN.newer + close);
  }

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
  const text = fetch(OWN.from).then(answer => (answer.ok ? answer.text() : Promise.reject(new Error(OWN.from))));
  Promise.all([text, ...FONTS.map(preloaded)])
    .then(([text]) => {
      document.open();
      addEventListener("load", toItsPart, { once: true });
      document.write(told(text));
      document.close();
    })
    .catch(() => {
      document.documentElement.hidden = false;
      toItsPart();
    });
})();
