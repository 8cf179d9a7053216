"use strict";
/* The page of the claim desk: one box, and under it the answer to each number of what stands in it. */
(() => {
  const form = document.querySelector("#claim-desk form");
  const box = form.querySelector("textarea");
  const answers = document.querySelector("#claim-desk .desk-answers");
  const found = document.querySelector("#claim-desk .desk-found");
  const HEADS = {
    safe: ["Holds as written", "The number, its unit and all that your words say of it stand in the record."],
    care: ["Holds, with care", "The words are right; the number needs a remark."],
    check: ["The number is here; mind the words", "Your words are not quite what its record says, or leave something out."],
    no: ["Do not repeat it", "The number is in the library, and something is wrong with it."],
    other: ["Not this number", "The library has another number for these words."],
    bare: ["In the library", "A number alone is neither right nor wrong: say of whom."],
    unknown: ["Not in this library", "That does not make it wrong: this book has no record of it."],
  };
  let shown = "";

  function copyButton(name, content) {
    const { element } = evidenceList;
    const made = element("button", "desk-copy", name);
    made.type = "button";
    made.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(content);
        made.textContent = "Copied";
      } catch {
        const field = element("textarea", "desk-taken", content);
        field.readOnly = true;
        made.replaceWith(field);
        field.select();
      }
    });
    return made;
  }

  function term(name, ...content) {
    const { element } = evidenceList;
    return element("div", "", element("dt", "", name), element("dd", "", ...content));
  }

  function cited(desk, { row, more }) {
    const { book, sources } = globalThis.evidenceDeskIndex;
    const source = [sources[row[desk.FIELD.source]], more[desk.MORE.locator]].filter(Boolean).join(", ");
    const address = `${book.url}editions/${book.edition}/chapters/${desk.address({ row, kind: "figure" })}`;
    const whom = evidenceList.about(desk, row);
    return [`${row[desk.FIELD.shown]}, ${whom}. ${source}. In: ${book.authors}, ${book.title}, edition ${book.edition}, figure ${row[desk.FIELD.id]}. ${address}`, address];
  }

  function facts(desk, record) {
    const { element } = evidenceList;
    const { row, more } = record;
    const { FIELD, MORE } = desk;
    const verdict = row[FIELD.verdict];
    const repeat = more[MORE.repeat];
    const list = element("dl", "desk-facts");
    list.append(
      term("Repeat it?", element("strong", `desk-repeat-${repeat.replace(" ", "-")}`, repeat[0].toUpperCase() + repeat.slice(1)), more[MORE.why] ? `. ${more[MORE.why]}` : "."),
      term("It says", evidenceList.recordLink(desk, record, false), ` ${evidenceList.about(desk, row)}`),
      term("Who says so", `${evidenceList.sourceOf(desk, row)}, ${more[MORE.locator]}`),
      term("The sum", evidenceList.chip(verdict), ` ${globalThis.evidenceDeskIndex.meaning[verdict] || ""}`),
      term("In these words", element("q", "", more[MORE.wording])),
    );
    return list;
  }

  function answer(desk, line) {
    const { element } = evidenceList;
    const [head, meaning] = HEADS[line.state];
    const made = element("section", `desk-answer desk-${line.state}`, element("h2", "", element("span", "desk-asked", line.number.text), " ", element("span", "desk-state", head)));
    made.dataset.state = line.state;
    made.append(element("p", "desk-meaning", meaning));
    if (!line.record) return made;
    made.dataset.figure = line.record.row[desk.FIELD.id];
    if (line.reasons.length) made.append(element("ul", "desk-reasons", ...line.reasons.map(reason => element("li", "", reason))));
    made.append(facts(desk, line.record));
    const [citation, address] = cited(desk, line.record);
    made.append(element("p", "desk-copies", copyButton("Copy the wording", line.record.more[desk.MORE.wording]), copyButton("Copy the citation", citation), copyButton("Copy the link", address)));
    return made;
  }

  function examples(desk) {
    const { element } = evidenceList;
    const { FIELD, MORE } = desk;
    const often = record => record.row[FIELD.chapters].length;
    const known = desk.figures.filter(record => often(record) > 1).sort((one, other) => often(other) - often(one));
    const refused = known.find(record => record.more[MORE.repeat] === "no");
    const used = known.filter(record => record.more[MORE.repeat] !== "no").slice(0, 60);
    const about = record => record.row[FIELD.about];
    const inWords = used.filter(record => !/[;,(]/.test(about(record))).sort((one, other) => about(one).length - about(other).length);
    const asked = [refused, inWords[0] || used[Math.floor(used.length / 2)], used[0]].filter(Boolean);
    const made = element("p", "desk-examples", "For example ");
    asked.forEach(record => {
      const button = element("button", "", record === inWords[0] ? `${record.row[FIELD.shown]} ${about(record)}` : record.row[FIELD.shown]);
      button.type = "button";
      button.addEventListener("click", () => {
        box.value = button.textContent;
        ask();
        box.focus();
      });
      made.append(button, " ");
    });
    return made;
  }

  async function ask() {
    const text = box.value.trim();
    const desk = await evidenceFind.desk();
    if (text === shown && text) return;
    shown = text;
    keep(text);
    if (!text) {
      answers.replaceChildren(examples(desk));
      return found.replaceChildren();
    }
    const lines = desk.answer(text);
    answers.replaceChildren(...lines.map(line => answer(desk, line)));
    const named = new Set(lines.map(line => line.record).filter(Boolean));
    const results = desk.search(text, 30).filter(result => !named.has(result.record)).slice(0, 12);
    const heads = lines.length ? "Also in this book" : "In this book";
    found.replaceChildren(evidenceList.element("h2", "", heads), ...evidenceList.found(desk, results, text));
    found.hidden = !results.length && lines.length > 0;
  }

  /** What was asked stands behind the # of the address, which no browser sends to anybody. */
  function keep(text) {
    try {
      history.replaceState(null, "", text ? `#q=${encodeURIComponent(text)}` : location.pathname);
    } catch {
      // Some browsers refuse this for files on disk; the desk works all the same.
    }
  }

  form.addEventListener("submit", event => {
    event.preventDefault();
    ask();
  });
  box.addEventListener("input", ask);
  box.addEventListener("keydown", event => {
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    ask();
  });
  const asked = /^#q=(.*)$/.exec(location.hash);
  if (asked) box.value = decodeURIComponent(asked[1]);
  ask();
})();
