"use strict";
/* What the frame of a page says to those who cannot see it, and where the search can look. */
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

  new MutationObserver(nameColours).observe(root, { attributes: true, attributeFilter: ["data-mode"] });
  nameColours();

  // From the disk no page may read another one, so the search tells only where words were found and quotes nothing.
  if (location.protocol === "file:" && typeof DOCUMENTATION_OPTIONS !== "undefined") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
})();
