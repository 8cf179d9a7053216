/* What a number card shows: records of the ledger, put into words. Whatever comes from the data becomes text nodes, never markup. */
"use strict";

(function () {
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

  /* In an archived edition a link says by its first class and its address what it is of. */
  for (const link of document.querySelectorAll("a:is(.figure, .claim, .finding):not([data-evidence])")) {
    const [kind] = link.classList;
    const part = link.getAttribute("href").split("#")[1];
    link.dataset.evidence = `${kind} ${part.startsWith(`${kind}-`) ? part.slice(kind.length + 1) : part}`;
  }

  /** The page's own records; read once, when the first card is asked for. */
  let records = null;

  function pageRecords() {
    if (!records) records = JSON.parse(document.getElementById("evidence-cards").textContent);
    return records;
  }

  /** Take in the records of the whole edition; the page's own stay, since they say which page this is. */
  function takeIn(edition) {
    const own = pageRecords();
    for (const kind of Object.keys(edition)) own[kind] = { ...edition[kind], ...own[kind] };
  }

  /** Return kind, id and record of what `data-evidence` names, or null if it is not among the records. */
  function lookUp(name) {
    const all = pageRecords();
    const [asked, ...rest] = name.split(" ");
    const id = own(all.renamed, rest.join(" ")) || rest.join(" ");
    const kind = asked === "figure" && !own(all.figure, id) ? "range" : asked;
    const record = own(all[kind], id);
    return record ? { kind, id, record, name } : null;
  }

  /** Return a value by key, but nothing that every object has: an id may be called "constructor". */
  function own(object, key) {
    return object && Object.hasOwn(object, key) ? object[key] : null;
  }

  /** Make an element; children are nodes or text, and what is empty is left out. */
  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children.filter((child) => child));
    return made;
  }

  /** Tell whether the book has a page that it may do without. */
  function has(page) {
    return !(pageRecords().book.without || []).includes(page);
  }

  function link(text, address, attributes = {}) {
    return element("a", { href: address, ...attributes }, text);
  }

  /** Return a link to another card, which leads to the entry for who opens it elsewhere. */
  function cardLink(kind, id, text) {
    const record = own(pageRecords()[kind], id);
    return link(text, record ? record.address : "#", { "data-evidence": `${kind} ${id}` });
  }

  function figure(id) {
    return own(pageRecords().figure, id);
  }

  /** Return an ISO date or month in words, and anything else as it is. */
  function day(text) {
    const found = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(text || "");
    return found ? [Number(found[3]), MONTHS[Number(found[2]) - 1], found[1]].filter(Boolean).join(" ") : text || "";
  }

  /** Return prose of the library with its links leading to the cards they name. */
  function prose(text) {
    const parts = text.split(/\[([^\]]*)\]\(([a-z]+):([^)\s]+)\)/);
    const made = [];
    for (let place = 0; place < parts.length; place += 4) {
      made.push(parts[place], place + 1 < parts.length ? cardLink(parts[place + 2], parts[place + 3], parts[place + 1]) : "");
    }
    return made;
  }

  /** Make the mark of a state; a verdict is shown by the word for readers. */
  function chip(word, text = own(pageRecords().words, word) || word) {
    return element("span", { class: `verdict verdict-${word}` }, text);
  }

  function label(text) {
    return element("p", { class: "card-label" }, text);
  }

  function about(record, between = " · ") {
    return [record.population, record.place, record.period].filter(Boolean).join(between);
  }

  /* Titles */

  function rangeText(record) {
    const low = figure(record.low);
    const high = figure(record.high);
    return low.stated === high.stated ? low.stated : `${low.shown} to ${high.shown}`;
  }

  function isNumber({ kind }) {
    return kind === "figure" || kind === "range";
  }

  function titleOf({ kind, record }) {
    if (kind === "figure") return record.shown;
    if (kind === "range") return rangeText(record);
    return kind === "claim" ? record.states || record.threshold : record.statement;
  }

  function claimChip({ holds, beyond_chance: beyondChance }) {
    if (holds === undefined) return chip("quoted", "not yet decided");
    if (!holds) return chip("differs", "no longer holds");
    return beyondChance === false ? chip("quoted", "holds of those asked") : chip("holds");
  }

  function chipOf({ kind, record }) {
    if (kind === "claim") return claimChip(record);
    return kind === "finding" ? chip("quoted", "finding") : chip(record.verdict);
  }

  /* The source */

  function sourceOf(record) {
    return own(pageRecords().source, record.source);
  }

  function webAddress(source) {
    const address = source.url || (source.doi ? `https://doi.org/${source.doi}` : "");
    return /^https?:\/\//i.test(address) ? address : "";
  }

  function dated(source) {
    return source.published ? `${source.title} (${day(source.published)})` : source.title;
  }

  /** Return the words of the source, where in it they stand, how the record was held against it, and the ways to it. */
  function quoted(record, { quote, locator, held }, elsewhere = 0) {
    const source = sourceOf(record);
    const address = webAddress(source);
    const place = element("p", { class: "card-source" }, element("cite", {}, dated(source)), locator ? `, ${locator}` : "");
    const more = elsewhere ? `and ${elsewhere} more ${elsewhere > 1 ? "places" : "place"}` : "";
    const ways = [
      address && link("Open the source", address, { rel: "external noopener" }),
      link("Entry in the ledger", record.address),
      more && link(more, record.address),
    ];
    const proof = held ? element("p", { class: "card-held" }, held) : null;
    return element("section", {}, quote ? element("blockquote", {}, quote) : null, place, proof, list("card-ways", ways));
  }

  function list(className, items) {
    return element("ul", { class: className }, ...items.filter(Boolean).map((item) => element("li", {}, item)));
  }

  /* The check */

  function printed(record) {
    return record.source === "computed" ? `we record ${record.shown}` : `the source prints ${record.shown}`;
  }

  function inputLine(id) {
    const input = figure(id);
    return element("span", {}, cardLink("figure", id, input.shown), ` ${[input.category, about(input)].filter(Boolean).join(": ")}`);
  }

  /** Show the sum, where there is one. */
  function sum(record) {
    if (!record.arithmetic) return null;
    return element("section", {}, label("The sum"), element("p", { class: "card-arithmetic" }, element("span", {}, record.arithmetic), `; ${printed(record)}`));
  }

  /** Show what went into the check, and what its verdict means. */
  function check(record) {
    const lines = [];
    if (record.inputs) lines.push(list("card-inputs", record.inputs.map(inputLine)));
    if (record.about) lines.push(element("p", {}, record.about));
    for (const reason of record.reasons || []) lines.push(element("p", {}, reason));
    lines.push(element("p", { class: "card-meaning" }, pageRecords().meaning[record.verdict]));
    return element("section", {}, label("Check"), ...lines);
  }

  function doubts(record) {
    if (!record.corrections) return null;
    const named = record.corrections.map((id) => {
      const correction = own(pageRecords().correction, id);
      const title = has("audit") ? link(correction.title, `audit.html#correction-${encodeURIComponent(id)}`) : correction.title;
      return element("span", {}, title, ` (${correction.grade})`);
    });
    return element("section", { class: "card-doubts" }, label("In the audit"), list("card-inputs", named));
  }

  /* Facts */

  function freshness(record) {
    const source = sourceOf(record);
    const { date } = pageRecords().book;
    return source.freshness === "overdue" ? `a newer release was due on ${day(source.due)}` : `current on ${day(date)}`;
  }

  function published(record) {
    return [`${day(record.as_of)}, `, element("span", { class: `card-${sourceOf(record).freshness}` }, freshness(record))];
  }

  function earlier(record) {
    return (record.vintages || []).map((old) => `${old.stated} (${old.period || day(old.as_of)})`).join(", ");
  }

  function changed(record) {
    return (record.history || []).map((change) => `${change.old} → ${change.new}, ${day(change.date)}, ${change.class}: ${change.reason}`).join("; ");
  }

  /** Return terms and what they are for this record; rows without content are left out. */
  function facts(rows) {
    const filled = rows.filter(([, content]) => content && content.length);
    const cells = filled.map(([term, content]) => element("div", {}, element("dt", {}, term), element("dd", {}, ...[].concat(content))));
    return filled.length ? element("dl", { class: "card-facts" }, ...cells) : null;
  }

  function figureFacts(record) {
    return facts([
      ["As written", record.shown === record.stated ? "" : record.stated],
      ["Published", published(record)],
      ["How read", sourceOf(record).read],
      ["It cites", record.origin],
      ["Note", record.note],
      ...Object.entries(record.further || {}).map(([column, text]) => [`${column[0].toUpperCase()}${column.slice(1)}`.replaceAll("_", " "), text]),
      ["Earlier", earlier(record)],
      ["Changed", changed(record)],
    ]);
  }

  /* Bodies, by kind */

  /** Tell what a newer edition, once it is published, has made of a record of this one; the key of a figure is its id, of another its kind and id. */
  function fate(key) {
    const told = document.getElementById("evidence-newer");
    const found = own((told && JSON.parse(told.textContent) || { figures: {} }).figures, key);
    if (!found) return null;
    const now = found.id ? [link(found.now, found.address)] : [];
    const words = {
      corrected: "Corrected: what this edition states was a slip of ours. The newest edition states ",
      superseded: "Superseded. The newest edition states ",
      changed: "It stands; what is said of it has changed. The newest edition states ",
      renamed: "Renamed. The newest edition states ",
      retired: "Retired in the newest edition",
    };
    const line = element("p", { class: "card-fate" }, words[found.state], ...now, found.reason ? `. ${found.reason}` : ".");
    return found.changes && found.changes.length ? element("section", {}, line, list("card-inputs", found.changes)) : line;
  }

  /** Answer first whether it may be repeated, in one sentence. */
  function safe(record) {
    if (!record.safe_words) return null;
    const rest = record.safe_words.slice(record.safe.length);
    const answer = element("strong", {}, record.safe_words.slice(0, record.safe.length));
    const asked = element("span", { class: "card-asked" }, "Safe to repeat? ");
    return element("p", { class: `card-safe card-safe-${record.safe.replace(" ", "-")}` }, asked, answer, ...prose(rest));
  }

  /** Return the end of a range that asks for more care. */
  function graver(record) {
    const gravity = (end) => ["yes", "with care", "no"].indexOf(end.safe);
    const [low, high] = [figure(record.low), figure(record.high)];
    return gravity(low) > gravity(high) ? low : high;
  }

  /** Tell what speaks against a number though its sum checks, unless the answer has said it. */
  function against(record) {
    const told = record.doubt && record.safe_words && record.doubt.split("](").slice(1).every((part) => record.safe_words.includes(part.split(")")[0]));
    return record.doubt && !told ? element("p", { class: "card-against" }, ...prose(record.doubt), ".") : null;
  }

  /** Fold away what few ask for. */
  function folded(summary, ...parts) {
    const kept = parts.filter(Boolean);
    return kept.length ? element("details", { class: "card-more" }, element("summary", {}, summary), ...kept) : null;
  }

  function figureBody({ id, record }) {
    return [
      fate(id),
      safe(record),
      against(record),
      element("p", { class: "card-about" }, about(record)),
      quoted(record, record.quoted || {}, record.elsewhere),
      sum(record),
      doubts(record),
      folded("How it was checked, and its history", check(record), figureFacts(record)),
    ];
  }

  function end(name, id, withQuote, withDoubt) {
    const record = figure(id);
    const head = element("p", { class: "card-end" }, cardLink("figure", id, record.shown), " ", chip(record.verdict));
    const quote = withQuote ? quoted(record, record.quoted || {}, record.elsewhere) : null;
    return element("section", { class: "card-range-end" }, label(name), head, withDoubt ? against(record) : null, element("p", { class: "card-about" }, about(record)), quote, sum(record), doubts(record), folded("How it was checked", check(record)));
  }

  /** Show both ends; words that state both are quoted once, and what speaks against both is said once. */
  function rangeBody({ id, record }) {
    const low = figure(record.low);
    const high = figure(record.high);
    const together = Boolean(low.quoted && high.quoted && low.quoted.quote === high.quoted.quote);
    const quote = together ? quoted({ ...low, address: record.address }, low.quoted, low.elsewhere) : null;
    const apart = low.doubt !== high.doubt;
    const ends = [end("Low end", record.low, !together, apart), end("High end", record.high, !together, apart)];
    return [fate(id), safe(graver(record)), apart ? null : against(low), quote, ...ends, folded("Its history", figureFacts({ ...low, shown: low.stated }))];
  }

  function claimBody({ id, record }) {
    const deciding = (record.figures || []).map(inputLine);
    const chance = "It holds of those who were asked. The intervals of these shares overlap, so among all of them the order may be another.";
    return [
      fate(`claim:${id}`),
      safe(record),
      record.beyond_chance === false ? element("p", {}, chance) : null,
      deciding.length ? element("section", {}, label("Decided by"), list("card-inputs", deciding)) : null,
      element("section", {}, label("What would change our mind"), element("p", {}, record.threshold)),
      list("card-ways", [link("Entry in the ledger", record.address)]),
    ];
  }

  function findingBody({ id, record }) {
    const other = record.disputed_with && own(pageRecords().finding, record.disputed_with);
    const described = facts([
      ["Direction", record.direction],
      ["Basis", record.basis],
      ["Strength", record.strength],
      ["Among", record.population],
      ["Published", published(record)],
      ["Disputed by", other ? [cardLink("finding", record.disputed_with, other.statement)] : ""],
    ]);
    return [fate(`finding:${id}`), safe(record), quoted(record, record), doubts(record), folded("How strong it is, and its history", described)];
  }

  const BODIES = { figure: figureBody, range: rangeBody, claim: claimBody, finding: findingBody };

  window.evidenceCards = {
    lookUp,
    takeIn,
    element,
    has,
    titleOf,
    chipOf,
    isNumber,
    about,
    day,
    figure,
    sourceOf,
    book: () => pageRecords().book,
    body: (target) => BODIES[target.kind](target).filter(Boolean),
  };
})();
