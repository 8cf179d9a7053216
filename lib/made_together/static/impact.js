/* The impact model in the page: the arithmetic of `evidence.impact.outcome` on fewer draws, for the ranges a reader sets. All numbers come from
   the element's own data, which the library wrote; a test compares the answers with the library's. */
(function () {
  "use strict";

  const BINS = 60;
  const [WIDTH, BASE] = [600, 120];

  /** Return, for each input, numbers from 0 to 1 that fill the space of all inputs evenly. */
  function spreadEvenly({ draws, primes, shift }) {
    return primes.map((prime, row) => Float64Array.from({ length: draws }, (_, index) => (Math.sqrt(prime) * (index + 1) + shift[row]) % 1));
  }

  /** Return two rows of standard normal numbers for each two rows of even ones (Box and Muller), cosines first. */
  function normal(even) {
    const made = [[], []];
    for (let pair = 0; pair < even.length; pair += 2) {
      const radius = even[pair].map((part) => Math.sqrt(-2 * Math.log(1 - part)));
      made[0].push(radius.map((length, index) => length * Math.cos(2 * Math.PI * even[pair + 1][index])));
      made[1].push(radius.map((length, index) => length * Math.sin(2 * Math.PI * even[pair + 1][index])));
    }
    return made.flat();
  }

  /** Return the value of a range below which a part of all draws lies. A likely value that the reader has shut out moves to the nearer end. */
  function at({ low, high, likely }, part) {
    if (likely === null || low === high) return low + part * (high - low);
    const peak = Math.min(Math.max(likely, low), high);
    const [rise, fall, width] = [peak - low, high - peak, high - low];
    return part * width < rise ? low + Math.sqrt(part * width * rise) : high - Math.sqrt((1 - part) * width * fall);
  }

  const observed = (share, respondents, chance) =>
    Math.min(Math.max(share + chance * Math.sqrt((share * (1 - share)) / respondents), 0), 1);

  function shareActing(channel, respondents, takeUp, others, more, surest) {
    const willing = observed(channel.more, respondents, more);
    const sure = observed(channel.much / channel.more, respondents * channel.more, surest);
    return willing * takeUp * (sure + (1 - sure) * others);
  }

  /** Return growth in pounds in each draw, from the lowest to the highest. */
  function growth(model, spreads, even, chance) {
    const { known } = model;
    const found = new Float64Array(model.draws);
    const names = Object.keys(spreads);
    const value = {};
    for (let draw = 0; draw < found.length; draw += 1) {
      names.forEach((name, row) => { value[name] = at(spreads[name], even[row][draw]); });
      const pattern = value["size-pattern"];
      const firms =
        known.employers * (1 + pattern * (known.employers_pattern - 1)) +
        value["lone-firms"] * known.alone * (1 + pattern * (known.alone_pattern - 1));
      const acting = (channel, first) =>
        firms * channel.gain *
        shareActing(channel, known.respondents, value["take-up"], value.others, chance[first][draw], chance[first + 1][draw]);
      const university = acting(known.university, 0) * value["value-university"];
      const apprentice = acting(known.apprentice, 2) * value["value-apprentice"];
      found[draw] = value.additionality * (university + apprentice - value.overlap * Math.min(university, apprentice));
    }
    return found.sort();
  }

  /** Return the number that a part of sorted numbers lies below, between neighbours in proportion. */
  function quantile(sorted, part) {
    const place = part * (sorted.length - 1);
    const below = Math.floor(place);
    const next = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[next] - sorted[below]);
  }

  const billions = (pounds) => `£${(pounds / 1e9).toFixed(1)} billion`;

  function share(part) {
    if (part === 0) return "None";
    if (part === 1) return "All";
    return part < 0.001 ? "Less than 0.1%" : part > 0.999 ? "More than 99.9%" : `${(100 * part).toFixed(part < 0.1 || part > 0.9 ? 1 : 0)}%`;
  }

  function answer(model, sorted) {
    const [low, high] = model.ends.map((part) => quantile(sorted, part));
    const reached = sorted.filter((pounds) => pounds >= model.printed.high).length / sorted.length;
    return (
      `Under your assumptions the median of growth is ${billions(quantile(sorted, 0.5))}, and nine draws in ten lie between ${billions(low)} and ` +
      `${billions(high)}. ${share(reached)} of the draws reach the printed ${billions(model.printed.high)}.`
    );
  }

  /** Return the outline of bars, one for each step of growth; what lies beyond the picture stands in the last. */
  function bars(sorted, top) {
    const counts = new Array(BINS).fill(0);
    sorted.forEach((pounds) => { counts[Math.min(Math.floor((pounds / top) * BINS), BINS - 1)] += 1; });
    const [wide, most] = [WIDTH / BINS, Math.max(...counts)];
    return counts
      .map((count, bin) => `M${(bin * wide).toFixed(1)} ${BASE}v${((-count / most) * (BASE - 26)).toFixed(1)}h${(wide - 1).toFixed(1)}V${BASE}z`)
      .join("");
  }

  function mark(pounds, top, words) {
    const x = ((pounds / top) * WIDTH).toFixed(1);
    return `<path d="M${x} 18V${BASE}"/><text x="${x}" y="12" text-anchor="middle">${words}</text>`;
  }

  function start(section) {
    const model = JSON.parse(section.dataset.model);
    const names = Object.keys(model.spreads);
    const even = spreadEvenly(model);
    const chance = normal(even.slice(names.length));
    const top = model.printed.high * 1.1;
    const inputs = [...section.querySelectorAll("input")];
    const [said, status] = [".explorer-answer", ".explorer-status"].map((name) => section.querySelector(name));
    let waiting = 0;

    section.querySelector(".explorer-marks").innerHTML =
      mark(model.printed.low, top, "printed, cautious") + mark(model.printed.high, top, "printed, high") +
      [0, 5, 10, 15, 20, 25].map((number) => `<text x="${((number * 1e9 / top) * WIDTH).toFixed(1)}" y="140"${number ? ' text-anchor="middle"' : ""}>£${number}bn</text>`).join("");

    /** Return the ranges as the sliders stand; a slider that was not touched keeps the library's own value, which it may not show to the digit. */
    function chosen() {
      const spreads = {};
      names.forEach((name) => { spreads[name] = { ...model.spreads[name] }; });
      inputs.forEach((input) => { spreads[input.name][input.dataset.end] = input.valueAsNumber / 100; });
      return spreads;
    }

    function update() {
      waiting = 0;
      const sorted = growth(model, chosen(), even, chance);
      said.textContent = answer(model, sorted);
      section.querySelector(".explorer-bars").setAttribute("d", bars(sorted, top));
      inputs.forEach((input) => { input.nextElementSibling.value = `${input.value}%`; });
    }

    /** Keep the ends of a range in order: the end that is moved takes the other along. */
    function order(moved) {
      const other = inputs.find((input) => input.name === moved.name && input !== moved);
      const crossed = moved.dataset.end === "low" ? moved.valueAsNumber > other.valueAsNumber : moved.valueAsNumber < other.valueAsNumber;
      if (crossed) other.value = moved.value;
    }

    function put(ends) {
      inputs.forEach((input) => { input.value = Math.round(100 * ends(model.spreads[input.name], input.dataset.end)); });
      update();
      status.textContent = said.textContent;
    }

    section.addEventListener("input", (event) => {
      order(event.target);
      if (!waiting) waiting = requestAnimationFrame(update);
    });
    section.addEventListener("change", () => requestAnimationFrame(() => { status.textContent = said.textContent; }));
    section.querySelector('[data-set="ours"]').addEventListener("click", () => put((spread, end) => spread[end]));
    section.querySelector('[data-set="report"]').addEventListener("click", () => put((spread) => spread.report));
    section.impact = { growth: () => growth(model, chosen(), even, chance), quantile, update };
    update();
  }

  document.querySelectorAll(".impact-explorer").forEach(start);
})();
