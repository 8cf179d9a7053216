"use strict";
/* The search quotes the words around what it found. It takes a page as one text, in which cells and headings would run into each other. */
(() => {
  const ENDS = /<\/(?:td|th|caption|p|li|dt|dd|h[1-6]|summary|figcaption|div)>/g;
  const textOf = Search.htmlToText;
  Search.htmlToText = (html, anchor) => textOf(html.replace(ENDS, " $&"), anchor).replace(/\s+/g, " ");
})();
