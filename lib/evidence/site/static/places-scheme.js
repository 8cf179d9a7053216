"use strict";
/* The pages of places follow the choice of light or dark that a reader made in the book, else the device; before the first paint, so that none flashes. */
(() => {
  const device = matchMedia("(prefers-color-scheme: dark)");
  function follow() {
    let kept = null;
    try { kept = localStorage.getItem("mode"); } catch (refused) { kept = null; }
    const dark = kept === "dark" || (kept !== "light" && device.matches);
    document.documentElement.dataset.theme = dark ? "dark" : "light";
  }
  follow();
  device.addEventListener("change", follow);
})();
