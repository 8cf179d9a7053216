/* What a number card shows: records of the ledger, put into words. Whatever comes from the data becomes text nodes, never markup. */
"use strict";

(function () {
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

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

  /** Show the sum first, then what it is and what it shows. */
  function check(record) {
    const lines = [];
    if (record.arithmetic) lines.push(element("p", { class: "card-arithmetic" }, element("span", {}, record.arithmetic), `; ${printed(record)}`));
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

  /** Tell what a newer edition, once it is published, has made of a figure of this one. */
  function fate(id) {
    const told = document.getElementById("evidence-newer");
    const found = own((told && JSON.parse(told.textContent) || { figures: {} }).figures, id);
    if (!found) return null;
    const now = found.id ? [link(found.now, found.address)] : [];
    const words = { superseded: "Superseded. The newest edition states ", renamed: "Renamed. The newest edition states ", retired: "Retired in the newest edition" };
    return element("p", { class: "card-fate" }, words[found.state], ...now, found.reason ? `. ${found.reason}` : ".");
  }

  /** Tell what speaks against a number though its sum checks. */
  function against(record) {
    return record.doubt ? element("p", { class: "card-against" }, ...prose(record.doubt), ".") : null;
  }

  function figureBody({ id, record }) {
    return [
      fate(id),
      against(record),
      element("p", { class: "card-about" }, about(record)),
      quoted(record, record.quoted || {}, record.elsewhere),
      check(record),
      doubts(record),
      figureFacts(record),
    ];
  }

  function end(name, id, withQuote, withDoubt) {
    const record = figure(id);
    const head = element("p", { class: "card-end" }, cardLink("figure", id, record.shown), " ", chip(record.verdict));
    const quote = withQuote ? quoted(record, record.quoted || {}, record.elsewhere) : null;
    return element("section", { class: "card-range-end" }, label(name), head, withDoubt ? against(record) : null, element("p", { class: "card-about" }, about(record)), quote, check(record), doubts(record));
  }

  /** Show both ends; words that state both are quoted once, and what speaks against both is said once. */
  function rangeBody({ id, record }) {
    const low = figure(record.low);
    const high = figure(record.high);
    const together = Boolean(low.quoted && high.quoted && low.quoted.quote === high.quoted.quote);
    const quote = together ? quoted({ ...low, address: record.address }, low.quoted, low.elsewhere) : null;
    const apart = low.doubt !== high.doubt;
    const ends = [end("Low end", record.low, !together, apart), end("High end", record.high, !together, apart)];
    return [fate(id), apart ? null : against(low), quote, ...ends, figureFacts({ ...low, shown: low.stated })];
  }

  function claimBody({ record }) {
    const deciding = (record.figures || []).map(inputLine);
    const chance = "It holds of those who were asked. The intervals of these shares overlap, so among all of them the order may be another.";
    return [
      record.beyond_chance === false ? element("p", { class: "card-against" }, chance) : null,
      deciding.length ? element("section", {}, label("Decided by"), list("card-inputs", deciding)) : null,
      element("section", {}, label("What would change our mind"), element("p", {}, record.threshold)),
      list("card-ways", [link("Entry in the ledger", record.address)]),
    ];
  }

  function findingBody({ record }) {
    const other = record.disputed_with && own(pageRecords().finding, record.disputed_with);
    const described = facts([
      ["Direction", record.direction],
      ["Basis", record.basis],
      ["Strength", record.strength],
      ["Among", record.population],
      ["Published", published(record)],
      ["Disputed by", other ? [cardLink("finding", record.disputed_with, other.statement)] : ""],
    ]);
    return [quoted(record, record), described, doubts(record)];
  }

  const BODIES = { figure: figureBody, range: rangeBody, claim: claimBody, finding: findingBody };

  /* Citations, addresses and reports */

  function addresses({ record }) {
    const { url, edition } = pageRecords().book;
    return { lasting: `${url}chapters/${record.address}`, edition: `${url}editions/${edition}/chapters/${record.address}` };
  }

  /** Return who made a source; the library says of some that the text does not name them. */
  function producer(source) {
    return [source.authors, source.publisher].find((name) => name && !name.startsWith("not named"));
  }

  function cited(target) {
    const record = target.kind === "range" ? figure(target.record.low) : target.record;
    if (!record.source) return "";
    const source = sourceOf(record);
    const locator = target.kind === "finding" ? record.locator : (record.quoted || {}).locator;
    return [producer(source), source.title, day(source.published), locator].filter(Boolean).join(", ");
  }

  function described(target) {
    const record = target.kind === "range" ? figure(target.record.low) : target.record;
    const whom = isNumber(target) ? about(record, ", ") : "";
    return [titleOf(target), whom].filter(Boolean).join(", ").replace(/\.$/, "");
  }

  /** Return what names a record in our book: a range and a figure are both numbers to a reader. */
  function idInBook({ kind, id }) {
    return `${kind === "range" ? "figure" : kind} ${id}`;
  }

  function citation(target) {
    const { title, authors, edition } = pageRecords().book;
    const source = cited(target);
    const parts = [described(target), source, `In: ${authors}, ${title}, edition ${edition}, ${idInBook(target)}`];
    return `${parts.filter(Boolean).join(". ")}. ${addresses(target).edition}`;
  }

  /** Return text for a BibTeX field: characters that TeX would act on are made plain, one by one so that none is made plain twice. */
  function plainTex(text) {
    const words = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };
    return text.replace(/[\\~^&%$#_{}]/g, (sign) => words[sign] || `\\${sign}`);
  }

  function bibtex(target) {
    const { title, name, authors, edition, date } = pageRecords().book;
    const source = cited(target);
    const fields = {
      author: `{${plainTex(authors)}}`,
      title: `{${plainTex(`${title}: ${described(target)}`)}}`,
      year: date.slice(0, 4),
      edition: edition,
      note: plainTex([idInBook(target), source && `as stated in ${source}`].filter(Boolean).join(", ")),
      url: addresses(target).edition,
    };
    const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}}`);
    return `@misc{${name}:${target.id},\n${lines.join(",\n")}\n}`;
  }

  function report(target) {
    const { title, url, edition, page } = pageRecords().book;
    const source = cited(target);
    const lines = [
      `Report on ${isNumber(target) ? "a number" : `a ${target.kind}`} in ${title}`,
      `Id: ${idInBook(target)}`,
      `Edition: ${edition}`,
      `Stated: ${titleOf(target)}`,
      source && `Source: ${source}`,
      `Page: ${url}editions/${edition}/${page}`,
      "What is wrong, and how can it be seen?",
    ];
    return `${lines.filter(Boolean).join("\n")}\n`;
  }

  /** Return what can be taken away from a card: the words of its button, what it is called once copied, and its text. */
  function copies(target) {
    const { lasting, edition } = addresses(target);
    return [
      ["Cite", "Citation", citation(target)],
      ["BibTeX", "BibTeX entry", bibtex(target)],
      ["Link", "Lasting address", lasting],
      ["Link to this edition", "Address in this edition", edition],
      [`Report this ${isNumber(target) ? "number" : target.kind}`, "Report", report(target)],
    ];
  }

  window.evidenceCards = {
    lookUp,
    takeIn,
    element,
    has,
    titleOf,
    chipOf,
    copies,
    body: (target) => BODIES[target.kind](target).filter(Boolean),
  };
})();
