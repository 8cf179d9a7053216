"use strict";
/* The claim desk: which record of the library a number or a sentence is about, and whether it may be repeated as it is written. Rows are those of
   the ledger's table; what the desk needs beside them comes from desk-index.js. Nothing is sent anywhere. */
globalThis.evidenceDesk = (() => {
  const FIELD = { kind: 0, id: 1, shown: 2, about: 3, place: 4, period: 5, source: 6, verdict: 7, late: 8, chapters: 9, words: 10, unit: 11, low: 12, doubt: 13, part: 15 };
  const MORE = { value: 0, family: 1, direction: 2, repeat: 3, why: 4, wording: 5, told: 6, locator: 7, from: 8, to: 9, hedged: 10, interval: 11 };
  /** Share of the words of a search that something must hold, and the share that does where fewer than FEW things hold so many. */
  const MOST_WORDS = 0.7;
  const SOME_WORDS = 0.3;
  const FEW = 4;
  /** Places at most that a question names and that are told at once: there may be several of one name. */
  const MOST_PLACES = 4;
  /** What a page weighs beside one of its sections. */
  const WHOLE = 1.3;
  /** What an entry weighs whose whole name is asked for, such as a place. */
  const NAMED = 2;
  const FITS = { exact: 5.75, bound: 4.5, rounded: 5, near: 1.5, unit: 0.5 };
  const NOT = /\b(?:not|no|non|never|none|without|neither|nor|nobody|cannot|n't|lack|lacks|lacking)\b|n't\b/g;
  /** Words that part one group from another: whoever repeats a number must say each that its record says, and none that it does not say. */
  const PARTING = "micro small medium large sole woman man male female boy girl youth young old adult child pupil north south east west northern southern rural urban graduate median mean average per week month year hour day head".split(" ");
  const MOVES = { rise: "rise grow gain more higher up increas", fall: "fall shrink lose less fewer lower down cut" };

  /** Return the desk of a ledger's rows and of the index made beside them. */
  function open(ledger, index) {
    const { stems, telling, neutral, near } = evidenceWords.reader(index.same);
    const parting = new Set(stems(PARTING.join(" ")));
    const moves = Object.fromEntries(Object.entries(MOVES).map(([name, words]) => [name, new Set(stems(words))]));
    const records = ledger.rows.map((row, place) => ({ row, more: index.rows[place] || null, place, kind: ledger.kinds[row[FIELD.kind]] }));
    const figures = records.filter(record => record.kind === "figure");

    function own(record) {
      const { row } = record;
      record.own ??= new Set(stems([row[FIELD.about], row[FIELD.place], row[FIELD.period], row[FIELD.unit], row[FIELD.id].replace(/[.-]/g, " "), (ledger.sources[row[FIELD.source]] || [])[1]].filter(Boolean).join(" ")));
      return record.own;
    }

    /** The words of its record alone, without its id and its source: what a sentence about it must say. */
    function subject(record) {
      record.subject ??= telling(record.row[FIELD.about]);
      return record.subject;
    }

    function told(record) {
      record.told ??= new Set(stems(`${record.row[FIELD.words]} ${record.row[FIELD.shown]} ${(record.more || [])[MORE.told] || ""}`));
      return record.told;
    }

    /* How telling a word is: the fewer records have it, the more. */
    let held = null;
    function weight(word) {
      if (!held) {
        held = new Map();
        for (const record of records) for (const one of own(record)) held.set(one, (held.get(one) || 0) + 1);
      }
      return Math.log((records.length + 1) / ((held.get(word) || 0.6) + 0.4));
    }

    function score(words, record) {
      let sum = 0;
      for (const word of words) {
        const as = own(record).has(word) ? 1 : told(record).has(word) ? 0.5 : 0;
        const other = as ? 0 : nearest(word, record);
        sum += Math.min(weight(word), 4.5) * Math.max(as, other);
      }
      return sum / (1 + 0.012 * own(record).size);
    }

    function nearest(word, record) {
      let best = 0;
      for (const other of near(word)) best = Math.max(best, own(record).has(other) ? 0.4 : told(record).has(other) ? 0.15 : 0);
      return best;
    }

    /** The number of a record as a sentence writes it: that something "fell by 2%" says with a word what a minus says. */
    const recorded = (record, number, words) => ({ value: record.more[MORE.value] * (record.more[MORE.value] < 0 && (number.minus || words.some(word => moves.fall.has(word))) ? -1 : 1), family: record.more[MORE.family], hedged: record.more[MORE.hedged] });

    /** Return the records that a number may be, the likeliest first, each with how it fits. */
    function candidates(number, words) {
      const whole = Math.max(...figures.map(record => (words.length ? score(words, record) : 0)), 1);
      return figures
        .map(record => ({ record, fits: evidenceNumbers.meets(number, recorded(record, number, words)), words: words.length ? score(words, record) : 0 }))
        .filter(found => found.fits || (words.length > 1 && found.words > 0.75 * whole))
        .map(found => ({ ...found, total: (FITS[found.fits] || 0) + (5.5 * found.words) / whole + 0.05 * Math.min(found.record.row[FIELD.chapters].length, 3) - (found.record.row[FIELD.id].includes(".interval.") ? 1 : 0) }))
        .sort((a, b) => b.total - a.total || a.record.place - b.record.place);
    }

    /** Return why a sentence does not say what a record says; nothing where it does. */
    function objections(text, number, words, found) {
      const { record, fits } = found;
      const reasons = [];
      const whom = new Set([...own(record)]);
      if (fits === "bound") reasons.push(`It is the number itself, not ${number.hedge === "over" ? "more" : "less"} than it.`);
      if (fits === "unit") reasons.push(`The library has this number as ${unitOf(record)}.`);
      if (fits === "near" || !fits) reasons.push(`The library says ${record.row[FIELD.shown]}.`);
      if (number.bare && !["count", "calendar"].includes(record.more[MORE.family]) && fits !== "unit") reasons.push(`Say the unit: ${unitOf(record)}.`);
      if (lacksBase(record, text)) reasons.push(`Say of how many, or how long: ${record.row[FIELD.shown]}.`);
      const strange = words.filter(word => !whom.has(word) && !neutral(word) && !/^(19|20)\d\d$/.test(word) && !(told(record).has(word) && !parting.has(word) && !elsewhere(word)) && !aged(word, record));
      if (strange.length) reasons.push(`Its record says nothing of ${strange.map(word => `“${asWritten(text, word)}”`).join(", ")}.`);
      const lacking = missing(record, words);
      if (lacking.length) reasons.push(`Say of whom: ${record.row[FIELD.about]}${lacking.includes(record.row[FIELD.place]) ? `, ${record.row[FIELD.place]}` : ""}.`);
      const nots = count(text);
      const theirs = count(record.row[FIELD.about]);
      if ((nots > 0) !== (theirs > 0)) reasons.push(theirs ? `Mind the “not”: ${record.row[FIELD.about]}.` : "Its record says nothing of a “not”.");
      reasons.push(...turned(record, words), ...timed(text, number, record));
      return reasons;
    }

    /** Whether a record is a number in each so many, or in each week, and a text does not say which: a rate is no count. */
    function lacksBase(record, text) {
      const each = record.row[FIELD.unit].split(" per ")[1];
      if (!each) return false;
      const many = evidenceNumbers.read(each);
      const said = new Set(stems(text));
      return many.length ? !evidenceNumbers.read(text).some(found => found.value === many[0].value) : !stems(each).some(word => said.has(word) || [...near(word)].some(other => said.has(other)));
    }

    const count = text => (text.toLowerCase().replace(/not in (?:education|employment)[\w, ]*|not seasonally/g, "").match(NOT) || []).length;

    function unitOf(record) {
      return { GBP: "pounds", USD: "dollars", EUR: "euros", percent: "percent", points: "percentage points", count: "a count", times: "times as much", calendar: "a year" }[record.more[MORE.family]] || record.row[FIELD.unit];
    }

    /** A word that is the category or place of other records parts them from this one, though this one's sources may speak of both. */
    let labels = null;
    function elsewhere(word) {
      labels ??= new Set(figures.flatMap(record => [...stems(`${record.row[FIELD.place]}`), ...(subject(record).length < 4 ? subject(record) : [])]));
      return labels.has(word);
    }

    function aged(word, record) {
      return word === "youth" && [...own(record)].some(one => ["16", "18", "24", "25", "young"].includes(one));
    }

    /** Return what parts the record's group from others and the sentence leaves out. */
    function missing(record, words) {
      const said = new Set(words.flatMap(word => [word, ...near(word)]));
      const { row } = record;
      const parts = subject(record).filter(word => parting.has(word) && !said.has(word) && !(word === "youth" && said.has("16")));
      const place = row[FIELD.place];
      const placed = !place || place === index.country || stems(place).some(word => words.includes(word));
      const all = subject(record);
      const heavy = all.reduce((sum, word) => sum + weight(word), 0);
      const named = [...new Set([...all, ...telling(row[FIELD.id].replace(/[.-]/g, " "))])].filter(word => said.has(word)).reduce((sum, word) => sum + weight(word), 0);
      return [...parts, ...(placed ? [] : [place]), ...(named < 0.4 * heavy ? all : [])];
    }

    function turned(record, words) {
      const way = record.more[MORE.direction];
      const against = way === "fall" ? moves.rise : way === "rise" ? moves.fall : null;
      return against && words.some(word => against.has(word)) ? [`It is a ${way}.`] : [];
    }

    function timed(text, number, record) {
      const years = evidenceNumbers.read(text).filter(found => found.year && found.start !== number.start).map(found => found.value);
      const [from, to] = [record.more[MORE.from].slice(0, 4), record.more[MORE.to].slice(0, 4)];
      const wrong = years.filter(year => !(from && year >= Number(from) && year <= Number(to || from)) && !record.row[FIELD.period].includes(String(year)));
      return wrong.length ? [record.row[FIELD.period] ? `It is of ${record.row[FIELD.period]}.` : "Its source names no year."] : [];
    }

    function asWritten(text, word) {
      return (evidenceWords.folded(text).match(/[a-z']+|\d[\d.,]*/g) || []).find(one => stems(one)[0] === word) || word;
    }

    /** Return the answer on one number of a text. */
    function line(text, number, words, alone) {
      const found = candidates(number, words);
      if (!found.length) return { number, state: "unknown", others: [] };
      const best = found[0];
      const others = found.slice(1).filter(other => other.fits || other.total > 0.8 * best.total);
      const answer = { number, record: best.record, fits: best.fits, others: others.map(other => other.record), reasons: [] };
      if (!best.fits || best.fits === "near") return { ...answer, state: "other", reasons: [`The library says ${best.record.row[FIELD.shown]}.`] };
      if (words.length < 2) return { ...answer, state: "bare", reasons: others.some(other => other.fits === best.fits) ? ["More than one record has this number."] : [] };
      const reasons = objections(text, number, words, best);
      const rival = figures.find(record => !evidenceNumbers.meets(number, recorded(record, number, words)) && record.more[MORE.family] === best.record.more[MORE.family] && score(words, record) > 1.25 * best.words + 0.5);
      if (rival) reasons.push(`The words fit another record better: ${rival.row[FIELD.about]}, ${rival.row[FIELD.shown]}.`);
      if (!alone) reasons.push("Several numbers: see that each goes with its own words.");
      const own = best.record.more[MORE.repeat];
      return { ...answer, reasons, state: own === "no" ? "no" : reasons.length ? "check" : own === "with care" ? "care" : "safe" };
    }

    /** Return the numbers of a text that somebody would look up: no ages, and no years or small words beside others. */
    function stated(text) {
      const all = evidenceNumbers.read(text);
      const whole = all.filter(number => !number.year && !number.age);
      const telling = whole.filter(number => !number.small || whole.every(other => other.small));
      return telling.length ? telling : all.filter(number => !number.age);
    }

    /** Return the records that any of some numbers may be, each as it fits best; one that fits several of them is likelier. */
    function candidatesOfAll(numbers, words) {
      const found = new Map();
      for (const one of numbers.slice(0, 4).flatMap(number => candidates(number, words)).filter(one => one.fits && one.fits !== "near")) {
        const other = found.get(one.record);
        found.set(one.record, other ? { ...one, total: Math.max(one.total, other.total) + 1 } : one);
      }
      return [...found.values()];
    }

    /** Return what the library answers to a text: one line for each number in it, and whatever its words find. */
    function answer(text) {
      const numbers = stated(text);
      const words = telling(without(text, numbers));
      return numbers.slice(0, 8).map(number => line(text, number, words, numbers.length === 1));
    }

    /** Return a text without the numbers that are asked about, and their hedges. */
    function without(text, numbers) {
      let left = evidenceNumbers.plain(text);
      for (const { start, end, hedge } of [...numbers].reverse()) {
        const before = hedge ? left.slice(0, start).replace(/(?:more than|less than|fewer than|at least|at most|up to|no more than|not more than|no less than|not less than|over|under|above|below|close to|just)\s*$/i, "") : left.slice(0, start);
        left = `${before} ${left.slice(end)}`;
      }
      return left;
    }

    /** Return what a search finds, the best first: figures by number, and every kind of thing by its words. */
    function search(text, most = 60) {
      const numbers = evidenceNumbers.read(text);
      const words = [...new Set(stems(text))].filter(word => word.length > 1 || numbers.length === 0);
      const content = telling(text);
      const asked = content.length ? content : words;
      const byNumber = candidatesOfAll(stated(text), telling(without(text, numbers)));
      const printed = figures.filter(record => saysIt(record, text)).map(record => ({ record, total: 50 }));
      const numbered = new Set([...byNumber, ...printed].map(found => found.record));
      const others = records.filter(record => !numbered.has(record));
      let found = byWords(asked, others, MOST_WORDS);
      // A question has words that no page has: where hardly anything holds most of them, what holds some follows.
      if (found.length < FEW) {
        const known = new Set(found.map(one => one.record || one.page || one.entry));
        found = [...found.map(one => ({ ...one, total: one.total + 50 })), ...byWords(asked, others, SOME_WORDS).filter(one => !known.has(one.record || one.page || one.entry))];
      }
      const all = [...byNumber.map(one => ({ ...one, total: one.total + 100 })), ...printed.filter(one => !byNumber.some(other => other.record === one.record)), ...found].sort((a, b) => b.total - a.total);
      return withPlaces(text, all).slice(0, most);
    }

    /** Return what a search found with the places that it names, as they are written, behind the first of it where they stand further down or not at all. */
    function withPlaces(text, found) {
      const plain = said => ` ${said.replace(/[^\p{L}\d'-]+/gu, " ").trim()} `;
      const named = index.entries.filter(entry => entry[0].toLowerCase() === "place" && plain(text).includes(plain(entry[1])));
      const places = named.filter(entry => !found.slice(0, 1).some(one => one.entry === entry)).slice(0, MOST_PLACES);
      return [...found.slice(0, 1), ...places.map(entry => ({ entry, total: 0 })), ...found.slice(1).filter(one => !places.includes(one.entry))];
    }

    /** Return the records, headings and entries that hold a share of some words. */
    function byWords(words, others, share) {
      const found = [
        ...others.map(record => ({ record, total: matched(words, record, share) })),
        ...index.pages.map(page => ({ page, total: pageScore(words, page, share) * (page[5] ? 0.4 : page[2] ? 1 : WHOLE) })),
        ...index.entries.map(entry => ({ entry, total: pageScore(words, entry.found ??= [entry[1], "", "", entry[2], entry[4]], share) * (isNamed(words, entry) ? NAMED : 1.2) })),
      ];
      return found.filter(one => one.total > 0);
    }

    function saysIt(record, text) {
      const plain = evidenceNumbers.plain(text).trim();
      return plain !== "" && [record.row[FIELD.shown], ...(record.more[MORE.interval] || [])].some(stated => evidenceNumbers.plain(stated) === plain);
    }

    /** A share of the words of a search must occur in a record. */
    function matched(words, record, share) {
      const has = words.filter(word => own(record).has(word) || told(record).has(word) || nearest(word, record));
      return words.length && has.length >= Math.ceil(share * words.length) ? score(words, record) * (has.length / words.length) : 0;
    }

    function isNamed(words, entry) {
      return stems(entry[1]).join(" ") === words.join(" ");
    }

    function pageScore(words, page, share) {
      page.title ??= new Set(stems(`${page[0]} ${page[2]}`));
      page.text ??= new Set(stems(`${page[3] || ""} ${page[4] || ""}`));
      const begins = word => word.length > 2 && [...page.title].some(one => one.startsWith(word));
      const akin = word => [...near(word)].some(other => page.title.has(other));
      const as = word => (page.title.has(word) ? 1.3 : page.text.has(word) ? 0.5 : begins(word) ? 0.8 : akin(word) ? 0.6 : 0);
      const parts = words.map(as);
      const has = parts.filter(Boolean).length;
      if (!words.length || has < Math.ceil(share * words.length)) return 0;
      return words.reduce((sum, word, place) => sum + Math.min(weight(word), 4.5) * parts[place], 0) * (has / words.length);
    }

    /** Return where the entry of a record stands, below the folder of the chapters. */
    function address({ row, kind }) {
      if (kind === "claim") return `ledger.html#claim-${row[FIELD.id]}`;
      const page = ledger.sources[row[FIELD.source]][2];
      return `${row[FIELD.part] ? page.replace(".html", `-${row[FIELD.part] + 1}.html`) : page}#${kind === "finding" ? "finding-" : ""}${row[FIELD.id]}`;
    }

    return { answer, search, address, records, figures, FIELD, MORE };
  }

  return { open };
})();
