"use strict";
/* What the frame of a page says to those who cannot see it. */
(() => {
  const NAMES = { light: "light", dark: "dark", auto: "as the device" };
  const root = document.documentElement;

  /** The button that changes the colours tells which ones are on. */
  function nameColours() {
    const name = `Colour scheme: ${NAMES[root.dataset.mode] || NAMES.auto}`;
    for (const button of document.querySelectorAll(".theme-switch-button")) {
      button.setAttribute("aria-label", name);
      button.title = name;
    }
  }

  /** A table that is wider than its place can be scrolled with the keyboard, and only such a one takes a stop of the Tab key. */
  function letTablesScroll() {
    for (const place of document.querySelectorAll(".table-wrap")) {
      const scrolls = place.scrollWidth > place.clientWidth;
      for (const [name, value] of [["tabindex", "0"], ["role", "group"], ["aria-label", "Table, scrolls sideways"]]) {
        if (scrolls) place.setAttribute(name, value);
        else place.removeAttribute(name);
      }
    }
  }

  addEventListener("load", letTablesScroll);
  addEventListener("resize", letTablesScroll);
  document.addEventListener("toggle", letTablesScroll, true);

  new MutationObserver(nameColours).observe(root, { attributes: true, attributeFilter: ["data-mode"] });
  nameColours();
})();
