"use strict";
/* The pages of places follow the choice of light or dark that a reader made in the book; before the first paint, so that none flashes. */
(() => {
  let kept = null;
  try { kept = localStorage.getItem("mode"); } catch (refused) { kept = null; }
  const dark = kept === "dark" || (kept !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
