/* What a reader can take along from a number card: citations, addresses, a report. The records come from the script of what cards show. */
"use strict";

(function () {
  const { titleOf, isNumber, about, day, figure, sourceOf, book } = window.evidenceCards;

  function addresses({ record }) {
    const { url, edition } = book();
    // A long source has several pages; its first leads on to all of its entries, however they are parted later.
    const first = record.address.replace(/-\d+\.html#/, ".html#");
    return { lasting: `${url}chapters/${first}`, edition: `${url}editions/${edition}/chapters/${record.address}` };
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
    const { title, authors, edition } = book();
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
    const { title, name, authors, edition, date } = book();
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
    const { title, url, edition, page } = book();
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

  window.evidenceCards.copies = copies;
})();
