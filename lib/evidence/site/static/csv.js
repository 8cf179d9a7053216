/* A table as a CSV file (RFC 4180) for the reader to keep. Text that a spreadsheet would take for a formula gets an apostrophe before it. */
globalThis.evidenceCsv = (() => {
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

  return { lines, save };
})();
