"use strict";
/* Scripts of the site that are loaded when they are first needed, from beside this one. One with the records of an edition may lie in parts that several
   editions share: then it only names them, and they are put together here. The last part may say what is other in this edition than in the parts before. */
globalThis.evidenceRecords = (() => {
  const HERE = new URL(".", document.currentScript.src).href;
  const asked = new Map();

  function loaded(address) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(address, HERE).href;
      script.addEventListener("load", resolve);
      script.addEventListener("error", reject);
      document.head.append(script);
    });
  }

  /* A piece ends with its line, or after } or ] and a comma. Two numbers stand for so many pieces of the text, from the first on; a text stands for itself. */
  function changed(text, pieces) {
    const old = text.split(/(?<=\n)|(?<=[}\]],)/);
    return pieces.map(piece => (typeof piece === "string" ? piece : old.slice(piece[0], piece[0] + piece[1]).join(""))).join("");
  }

  async function whole(name) {
    await loaded(name);
    const apart = globalThis.evidenceApart?.[name];
    if (!apart) return;
    await Promise.all(apart.parts.map(loaded));
    const texts = apart.parts.map(part => globalThis.evidenceParts[part.split("/").pop()]);
    const pieces = apart.changes ? JSON.parse(texts.pop()) : null;
    globalThis[apart.as] = JSON.parse(pieces ? changed(texts.join(""), pieces) : texts.join(""));
  }

  /** Load a script by its name, once. */
  return name => {
    if (!asked.has(name)) asked.set(name, whole(name));
    return asked.get(name);
  };
})();
