/* The impact model in the page: the arithmetic of `made_together.impact` on the same draws, for the ranges and terms a reader sets. All numbers come
   from the element's own data, which the library wrote; a test compares every printed digit with the library's. */
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

  /** Return where each assumption stands in each draw: in a part of them all at the same place, as seen from the favourable end. */
  function placed(model, names, even, together) {
    const [which, common] = even.slice(-2);
    return names.map((name, row) => {
      if (together === 0) return even[row];
      const against = model.against.includes(name);
      return even[row].map((own, draw) => (which[draw] < together ? (against ? 1 - common[draw] : common[draw]) : own));
    });
  }

  /** Return growth in pounds and steps taken in each draw. `values` holds a row for each assumption. */
  function outcome(model, values, chance) {
    const { known } = model;
    const [growth, steps] = [new Float64Array(model.draws), new Float64Array(model.draws)];
    const { university, apprentice } = known;
    for (let draw = 0; draw < growth.length; draw += 1) {
      const pattern = values["size-pattern"][draw];
      const [takeUp, others] = [values["take-up"][draw], values.others[draw]];
      const firms =
        known.employers * (1 + pattern * (known.employers_pattern - 1)) +
        values["lone-firms"][draw] * (known.alone * (1 + pattern * (known.alone_pattern - 1)));
      const partners = firms * shareActing(university, known.respondents, takeUp, others, chance[0][draw], chance[1][draw]);
      const hiring = firms * shareActing(apprentice, known.respondents, takeUp, others, chance[2][draw], chance[3][draw]);
      const [one, other] = [partners * university.gain * values["value-university"][draw], hiring * apprentice.gain * values["value-apprentice"][draw]];
      growth[draw] = values.additionality[draw] * (one + other - values.overlap[draw] * Math.min(one, other));
      steps[draw] = partners + hiring;
    }
    return { growth, steps };
  }

  /** Return what a stream of yearly amounts is worth today, the first not discounted. */
  const presentValue = (stream, rate) => stream.reduce((total, amount, year) => total + amount / (1 + rate) ** year, 0);

  const beginning = ({ years, ramp }) => Array.from({ length: years }, (_, year) => (year < ramp ? 1 / ramp : 0));

  function gaining(terms) {
    let level = 0;
    return beginning(terms).map((begun) => { level = level * terms.persistence + begun; return level; });
  }

  /** Return how much more a decision brings that knows in which part an assumption lies. */
  function worth(place, net, bins) {
    const sums = new Float64Array(bins);
    net.forEach((pounds, draw) => { sums[Math.floor(place[draw] * bins)] += pounds; });
    let [above, total] = [0, 0];
    sums.forEach((sum) => { above += Math.max(sum, 0); total += sum; });
    return (above - Math.max(total, 0)) / net.length;
  }

  /** Return the appraisal of draws: growth in present value and what a firm may pay, each from low to high, and what knowledge is worth. */
  function appraise(model, names, places, { growth, steps }, terms) {
    const kept = (1 - terms.displacement) * (1 - terms.substitution) * (1 - terms.leakage) * (1 - terms.optimism);
    const factor = kept * presentValue(gaining(terms), terms.rate);
    const begun = presentValue(beginning(terms), terms.rate);
    const valued = growth.map((pounds) => pounds * factor);
    const paying = steps.map((count) => count * begun);
    const net = valued.map((pounds, draw) => pounds - paying[draw] * terms.cost);
    const ends = (sorted) => [model.ends[0], 0.5, model.ends[1]].map((part) => quantile(sorted, part));
    const switching = valued.map((pounds, draw) => (paying[draw] > 0 ? pounds / paying[draw] : 0));
    return {
      growth: ends(valued.sort()),
      switching: ends(switching.sort()),
      pays: net.filter((pounds) => pounds > 0).length / net.length,
      worth: Object.fromEntries(names.map((name, row) => [name, worth(places[row], net, model.bins)])),
    };
  }

  /** Return the number that a part of sorted numbers lies below, between neighbours in proportion. */
  function quantile(sorted, part) {
    const place = part * (sorted.length - 1);
    const below = Math.floor(place);
    const next = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[next] - sorted[below]);
  }

  const pounds = (number) => `£${Math.round(number).toLocaleString("en-GB")}`;

  /** Return what an appraisal says, in two or three sentences. */
  function appraisal(model, found, terms) {
    const [low, middle, high] = found.growth;
    const years = terms.years === 1 ? "a single year" : `${terms.years} years`;
    const said =
      `Counted over ${years}, in present value and net of what others lose, the median is ${billions(middle)}, and nine draws in ten lie between ` +
      `${billions(low)} and ${billions(high)}. A firm that acts breaks even at a cost of ${pounds(found.switching[1])} in the middle draw, and of ` +
      `${pounds(found.switching[0])} and ${pounds(found.switching[2])} near the ends.`;
    if (!terms.cost) return said;
    const best = Object.keys(found.worth).reduce((one, other) => (found.worth[other] > found.worth[one] ? other : one));
    const known = found.worth[best] >= model.leastWorth
      ? ` Most worth knowing before deciding is: ${model.names[best]} (${millions(found.worth[best])}).`
      : " Knowing any of the assumptions alone would hardly change the decision.";
    return `${said} At ${pounds(terms.cost)} a firm it pays in ${share(found.pays).toLowerCase()} of the draws.${known}`;
  }

  const millions = (number) => `£${Math.round(number / 1e6).toLocaleString("en-GB")} million`;
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

  /** Return settings from the address: pairs behind #explorer:, such as take-up=10-60 or years=10; those that are no numbers are left out. */
  function fromAddress() {
    const found = /^#explorer:(.*)$/.exec(decodeURIComponent(location.hash));
    const pairs = found ? found[1].split("&").map((pair) => pair.split("=")) : [];
    return Object.fromEntries(pairs.filter(([, value]) => /^\d+(\.\d+)?(-\d+)?$/.test(value || "")));
  }

  function start(section) {
    const model = JSON.parse(section.dataset.model);
    const names = Object.keys(model.spreads);
    const even = spreadEvenly(model);
    const chance = normal(even.slice(names.length, names.length + 4));
    const top = model.printed.high * 1.1;
    const inputs = [...section.querySelectorAll("input[data-end]")];
    const termInputs = [...section.querySelectorAll("input[data-term]")];
    const [said, status, appraised] = [".explorer-answer", ".explorer-status", ".explorer-appraisal"].map((name) => section.querySelector(name));
    const kept = { values: {}, together: null, places: null };
    let waiting = 0;

    section.querySelector(".explorer-marks").innerHTML =
      mark(model.printed.low, top, "printed, cautious") + mark(model.printed.high, top, "printed, high") +
      [0, 5, 10, 15, 20, 25].map((number) => `<text x="${((number * 1e9 / top) * WIDTH).toFixed(1)}" y="140"${number ? ' text-anchor="middle"' : ""}>£${number}bn</text>`).join("");

    /** Return the ranges as the sliders stand. */
    function chosen() {
      const spreads = {};
      names.forEach((name) => { spreads[name] = { ...model.spreads[name] }; });
      inputs.forEach((input) => { spreads[input.name][input.dataset.end] = input.valueAsNumber / 100; });
      return spreads;
    }

    function termsChosen() {
      const terms = { ...model.terms };
      termInputs.forEach((input) => { terms[input.dataset.term] = input.valueAsNumber / Number(input.dataset.times); });
      return terms;
    }

    /** Return what follows from ranges and terms; rows of values that have not changed are kept from one answer to the next. */
    function reckon(spreads, terms) {
      if (kept.together !== terms.together) Object.assign(kept, { values: {}, together: terms.together, places: placed(model, names, even, terms.together) });
      const values = {};
      names.forEach((name, row) => {
        const key = JSON.stringify(spreads[name]);
        if (!kept.values[name] || kept.values[name].key !== key) kept.values[name] = { key, row: kept.places[row].map((part) => at(spreads[name], part)) };
        values[name] = kept.values[name].row;
      });
      const found = outcome(model, values, chance);
      const appraisedNow = appraise(model, names, kept.places, found, terms);
      return { sorted: found.growth.sort(), appraised: appraisedNow };
    }

    function say({ sorted, appraised: found }, terms) {
      return [answer(model, sorted), appraisal(model, found, terms)];
    }

    function update() {
      waiting = 0;
      const terms = termsChosen();
      const found = reckon(chosen(), terms);
      [said.textContent, appraised.textContent] = say(found, terms);
      section.querySelector(".explorer-bars").setAttribute("d", bars(found.sorted, top));
      inputs.forEach((input) => { input.nextElementSibling.value = `${input.value}%`; });
      termInputs.forEach((input) => { input.nextElementSibling.value = unit(input); });
    }

    const unit = ({ value, dataset }) => (dataset.term === "cost" ? pounds(Number(value)) : dataset.times === "100" ? `${value}%` : value);

    /** Keep the settings in the address, so that they can be sent to somebody; those that nobody has moved are left out. */
    function keep() {
      const moved = names.map((name) => [name, inputs.filter((input) => input.name === name)])
        .filter(([, ends]) => ends.some((input) => input.value !== input.defaultValue))
        .map(([name, ends]) => `${name}=${ends.map((input) => input.value).join("-")}`);
      termInputs.filter((input) => input.value !== input.defaultValue).forEach((input) => moved.push(`${input.dataset.term}=${input.value}`));
      history.replaceState(null, "", moved.length ? `#explorer:${moved.join("&")}` : location.pathname + location.search);
    }

    /** Set the sliders as the address says. */
    function restore() {
      const given = fromAddress();
      inputs.forEach((input) => {
        const ends = (given[input.name] || "").split("-");
        if (ends.length === 2) input.value = ends[input.dataset.end === "low" ? 0 : 1];
      });
      termInputs.forEach((input) => { if (given[input.dataset.term]) input.value = given[input.dataset.term]; });
      inputs.filter((input) => input.dataset.end === "low").forEach(order);
      return Object.keys(given).length > 0;
    }

    /** Keep the ends of a range in order: the end that is moved takes the other along. */
    function order(moved) {
      const other = inputs.find((input) => input.name === moved.name && input !== moved);
      const crossed = moved.dataset.end === "low" ? moved.valueAsNumber > other.valueAsNumber : moved.valueAsNumber < other.valueAsNumber;
      if (crossed) other.value = moved.value;
    }

    function put(ends) {
      inputs.forEach((input) => { input.value = Math.round(100 * ends(model.spreads[input.name], input.dataset.end)); });
      termInputs.forEach((input) => { input.value = input.defaultValue; });
      update();
      keep();
      status.textContent = said.textContent;
    }

    section.addEventListener("input", (event) => {
      if (event.target.dataset.end) order(event.target);
      if (!waiting) waiting = requestAnimationFrame(update);
    });
    section.addEventListener("change", (event) => {
      keep();
      const told = event.target.dataset.term ? appraised : said;
      requestAnimationFrame(() => { status.textContent = told.textContent; });
    });
    section.querySelector('[data-set="ours"]').addEventListener("click", () => put((spread, end) => spread[end]));
    section.querySelector('[data-set="report"]').addEventListener("click", () => put((spread) => spread.report));
    section.impact = {
      growth: () => reckon(chosen(), termsChosen()).sorted,
      told: (spreads, terms) => say(reckon(spreads, terms), terms),
      quantile,
      update,
    };
    if (restore()) section.scrollIntoView();
    update();
  }

  document.querySelectorAll(".impact-explorer").forEach(start);
})();
