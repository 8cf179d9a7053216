/* Priorities matched with contracts: the reader's judgements as a linear programme in whole numbers, which YALPS solves. It begins with the example
   in the element's own data; what is entered stands in the address. Nothing entered is ever put into the page as markup. */
(() => {
  "use strict";

  const FIELD = "matching";
  const MOST = 12;
  const [FITS, WEIGHTS] = [["none", "some", "good", "best"], ["some", "much", "most"]];
  const SOME = 1;
  const root = document.querySelector(".contract-matching");
  const form = root.querySelector("form");
  const matched = root.querySelector(".matched");
  const lists = { contract: root.querySelector(".contracts .rows"), priority: root.querySelector(".priorities .rows") };
  const blank = { priority: () => ({ name: "", weight: 1, must: false, most: 1, place: "", fits: [] }), contract: () => ({ name: "", carries: 1, place: "" }) };
  let entered = { contract: [], priority: [] };

  const whole = (value, least, most, other) => (Number.isInteger(value) && value >= least && value <= most ? value : other);
  const words = value => (typeof value === "string" ? value.slice(0, 120) : "");

  /** Return rows that can be trusted, of an example or of an address that anybody may have written. */
  function checked(kind, rows) {
    return (Array.isArray(rows) ? rows : []).slice(0, MOST).map(row => {
      const [name, place] = [words(row?.name), words(row?.place)];
      if (kind === "contract") return { name, place, carries: whole(row?.carries, 1, MOST, 1) };
      const fits = (Array.isArray(row?.fits) ? row.fits : []).slice(0, MOST).map(fit => whole(fit, 0, 3, SOME));
      return { name, place, weight: whole(row?.weight, 1, 3, 1), must: row?.must === true, most: whole(row?.most, 1, MOST, 1), fits };
    });
  }

  const apart = (priority, contract) => priority.place.trim() && contract.place.trim() && priority.place.trim().toLowerCase() !== contract.place.trim().toLowerCase();
  const fitOf = ({ priority, contract }, row, column) => (apart(priority[row], contract[column]) ? 0 : priority[row].fits[column] ?? SOME);

  /** Return the pairs that may be matched, each with what it counts. */
  function pairs(problem) {
    const { priority, contract } = problem;
    return priority.flatMap((one, row) =>
      contract.map((_, column) => ({ row, column, worth: one.weight * fitOf(problem, row, column) })).filter(pair => pair.worth > 0));
  }

  /* A priority that must be met and is not costs more than all matches together bring, so as many of them as possible are met first. */
  function programme({ priority, contract }, open) {
    const dear = 1 + open.reduce((sum, pair) => sum + pair.worth, 0);
    const [constraints, variables] = [new Map(), new Map()];
    contract.forEach((one, column) => constraints.set(`contract ${column}`, { max: one.carries }));
    priority.forEach((one, row) => {
      constraints.set(`priority ${row}`, { max: one.most });
      if (!one.must) return;
      constraints.set(`must ${row}`, { min: 1 });
      variables.set(`unmet ${row}`, new Map([["worth", -dear], [`must ${row}`, 1]]));
    });
    open.forEach(({ row, column, worth }, number) => {
      variables.set(`pair ${number}`, new Map([["worth", worth], [`contract ${column}`, 1], [`priority ${row}`, 1], [`must ${row}`, 1]]));
    });
    return { direction: "maximize", objective: "worth", constraints, variables, binaries: true };
  }

  /** Return the best matching: its pairs, what they count together, the rows that must be met and are not, and whether another is as good, null if
      that is not known. */
  function solve(problem) {
    const open = pairs(problem);
    const model = programme(problem, open);
    const found = YALPS.solve(model, { timeout: 2000 });
    const chosen = new Set(found.variables.filter(([, value]) => value > 0.5).map(([name]) => name));
    const taken = open.filter((_, number) => chosen.has(`pair ${number}`));
    const met = new Set(taken.map(pair => pair.row));
    const unmet = problem.priority.flatMap((one, row) => (one.must && !met.has(row) ? [row] : []));
    return { status: found.status, pairs: taken, worth: taken.reduce((sum, pair) => sum + pair.worth, 0), unmet, tied: tied(model, found, open, chosen) };
  }

  /* Solved once more without the matching that was found: if that costs nothing, there are others as good. */
  function tied(model, found, open, chosen) {
    if (found.status !== "optimal") return null;
    open.forEach((_, number) => {
      const name = `pair ${number}`;
      model.variables.get(name).set("another", chosen.has(name) ? 1 : -1);
    });
    model.constraints.set("another", { max: open.filter((_, number) => chosen.has(`pair ${number}`)).length - 1 });
    const other = YALPS.solve(model, { timeout: 2000 });
    return other.status === "timedout" ? null : other.status === "optimal" && Math.abs(other.result - found.result) < 1e-6;
  }

  function element(name, attributes = {}, ...children) {
    const created = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key in created) created[key] = value;
      else created.setAttribute(key, value);
    }
    created.append(...children);
    return created;
  }

  const nameOf = (kind, row, number) => row.name.trim() || `${kind === "contract" ? "Contract" : "Priority"} ${number + 1}`;

  /** Return a labelled field that writes what is entered into a row. */
  function field(label, control, take) {
    control.addEventListener("input", () => { if (control.validity.valid) { take(control); refresh(control); } });
    return element("label", {}, element("span", { textContent: label }), control);
  }

  const text = (label, row, key) => field(label, element("input", { type: "text", maxLength: 120, value: row[key] }), control => { row[key] = control.value; });
  const count = (label, row, key) =>
    field(label, element("input", { type: "number", min: 1, max: MOST, step: 1, required: true, value: row[key] }), control => { row[key] = control.valueAsNumber; });

  function choice(label, options, chosen, take) {
    const control = element("select", {}, ...options.map(([value, shown]) => element("option", { value, textContent: shown, selected: value === chosen })));
    return field(label, control, () => take(Number(control.value)));
  }

  function remover(kind, number) {
    const button = element("button", { type: "button", textContent: "Remove", "aria-label": `Remove ${nameOf(kind, entered[kind][number], number)}` });
    button.addEventListener("click", () => {
      entered[kind].splice(number, 1);
      if (kind === "contract") entered.priority.forEach(row => row.fits.splice(number, 1));
      draw();
      keep();
      root.querySelector(`[data-do="add-${kind}"]`).focus();
    });
    return button;
  }

  function contractRow(row, number) {
    return element("div", { className: "entry", role: "group", "aria-label": nameOf("contract", row, number) },
      text("Contract", row, "name"), count("Priorities it can carry", row, "carries"), text("Place, if it is for one", row, "place"), remover("contract", number));
  }

  function priorityRow(row, number) {
    const must = element("input", { type: "checkbox", checked: row.must });
    const fits = entered.contract.map((contract, column) =>
      choice(nameOf("contract", contract, column), FITS.map((shown, fit) => [fit, shown]), row.fits[column] ?? SOME, fit => { row.fits[column] = fit; }));
    return element("div", { className: "entry", role: "group", "aria-label": nameOf("priority", row, number) },
      text("Priority", row, "name"), choice("How much it matters", WEIGHTS.map((shown, weight) => [weight + 1, shown]), row.weight, weight => { row.weight = weight; }),
      count("Contracts at most", row, "most"), text("Place, if it is for one", row, "place"),
      field("Must be met", must, () => { row.must = must.checked; }),
      element("div", { className: "fits", role: "group", "aria-label": "Fit with each contract" }, element("p", { textContent: "Fit with each contract" }), ...fits),
      remover("priority", number));
  }

  function answer(found) {
    if (!entered.priority.length || !entered.contract.length) return [element("p", { textContent: "Add at least one contract and one priority." })];
    const named = ({ row, column }) =>
      `${nameOf("priority", entered.priority[row], row)}: ${nameOf("contract", entered.contract[column], column)} (${FITS[fitOf(entered, row, column)]})`;
    const left = entered.contract.filter((_, column) => !found.pairs.some(pair => pair.column === column)).length;
    const notes = [`Fit times importance comes to ${found.worth}.`];
    if (found.status !== "optimal") notes.unshift("The solver ran out of time; this is the best it found.");
    if (found.unmet.length) notes.push(`Must be met and cannot be: ${found.unmet.map(row => nameOf("priority", entered.priority[row], row)).join("; ")}.`);
    if (left) notes.push(`${left === 1 ? "One contract carries" : `${left} contracts carry`} no priority.`);
    if (found.tied !== null) notes.push(found.tied ? "Other matchings are as good." : "No other matching is as good.");
    return [
      element("p", { className: "worked-title", textContent: "The best matching" }),
      found.pairs.length ? element("ul", {}, ...found.pairs.map(pair => element("li", { textContent: named(pair) }))) : element("p", { textContent: "Nothing can be matched." }),
      element("p", { textContent: notes.join(" ") }),
    ];
  }

  function calculate() {
    matched.replaceChildren(...answer(solve(entered)));
    for (const kind of ["contract", "priority"]) root.querySelector(`[data-do="add-${kind}"]`).disabled = entered[kind].length >= MOST;
  }

  /** Draw all rows anew: after one was added, removed or renamed. */
  function draw() {
    lists.contract.replaceChildren(...entered.contract.map(contractRow));
    lists.priority.replaceChildren(...entered.priority.map(priorityRow));
    calculate();
  }

  /* A renamed contract is renamed in the lists of fits; the field that is being written in stays where it is. */
  function refresh(control) {
    if (control.type === "text") {
      entered.contract.forEach((row, number) => {
        lists.contract.children[number].setAttribute("aria-label", nameOf("contract", row, number));
        lists.contract.children[number].querySelector("button").setAttribute("aria-label", `Remove ${nameOf("contract", row, number)}`);
        for (const priority of lists.priority.children) priority.querySelectorAll(".fits label span")[number].textContent = nameOf("contract", row, number);
      });
      entered.priority.forEach((row, number) => {
        lists.priority.children[number].setAttribute("aria-label", nameOf("priority", row, number));
        lists.priority.children[number].querySelector("button").setAttribute("aria-label", `Remove ${nameOf("priority", row, number)}`);
      });
    }
    calculate();
    keep();
  }

  const keep = () => evidenceWorked.link([FIELD], [[FIELD, JSON.stringify(entered)]]);

  function put(rows) {
    entered = { contract: checked("contract", rows.contract), priority: checked("priority", rows.priority) };
    draw();
  }

  const example = () => put(JSON.parse(root.dataset.example));

  function restore() {
    const state = evidenceWorked.linked();
    if (!state.has(FIELD)) return false;
    try {
      put(JSON.parse(state.get(FIELD)) ?? {});
    } catch {
      return false;
    }
    if ([...state].length === 1) root.scrollIntoView(); // or the reader begins at the tool above, which is in the address, too
    return true;
  }

  function rows() {
    const found = solve(entered);
    const line = ({ row, column, worth }) => {
      const [priority, contract] = [entered.priority[row], entered.contract[column]];
      return [nameOf("priority", priority, row), nameOf("contract", contract, column), FITS[fitOf(entered, row, column)], WEIGHTS[priority.weight - 1], worth, "matched"];
    };
    const unmet = found.unmet.map(row => [nameOf("priority", entered.priority[row], row), "", "", WEIGHTS[entered.priority[row].weight - 1], 0, "must be met and cannot be"]);
    return [["priority", "contract", "fit", "importance", "fit_times_importance", "status"], ...found.pairs.map(line), ...unmet];
  }

  for (const kind of ["contract", "priority"]) {
    root.querySelector(`[data-do="add-${kind}"]`).addEventListener("click", () => {
      entered[kind].push(blank[kind]());
      draw();
      keep();
      lists[kind].lastElementChild.querySelector("input").focus();
    });
  }
  form.addEventListener("submit", event => event.preventDefault());
  root.querySelector('[data-do="csv"]').addEventListener("click", () => evidenceWorked.save(rows(), "matching.csv"));
  root.querySelector('[data-do="example"]').addEventListener("click", () => { example(); keep(); });
  root.querySelector('[data-do="clear"]').addEventListener("click", () => { put({}); keep(); });
  addEventListener("hashchange", restore);
  root.matching = { rows, solve };
  if (!restore()) example();
})();
