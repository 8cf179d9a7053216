"use strict";
/* The numbers in what a reader types or pastes: the value of each in base units, its family of units, how far it reaches at the precision it is
   written with, and the hedge before it. */
globalThis.evidenceNumbers = (() => {
  const SCALES = { hundred: 1e2, k: 1e3, thousand: 1e3, m: 1e6, mn: 1e6, mln: 1e6, million: 1e6, b: 1e9, bn: 1e9, billion: 1e9, tn: 1e12, trillion: 1e12 };
  const SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(" ");
  const TENS = { twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90 };
  const WORDS = { ...Object.fromEntries(SMALL.map((word, value) => [word, value])), ...TENS, dozen: 12 };
  const PARTS = { half: 2, third: 3, quarter: 4, fourth: 4, fifth: 5, sixth: 6, seventh: 7, eighth: 8, ninth: 9, tenth: 10, twentieth: 20, hundredth: 100 };
  const SIGNS = { "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5", "⅗": "3/5", "⅘": "4/5", "⅛": "1/8" };
  const MONEY = { "£": "GBP", gbp: "GBP", pound: "GBP", pounds: "GBP", quid: "GBP", sterling: "GBP", "€": "EUR", eur: "EUR", euro: "EUR", euros: "EUR", $: "USD", us$: "USD", usd: "USD", dollar: "USD", dollars: "USD" };
  const TIMES = { twice: 2, double: 2, doubled: 2, doubling: 2, treble: 3, trebled: 3, triple: 3, tripled: 3, thrice: 3, quadruple: 4, quadrupled: 4 };
  const HEDGES = {
    about: ["about", "around", "roughly", "approximately", "approx", "some", "circa", "c.", "~", "≈", "nearly", "almost", "close to", "just under", "just over", "or so"],
    over: ["more than", "over", "above", "at least", "upwards of", "not less than", "no less than", "no fewer than", ">", "≥"],
    under: ["less than", "fewer than", "under", "below", "up to", "at most", "no more than", "not more than", "as much as", "<", "≤"],
    exactly: ["exactly", "precisely"],
  };

  const BY_LENGTH = Object.entries(HEDGES).flatMap(([hedge, words]) => words.map(word => [word, hedge])).sort((a, b) => b[0].length - a[0].length);

  const either = words => words.map(word => word.replace(/[$.*+?^|()[\]]/g, "\\$&")).sort((a, b) => b.length - a.length).join("|");
  const WORD = either(Object.keys(WORDS));
  const PART = either(Object.keys(PARTS));
  const SCALE = either(Object.keys(SCALES));
  const SPELLED = `(?:${either(Object.keys(TENS))})[- ](?:${either(SMALL.slice(1, 10))})|${WORD}`;
  const DIGITS = "\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?|\\.\\d+";
  const UNIT = "\\s?%|\\s?per ?cent(?:age points?|ages?)?\\b|[- ]percentage[- ]points?\\b|\\s?(?:pct|pc|ppts?|pps?)\\b|[- ]points?\\b|[- ]?fold\\b|[- ]times\\b|\\s?x\\b|\\s?(?:p|pence)\\b|[- ](?:pounds?(?: sterling)?|quid|gbp|euros?|eur|dollars?|usd)\\b|[- ](?:years?|days?)\\b(?![- ]olds?)";
  const NUMBER = new RegExp(
    [
      `(?<share>(?<![\\w.,])(?:(?:(?<top>${SPELLED}|an?|\\d+)[- ](?<part>${PART})s?|(?<half>half))(?![\\w-])|(?<in>${SPELLED}|\\d+) (?:in|out of) (?:every )?(?<of>${SPELLED}|\\d+)(?![\\w,.]*\\d)(?!\\w)|(?<over>[1-9])/(?<below>\\d{1,2})(?![\\d/])))(?<many> (?:a )?(?:${SCALE})\\b)?`,
      `(?<![\\w.,£€$])(?<times>${either(Object.keys(TIMES))})(?!\\w)`,
      `(?<money>us\\$|[£€$]|\\b(?:gbp|eur|usd)\\s?)?(?<![\\w.,/])(?<digits>${DIGITS})(?!\\d|st\\b|nd\\b|rd\\b|th\\b)(?<scale>[- ]?(?:${SCALE})(?![a-z]))?(?<unit>${UNIT})?`,
      `(?<![\\w.,-])(?:(?<spelled>${SPELLED})|an?(?= (?:hundred|thousand|million|billion|trillion|dozen)\\b))(?<scale2>(?:[- ](?:hundred|thousand|million|billion|trillion))*)(?<unit2>${UNIT})?(?![\\w])`,
    ].join("|"),
    "g",
  );

  const plain = text => text.toLowerCase().replace(/[\u00a0\u2009\u202f]/g, " ").replace(/[½⅓⅔¼¾⅕⅖⅗⅘⅛]/g, sign => SIGNS[sign]).replace(/(\d)\s(?=\d{3}(?!\d))/g, "$1,").replace(/[‘’]/g, "'").replace(/[–—−]/g, "-").replace(/\b(b|m|tr)il+i?ons?\b/g, "$1illion");
  const spelled = text => (/^\d+$/.test(text) ? Number(text) : ["a", "an"].includes(text) ? 1 : text.split(/[- ]/).reduce((sum, word) => sum + WORDS[word], 0));

  /** Return the family of a unit as the library names it: what is counted per what does not part a family. */
  function family(unit) {
    if (/^percentage points?/.test(unit)) return "points";
    if (/^percent/.test(unit)) return "percent";
    return unit.split(" ")[0];
  }

  function unitOf(written, money) {
    const text = (written || "").replace(/^[- ]+/, "");
    const sign = (money || "").trim();
    if (sign) return MONEY[sign];
    if (!text) return "";
    if (/points?$|^pp/.test(text)) return "points";
    if (/^(%|per|pct|pc)/.test(text)) return "percent";
    if (/^(fold|times|x)/.test(text)) return "times";
    if (/^(p|pence)$/.test(text)) return "pence";
    return MONEY[text.split(" ")[0]] || text.replace(/s$/, "") + "s";
  }

  /** Return half a step of the last digit written. */
  function step(digits, scale) {
    const bare = digits.replace(/,/g, "");
    const decimals = bare.split(".")[1];
    if (decimals) return (0.5 * scale) / 10 ** decimals.length;
    return 0.5 * scale;
  }

  function shareOf({ top, half, part: named, in: some, of, over, below, many }) {
    const part = half || named;
    const above = spelled(top || some || over || "a");
    const whole = part ? PARTS[part] : spelled(of || below);
    const value = above / whole;
    if (many) return count(value * SCALES[many.trim().replace(/^a /, "")], 0.05 * value * SCALES[many.trim().replace(/^a /, "")], "");
    const reach = above === 1 ? Math.min(0.025, 0.5 * (1 / (whole - 0.5) - 1 / (whole + 0.5))) : 0.025;
    return { value: value * 100, reach: reach * 100, unit: "percent", share: true };
  }

  function count(value, reach, unit) {
    return { value, reach, unit };
  }

  function digitsOf({ digits, scale, unit, money }) {
    const times = scale ? SCALES[scale.replace(/^[- ]/, "")] : 1;
    const written = unitOf(unit, money);
    const factor = written === "pence" ? times / 100 : times;
    const value = Number(digits.replace(/,/g, "")) * factor;
    const reach = scale ? Math.min(step(digits, factor), 0.05 * value) : step(digits, factor);
    return count(value, reach, written === "pence" ? "GBP" : written);
  }

  function spelledOf({ spelled: word, scale2, unit2 }) {
    const times = (scale2 || "").split(/[- ]/).filter(Boolean).reduce((product, scale) => product * SCALES[scale], 1);
    const value = (word ? spelled(word) : 1) * times;
    return count(value, Math.min(0.5 * times, 0.05 * value), unitOf(unit2, ""));
  }

  function hedgeBefore(text) {
    const before = text.trimEnd();
    const ends = word => before.endsWith(word) && !(/\w/.test(word[0]) && /\w/.test(before.slice(0, -word.length).slice(-1)));
    return BY_LENGTH.find(([word]) => ends(word))?.[1] ?? "";
  }

  function isYear(found, text, end) {
    return Boolean(found.digits) && /^(1[89]|20)\d\d$/.test(found.digits) && !found.scale && !found.unit && !found.money && !/^ (firms?|people|smes?|businesses|companies|jobs|places|apprentices\w*|young|respondents)\b/.test(text.slice(end));
  }

  /** Whether a number is somebody's age: "aged 16 to 24", "16-24 year olds", "16-24s". */
  function isAge(text, start, end) {
    return /^(?:(?:-| to )\d\d)?s\b/.test(text.slice(end)) && /^[1-9]\d$/.test(text.slice(start, end)) || /\b(?:aged?|ages|under|over)[ -](?:\d+(?:-| to | and ))?$/.test(text.slice(0, start)) && !/^[%,.]?\d|^ ?(?:%|per|m|b)/.test(text.slice(end)) && /\bage[ds]?\b|^s\b/.test(text.slice(Math.max(0, start - 12), start) + text.slice(end, end + 2)) || /^(?:(?:-| to )\d+)?[- ]years?[- ]olds?\b/.test(text.slice(end)) || /\d(?:-| to )$/.test(text.slice(0, start)) && /^[- ]years?[- ]olds?\b/.test(text.slice(end));
  }

  /** Return every number of a text: what it states, its place in the text, and whether it is a year or an age. */
  function read(written) {
    const text = plain(written);
    const found = [];
    for (const match of text.matchAll(NUMBER)) {
      const groups = match.groups;
      const end = match.index + match[0].length;
      const made = groups.share ? shareOf(groups) : groups.times ? count(TIMES[groups.times], 0.05, "times") : groups.digits ? digitsOf(groups) : spelledOf(groups);
      const per = /^ ?(?:in|per|out of) (?:every )?(?:100|hundred)\b(?!,)/.test(text.slice(end)) && !made.unit;
      if (per) made.unit = "percent";
      found.push({ ...made, text: match[0].trim(), start: match.index, end, hedge: hedgeBefore(text.slice(0, match.index)), minus: /(?:^|\s)(?:-|minus )$/.test(text.slice(0, match.index)), year: isYear(groups, text, end), age: isAge(text, match.index, end), bare: !made.unit, small: (Boolean(groups.spelled) && !groups.scale2 && !made.unit) || /\b(?:per|every) $/.test(text.slice(0, match.index)) });
    }
    return shared(found, text);
  }

  /** In "21 to 25%" and "between £2 and £3 billion" the first number has the unit and scale of the second. */
  function shared(found, text) {
    for (let place = 0; place + 1 < found.length; place += 1) {
      const [one, two] = [found[place], found[place + 1]];
      if (one.year || !one.bare || two.bare || !/^(?:-| to | and | or )$/.test(text.slice(one.end, two.start))) continue;
      one.unit = two.unit;
      one.bare = false;
    }
    return found;
  }

  /** Return whether a record's number is what a written number states: `exact`, `rounded`, `near`, or nothing. */
  function meets(number, record) {
    const { value, reach, unit, hedge } = number;
    const units = !unit || unit === record.family || (unit === "percent" && number.share && record.family === "times" && record.value === value / 100);
    const own = number.share && record.family === "times" ? value / 100 : value;
    if (!units) return Math.abs(own - record.value) <= Math.abs(own) * 1e-9 ? "unit" : "";
    if (Math.abs(own - record.value) <= Math.abs(own) * 1e-9) return hedge === "over" || hedge === "under" ? (record.hedged === hedge ? "exact" : "bound") : "exact";
    if (hedge === "over") return record.value > own && record.value <= own * 1.1 ? "rounded" : "";
    if (hedge === "under") return record.value < own && record.value >= own * 0.9 ? "rounded" : "";
    const room = Math.max(reach, hedge === "about" ? Math.abs(own) * 0.05 : 0);
    if (Math.abs(own - record.value) <= room * (1 + 1e-9) && hedge !== "exactly") return "rounded";
    return Math.abs(own - record.value) <= Math.max(reach, Math.abs(own) * (number.share || hedge ? 0.1 : 0.05)) ? "near" : "";
  }

  return { read, meets, family, plain };
})();
