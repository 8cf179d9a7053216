/* What the tools a reader works in the page share. A table as a CSV file (RFC 4180) to keep: text that a spreadsheet would take for a formula gets an
   apostrophe before it. And the address (#worked?...), which holds what was entered in all of them, so that it can be linked. */
globalThis.evidenceWorked = (() => {
  "use strict";

  function cell(value) {
    if (value === null || value === undefined) return "";
    if (typeof value === "number") return String(value);
    const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  const lines = rows => `${rows.map(row => row.map(cell).join(",")).join("\r\n")}\r\n`;

  function save(rows, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", lines(rows)], { type: "text/csv;charset=utf-8" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  const MARK = "#worked?";

  /** Return what the address holds, by field, of every tool. */
  const linked = () => new URLSearchParams(location.hash.startsWith(MARK) ? location.hash.slice(MARK.length) : "");

  /** Put what was entered in one tool into the address; what others have put there stays.
   *  @param {string[]} fields - All fields of the tool.
   *  @param {[string, string][]} entered - Those to keep, with their text. */
  function link(fields, entered) {
    const all = linked();
    for (const field of fields) all.delete(field);
    for (const [field, text] of entered) all.set(field, text);
    history.replaceState(null, "", [...all].length ? `${MARK}${all}` : location.pathname + location.search);
  }

  return { lines, link, linked, save };
})();
