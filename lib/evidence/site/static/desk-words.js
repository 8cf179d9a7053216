"use strict";
/* Words as the claim desk and the search compare them: one spelling for British and American, with and without hyphens, without endings; words of
   one meaning, and words near enough to look for. */
globalThis.evidenceWords = (() => {
  const JOINED = /\b(co|re|pre|e|inter|multi|under|over)-(?=[a-z])/g;
  const OPENED = /\bco[- ]?work/g;
  const OUR = /(labo|neighbo|behavio|favo|colo|hono|harbo|endeavo|vapo|rumo|flavo|savo)ur/g;
  const IRREGULAR = {
    programme: "program", programmes: "program", centre: "center", centres: "center", licence: "license", licences: "license", defence: "defense", enrol: "enroll", enrolment: "enrollment", fulfil: "fulfill", grey: "gray", ageing: "aging",
    women: "woman", men: "man", children: "child", people: "person", persons: "person", rose: "rise", risen: "rise", fell: "fall", fallen: "fall", grew: "grow", grown: "grow", growth: "grow", got: "get", paid: "pay", earned: "earn", said: "say", spent: "spend", lost: "lose",
    city: "city", cities: "city", left: "left", less: "less", fewer: "fewer", data: "data", bus: "bus", business: "business", businesses: "business", universities: "university", uk: "uk", us: "us", has: "has", series: "series", chose: "choose", saw: "see", seen: "see", knew: "know", known: "know", thought: "think", made: "make",
  };

  /** Words that join others and say nothing themselves. */
  const SILENT = new Set(
    ("a an the of in on at to for from by with and or is are was were be been being has have had having it its this that these those there they their them we our you your i my he she his her as so also then thus " +
      "about around nearly almost roughly approximately some circa would could can may might will who which whom whose what when where how if while but however just out into do does did doing s t amongst among between within across during it's per percent cent percentage").split(" "),
  );

  /** Words that a sentence may have though no record says them: how a number is told, and not of whom. */
  const NEUTRAL = new Set(
    ("according say says said tell told report reports reported reporting reveal reveals revealed find finds found show shows shown suggest suggests suggested estimate estimates estimated put puts stand stands stood new latest recent recently now today currently here " +
      "total number numbers figure figures share proportion rate level statistic statistics amount value many get got make makes made come comes came think thinks thought believe see seen saw study research analysis data worth equal equals amount amounts like use using used such way ways goes went gone give gives gave given add adds added bring brings brought reach reached ask asked answer answered judge judged well overall country").split(" "),
  );

  /** Words that each say the same: the first stands for all. */
  const SAME = [
    ["firm", "company", "business", "enterprise"], ["sme", "smes"], ["pay", "wage", "earning", "salary", "earn"], ["worker", "employee", "staff"], ["council", "local authority", "local authorities"], ["youth", "youngster", "youngsters", "young person", "young people", "young adults", "young adult"],
    ["uk", "united kingdom", "britain", "great britain", "british", "u.k"], ["worldwide", "globally", "global"], ["woman", "female"], ["man", "male"], ["university", "uni", "unis", "higher education institution"], ["rise", "increase", "climb", "up"], ["fall", "decline", "drop", "decrease", "down"],
    ["neet", "neets", "not in education, employment or training", "not in education employment or training", "not in employment, education or training"], ["large", "big"], ["gdp", "gross domestic product"], ["billion", "bn"], ["apprentice", "apprenticeship"], ["scaleup", "scale-up", "scale-ups", "scale up"], ["week", "weekly"], ["year", "annual", "annually", "yearly"], ["month", "monthly"],
  ];

  /** Words that one may look for in place of another, though they do not say quite the same. */
  const NEAR = [
    "sme small smaller medium firm", "youth young 16 24 teenager", "worker person job workforce", "learner student pupil trainee apprentice", "poor poorest deprived disadvantaged low income", "partner partnership collaborate coordinate cooperate engage link", "grow growth rise expand boost economy gdp gva output", "money cost spend spending expenditure fund price value worth",
    "manufacturer manufacturing factory maker industry", "unemployed jobless inactive neet work", "teacher school college", "barrier obstacle hurdle hold back prevent", "finance cash fund money cost", "hub cluster network", "office space workspace coworking", "procurement tender buying contract supplier", "social value tender", "local place area region town city", "productivity output efficiency",
    "want hope wish prefer", "visit contact encounter", "training skill train education", "idea perception view opinion think believe", "news media newspaper press", "employment work job", "firm employer organisation", "woman sex gender", "most majority", "share proportion rate", "deprivation deprived poverty", "return benefit pay gain payback", "london capital", "uk england nation country", "error mistake wrong",
  ];

  function folded(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[‘’]/g, "'").replace(/[–—]/g, "-").toLowerCase().replace(OPENED, "cowork").replace(JOINED, "$1").replace(OUR, "$1r").replace(/&/g, " and ");
  }

  function stem(word) {
    if (Object.hasOwn(IRREGULAR, word)) return IRREGULAR[word];
    if (word.length < 4 || /\d/.test(word)) return word;
    let end = word.replace(/'s?$/, "").replace(/is(e|ed|es|ing|ation|ations|er|ers|ers)$/, "iz$1").replace(/ll(ed|ing|er|ers)$/, "l$1");
    if (end.length > 4 && end.endsWith("ies")) end = `${end.slice(0, -3)}y`;
    else if (/(s|x|z|ch|sh)es$/.test(end) && end.length > 5) end = end.slice(0, -2);
    else if (end.endsWith("s") && !/(ss|us|is)$/.test(end)) end = end.slice(0, -1);
    if (Object.hasOwn(IRREGULAR, end)) return IRREGULAR[end];
    if (end.length > 6 && end.endsWith("ship")) end = end.slice(0, -4);
    for (const ending of ["ization", "ation", "ition", "ment", "ing", "ive", "ion", "ed", "er", "or", "ly"]) {
      if (end.length - ending.length > 3 && end.endsWith(ending)) {
        end = end.slice(0, -ending.length);
        break;
      }
    }
    return end.replace(/([bdfgmnprt])\1$/, "$1").replace(/(?<=...)[ey]$/, "");
  }

  const bare = text => folded(text).match(/[a-z]+(?:'[a-z]+)?|\d+(?:[.,]\d+)*/g) || [];
  const phrase = words => words.map(stem).join(" ");

  /** Return what reads texts into stems, knowing also words of one meaning that the book declares. */
  function reader(declared) {
    const groups = [...SAME, ...declared];
    const longest = new Map();
    for (const [head, ...others] of groups) {
      const name = phrase(bare(head));
      for (const other of [head, ...others]) {
        const words = phrase(bare(other));
        if (words && !longest.has(words)) longest.set(words, longest.get(name) || name);
      }
    }
    const most = Math.max(...[...longest.keys()].map(words => words.split(" ").length));

    /** Return the stems of a text in order, words of one meaning by the first of them. */
    function stems(text) {
      const words = bare(text).map(stem);
      const made = [];
      for (let place = 0; place < words.length; ) {
        let length = Math.min(most, words.length - place);
        while (length > 0 && !longest.has(words.slice(place, place + length).join(" "))) length -= 1;
        made.push(length ? longest.get(words.slice(place, place + length).join(" ")) : words[place]);
        place += length || 1;
      }
      return made;
    }
    const quiet = new Set([...SILENT].map(stem));
    const telling = text => [...new Set(stems(text))].filter(word => !quiet.has(word) && (word.length > 1 || /\d/.test(word)));
    const neutral = new Set([...NEUTRAL].map(stem));
    return { stems, telling, neutral: word => neutral.has(word), near: nearOf(stems) };
  }

  function nearOf(stems) {
    const found = new Map();
    for (const group of NEAR.map(stems)) for (const one of group) found.set(one, new Set([...(found.get(one) || []), ...group.filter(other => other !== one)]));
    return word => found.get(word) || new Set();
  }

  return { folded, reader };
})();
