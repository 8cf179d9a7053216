/* The calculator of social value: what the reader enters, times the value of one, added up within a kind of value. The values come from the element's
   own data, which the library wrote; what is entered stands in the address, so that a calculation can be linked. */
(() => {
  "use strict";

  const FINE = 100000; // below this, hundredths are shown
  const root = document.querySelector(".value-calculator");
  const activities = JSON.parse(root.dataset.activities);
  const form = root.querySelector("form");
  const additional = root.querySelector("#additional");
  const inputs = new Map(activities.map(activity => [activity.id, form.elements[activity.id]]));
  const fields = [...inputs.keys(), "additional"];

  /** Return what was entered in a field, or 0 while that is no number it can take. */
  const entered = input => (input.validity.valid && input.value !== "" ? input.valueAsNumber : 0);

  /** Return a number for a reader: pounds with a sign before them, and pence where there are any. */
  function bare(number, base) {
    const least = base === "GBP" && number < FINE && number % 1 ? 2 : 0;
    const text = number.toLocaleString("en-GB", { minimumFractionDigits: least, maximumFractionDigits: number < FINE ? 2 : 0 });
    return base === "GBP" ? `£${text}` : text;
  }

  /** Return the part that is additional, in percent: what the field holds, or what it began with while that is no number it can take. */
  const part = () => (additional.value !== "" && additional.validity.valid ? additional.valueAsNumber : Number(additional.defaultValue));

  /** Return the sum of each kind of value; its middle is null where one of its parts is a range without one. */
  function totals() {
    const share = part() / 100;
    const sums = new Map();
    for (const { id, kind, unit, low, value, high } of activities) {
      const times = entered(inputs.get(id)) * share;
      if (!kind || !entered(inputs.get(id))) continue;
      const sum = sums.get(kind) ?? { unit, low: 0, value: 0, high: 0 };
      sums.set(kind, {
        unit, low: sum.low + times * low, value: value === null || sum.value === null ? null : sum.value + times * value, high: sum.high + times * high,
      });
    }
    return sums;
  }

  /** Return a sum with its unit, and its ends where they differ. */
  function said({ unit, low, value, high }) {
    const [base, per] = unit.split(" per ");
    const [least, middle, most] = [low, value ?? low, high].map(number => bare(number, base));
    const behind = (base === "GBP" ? "" : ` ${base}`) + (per ? ` per ${per}` : "");
    if (least === most) return middle + behind;
    return value === null ? `${least} to ${most}${behind}` : `${middle}${behind} (${least} to ${most} by rounding)`;
  }

  function update() {
    const sums = totals();
    for (const place of root.querySelectorAll("dd[data-kind]")) {
      const sum = sums.get(place.dataset.kind);
      place.textContent = sum ? said(sum) : "nothing entered";
    }
    const blank = activities.filter(activity => !activity.kind && entered(inputs.get(activity.id)));
    root.querySelector(".uncounted").textContent = blank.length
      ? `Not in these sums, for want of a value that can be cited: ${blank.map(activity => activity.name).join("; ")}.`
      : "";
  }

  function keep() {
    const state = activities.filter(({ id }) => entered(inputs.get(id))).map(({ id }) => [id, inputs.get(id).value]);
    if (state.length || part() !== Number(additional.defaultValue)) state.push(["additional", String(part())]);
    evidenceWorked.link(fields, state);
  }

  function restore() {
    const state = evidenceWorked.linked();
    if (!fields.some(field => state.has(field))) return;
    for (const [id, input] of inputs) input.value = state.get(id) ?? "";
    additional.value = state.get("additional") ?? "100"; // addresses made before the field began with another part
    update();
    root.scrollIntoView();
  }

  const HEADERS = [
    "activity", "name", "count", "one", "kind", "unit", "value_of_one", "low_of_one", "high_of_one", "percent_additional", "total", "total_low", "total_high",
    "figures", "source", "status",
  ];

  function rows() {
    const percent = part();
    const share = percent / 100;
    const chosen = activities.filter(({ id }) => entered(inputs.get(id)));
    return [
      HEADERS,
      ...chosen.map(({ id, name, one, kind, unit, value, low, high, figures, source }) => {
        const count = entered(inputs.get(id));
        const times = number => (number === null || number === undefined ? null : count * share * number);
        return [
          id, name, count, one, kind, unit, value, low, high, percent, times(value), times(low), times(high), (figures ?? []).join(" "), source,
          kind ? "a reader's own calculation, an illustration" : "no value that can be cited",
        ];
      }),
    ];
  }

  form.addEventListener("input", () => { update(); keep(); });
  form.addEventListener("submit", event => event.preventDefault());
  root.querySelector('[data-do="csv"]').addEventListener("click", () => evidenceWorked.save(rows(), "social-value.csv"));
  root.querySelector('[data-do="clear"]').addEventListener("click", () => { form.reset(); update(); keep(); });
  addEventListener("hashchange", restore);
  root.calculator = { rows, totals };
  restore();
})();
