// Says on the status page who has proved the site, as the register of proofs at its root tells.
(function () {
  "use strict";
  const place = document.querySelector("[data-proved]");
  if (!place || location.protocol === "file:") return;
  const edition = place.dataset.proved;
  const archived = location.pathname.includes("/editions/" + edition + "/");

  function isProof(entry) {
    return entry && ["edition", "day", "by"].every((name) => typeof entry[name] === "string") && Number.isInteger(entry.files);
  }

  function told(entry) {
    const files = entry.files.toLocaleString("en-GB") + " files, byte for byte";
    return entry.edition === edition
      ? "Proved on " + entry.day + " by " + entry.by + ": " + files + "."
      : "Nobody is registered as having proved this edition. Edition " + entry.edition + " was proved on " + entry.day + " by " + entry.by + ".";
  }

  function show(entries) {
    const proofs = Array.isArray(entries) ? entries.filter(isProof) : [];
    const own = proofs.filter((entry) => entry.edition === edition);
    const last = (own.length ? own : proofs).sort((a, b) => (a.day < b.day ? -1 : 1)).pop();
    place.textContent = last ? told(last) : "Nobody is registered as having proved this site yet.";
    place.hidden = false;
  }

  fetch(archived ? "../../../proofs.json" : "../proofs.json", { cache: "no-cache" })
    .then((answer) => (answer.ok ? answer.json() : []))
    .then(show)
    .catch(() => {});
})();
