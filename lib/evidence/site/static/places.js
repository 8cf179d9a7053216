"use strict";
/* The finder of places and the map of tiles. Names come from a script of their own: name, what it is, address, further names, settlements. */
(() => {
  const MOST = 8;
  const IGNORED = new Set(["the", "of", "upon", "on", "and", "city", "county", "council", "borough", "district", "royal", "metropolitan", "unitary", "y", "le", "cum", "by", "in"]);
  const SPELT = { st: "saint", ste: "saint", mt: "mount", gt: "great", nth: "north", sth: "south", n: "north", s: "south", e: "east", w: "west" };

  /** A text as it is compared: no accents, apostrophes or other marks, & as and, St as Saint. */
  function folded(text) {
    const plain = text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/&/g, " and ").replace(/['’‘`´]/g, "");
    return plain.split(/[^a-z0-9]+/).filter(Boolean).map((word) => SPELT[word] || word);
  }

  /** The words that tell places apart; all of them where there are no others. */
  function telling(words) {
    const left = words.filter((word) => !IGNORED.has(word));
    return left.length ? left : words;
  }

  /** Whether two words are a slip of the finger or of the ear apart: the longer they are, the more changes are let pass. */
  function alike(a, b) {
    const shorter = Math.min(a.length, b.length), allowed = shorter < 4 ? 0 : shorter < 8 ? 1 : shorter < 9 ? 2 : 3;
    if (!allowed || Math.abs(a.length - b.length) > allowed) return false;
    let before = null, row = [...Array(b.length + 1).keys()];
    for (let i = 1; i <= a.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= b.length; j += 1) {
        const same = a[i - 1] === b[j - 1] ? 0 : 1;
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + same);
        if (before && i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
      }
      before = row;
      row = next;
    }
    return row[b.length] <= allowed;
  }

  /** How well a word that was typed fits one of a name: the same 3, its beginning 2, a slip 1. */
  const worth = (word, own) => (own === word ? 3 : own.startsWith(word) ? 2 : alike(word, own) ? 1 : 0);

  /** How well a name fits what was typed; 0 where it does not. A last word that may become one which tells nothing, as "o" of "on", is not waited for. */
  function fit(asked, name) {
    if (asked.flat === name.flat) return 100;
    const last = asked.words.length - 1;
    let sum = 0, same = 0;
    for (const [number, word] of asked.words.entries()) {
      const best = Math.max(0, ...name.words.map((own) => worth(word, own)));
      const begun = number === last && last > 0 && [...IGNORED].some((other) => other.startsWith(word));
      if (!best && !begun) return alike(asked.flat, name.flat) ? 5 : 0;
      sum += best;
      same += best === 3;
    }
    const first = worth(asked.words[0], name.words[0]), whole = same === asked.words.length;
    return (whole ? 6 : 0) + (whole && name.words.length === same ? 40 : 0) + (first === 3 ? 8 : first ? 4 : 0) + (10 * sum) / (3 * Math.max(asked.words.length, name.words.length));
  }

  const named = (text) => ({ text, flat: folded(text).join(""), words: telling(folded(text)) });
  let known = null;

  /** Every place with its names, each less worth than the one before: its own, further ones, settlements. */
  function places() {
    known = known || (globalThis.evidencePlaces || []).map(([name, kind, address, also, towns]) => {
      const names = [[name, 1], ...also.split("; ").map((one) => [one, 0.95]), ...towns.split("; ").map((one) => [one, 0.9])];
      return { name, kind, address, names: names.filter(([one]) => one).map(([one, worth]) => ({ ...named(one), worth })) };
    });
    return known;
  }

  /** The places that fit best, each with the name by which it was found. */
  function find(text) {
    const asked = named(text);
    if (!asked.flat) return [];
    const found = [];
    places().forEach((place, order) => {
      let best = null;
      for (const name of place.names) {
        const fits = fit(asked, name) * name.worth;
        if (fits && (!best || fits > best.fits)) best = { place, fits, order, by: name.text };
      }
      if (best) found.push(best);
    });
    return found.sort((a, b) => b.fits - a.fits || a.order - b.order).slice(0, MOST);
  }
  globalThis.findPlaces = find;

  /** Let a form show what fits while its reader types; arrows choose, Enter opens. */
  function finder(form) {
    const input = form.querySelector("input"), list = form.querySelector("ul"), status = form.querySelector("[role=status]");
    let chosen = -1, found = [];
    const address = (one) => form.dataset.root + one.place.address;
    const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); chosen = -1; };
    const choose = (number) => {
      chosen = number;
      [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === chosen)));
      if (chosen >= 0) { input.setAttribute("aria-activedescendant", list.children[chosen].id); list.children[chosen].scrollIntoView({ block: "nearest" }); }
      else input.removeAttribute("aria-activedescendant");
    };
    const show = () => {
      found = find(input.value);
      list.replaceChildren(...found.map((one, number) => {
        const item = document.createElement("li"), link = document.createElement("a"), small = document.createElement("small");
        item.id = `${list.id}-${number}`;
        item.setAttribute("role", "option");
        link.href = address(one);
        link.tabIndex = -1;
        link.textContent = one.place.name;
        small.textContent = (one.by === one.place.name ? "" : `${one.by}: `) + one.place.kind;
        item.append(link, small);
        item.addEventListener("mousedown", (event) => { if (event.button === 0) { event.preventDefault(); location.href = link.href; } });
        return item;
      }));
      const lost = input.value.trim() && !found.length;
      status.textContent = lost ? "No place fits. Try a larger town near it, or the name of the district; postcodes are not known here." : input.value.trim() ? `${found.length} places fit` : "";
      status.classList.toggle("visually-hidden", !lost);
      list.hidden = !found.length;
      input.setAttribute("aria-expanded", String(found.length > 0));
      choose(-1);
    };
    input.addEventListener("input", show);
    input.addEventListener("focus", () => { if (input.value.trim()) show(); });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { close(); return; }
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      if (list.hidden) show();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (found.length) choose((chosen + step + found.length + (chosen < 0 && step < 0 ? 1 : 0)) % found.length);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!found.length) show();
      if (found.length) location.href = address(found[Math.max(chosen, 0)]);
    });
    const given = new URLSearchParams(location.search).get("place");
    if (given) { input.value = given; show(); }
  }

  /** Colour the tiles by what is chosen, tell the one that is looked at, and let arrows lead from tile to tile. */
  function tileMap(map) {
    const tiles = [...map.querySelectorAll("svg.tiles a")], now = map.querySelector(".tile-now"), keys = [...map.querySelectorAll(".tile-key")];
    const radios = [...map.querySelectorAll("input[name=tile-fact]")];
    const cells = new Map([...document.querySelectorAll("tr[data-row]")].map((row) => [row.dataset.row, [...row.cells].map((cell) => cell.textContent)]));
    const place = (tile) => { const shape = tile.querySelector("rect"); return [Number(shape.getAttribute("x")), Number(shape.getAttribute("y"))]; };
    let fact = 0;
    const told = (tile) => { const row = cells.get(tile.dataset.code) || [""]; return `${row[0]}: ${row[fact + 1] === "–" ? "no value" : row[fact + 1]}`; };
    const paint = () => {
      fact = Math.max(0, radios.findIndex((radio) => radio.checked));
      tiles.forEach((tile) => {
        tile.querySelector("rect").setAttribute("class", `g${tile.dataset.groups[fact]}`);
        tile.setAttribute("aria-label", told(tile));
      });
      keys.forEach((key, number) => { key.hidden = number !== fact; });
    };
    const look = (tile) => { now.textContent = told(tile); };
    const rest = (tile) => tiles.forEach((one) => one.setAttribute("tabindex", one === tile ? "0" : "-1"));
    const STEPS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
    /** The nearest tile in a direction; sideways counts double, so that a row or column is kept to. */
    const next = (tile, [right, down]) => {
      const [x, y] = place(tile);
      let best = null, least = Infinity;
      tiles.forEach((other) => {
        const [a, b] = place(other), ahead = (a - x) * right + (b - y) * down, aside = Math.abs((a - x) * down) + Math.abs((b - y) * right);
        if (ahead > 0 && ahead + 2 * aside < least) { best = other; least = ahead + 2 * aside; }
      });
      return best;
    };
    tiles.forEach((tile) => {
      tile.addEventListener("mouseenter", () => look(tile));
      tile.addEventListener("focus", () => { look(tile); rest(tile); });
      tile.addEventListener("keydown", (event) => {
        const other = STEPS[event.key] && next(tile, STEPS[event.key]);
        if (STEPS[event.key]) event.preventDefault();
        if (other) other.focus();
      });
    });
    radios.forEach((radio) => radio.addEventListener("change", paint));
    rest(tiles.find((tile) => tile.dataset.groups[0] !== "0") || tiles[0]);
    paint();
  }

  document.querySelectorAll("form.place-finder").forEach(finder);
  document.querySelectorAll("#tile-map").forEach(tileMap);
})();
