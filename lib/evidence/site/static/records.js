"use strict";
/* Scripts of the site that are loaded when they are first needed, from beside this one. One with the records of an edition may lie in parts that several
   editions share: then it only names them, and they are put together here. */
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

  async function whole(name) {
    await loaded(name);
    const apart = globalThis.evidenceApart?.[name];
    if (!apart) return;
    await Promise.all(apart.parts.map(loaded));
    globalThis[apart.as] = JSON.parse(apart.parts.map(part => globalThis.evidenceParts[part.split("/").pop()]).join(""));
  }

  /** Load a script by its name, once. */
  return name => {
    if (!asked.has(name)) asked.set(name, whole(name));
    return asked.get(name);
  };
})();
