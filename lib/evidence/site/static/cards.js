/* Number cards: one gesture on a bound number shows where it comes from. Here a card opens, finds its place, leads on and closes;
   another script makes what it shows. Without this script, or without popovers, the link leads to the entry in the ledger. */
"use strict";

(function () {
  const LINKS = "a[data-evidence]";
  const CONTROLS = "a[href], button, textarea, summary, [tabindex='0']";
  /** Milliseconds before a card opens or closes by itself: a pointer opens one where it rests, and a hand may travel into the card. */
  const DELAY = { rest: 450, leave: 350 };
  /** Only a pointer that can rest opens a card by itself: a finger cannot. */
  const RESTS = matchMedia("(hover: hover) and (pointer: fine)");
  /** Pixels between number and card, and between card and edge of the window. */
  const GAP = 6;
  const EDGE = 8;
  /** Script with the records of the whole edition. */
  const EDITION = "cards-all.js";
  const { element, has } = window.evidenceCards;

  /** The open card: its element, its link, whether it stays until dismissed, what opened it, and the way back to cards before it. */
  let open = null;
  let timer = 0;
  /** True while the script itself moves the focus, which must not open a card. */
  let moving = false;

  function later(milliseconds, act) {
    clearTimeout(timer);
    timer = setTimeout(act, milliseconds);
  }

  /** Return the evidence link an event happened on, if it is one of the page and not of a card. */
  function linkOf(target) {
    const found = target instanceof Element ? target.closest(LINKS) : null;
    return found && !inCard(found) ? found : null;
  }

  function inCard(node) {
    return Boolean(open && node instanceof Node && open.card.contains(node));
  }

  function focus(node) {
    moving = true;
    node.focus({ preventScroll: true });
    moving = false;
  }

  /* Records */

  let asked = null;

  /** Act on a record; one that the page does not carry is looked for in the script with those of the whole edition. */
  function withRecord(name, act, otherwise) {
    const found = window.evidenceCards.lookUp(name);
    if (found) return act(found);
    asked = asked || editionLoaded();
    return asked.then(() => {
      const loaded = window.evidenceCards.lookUp(name);
      if (loaded) act(loaded);
      else otherwise();
    });
  }

  function editionLoaded() {
    return evidenceRecords(EDITION).then(() => window.evidenceCards.takeIn(window.evidenceCardsOfEdition), () => {});
  }

  /* Building */

  function button(text, className, act, attributes = {}) {
    const made = element("button", { type: "button", class: className, ...attributes }, text);
    made.addEventListener("click", act);
    return made;
  }

  function head(target) {
    const words = ["claim", "finding"].includes(target.kind);
    const title = element("p", { class: words ? "card-words" : "card-number", id: "evidence-card-title" }, window.evidenceCards.titleOf(target));
    const back = open.trail.length ? button("Back", "card-back", goBack) : null;
    const close = button("×", "card-close", () => dismiss(true), { "aria-label": "Close" });
    return element("div", { class: "card-head" }, back, element("div", { class: "card-title" }, title, window.evidenceCards.chipOf(target)), close);
  }

  /** Fold away what a reader can take along. */
  function foot(target) {
    const status = element("p", { class: "card-status", role: "status" });
    const taken = element("textarea", { class: "card-taken", readonly: "", rows: "4", "aria-label": "Copied text", hidden: "" });
    const buttons = window.evidenceCards.copies(target).map(([text, name, content]) =>
      button(text, "card-copy", (event) => take(name, content, event.currentTarget, status, taken)),
    );
    const summary = element("summary", {}, "Cite, link or report");
    return element("details", { class: "card-more card-foot" }, summary, element("div", { class: "card-copies" }, ...buttons), status, taken);
  }

  /** Fill the open card; its text scrolls, its head does not, and what scrolls can be reached by keyboard. */
  function fill(target) {
    const body = element("div", { class: "card-body", role: "group", "aria-labelledby": "evidence-card-title" });
    body.append(...window.evidenceCards.body(target), foot(target));
    open.target = target;
    open.card.replaceChildren(head(target), body);
    for (const folded of body.querySelectorAll("details")) folded.addEventListener("toggle", () => fitted(body));
    fitted(body);
  }

  /** Give the card its place for the height that it has, and let its text be reached by keyboard where it scrolls. */
  function fitted(body) {
    if (!open) return;
    place();
    if (body.scrollHeight > body.clientHeight) body.tabIndex = 0;
    else body.removeAttribute("tabindex");
  }

  /* Place */

  /** Put the card under its link or, where there is more room, above it, inside the window. The page carries it along when it scrolls. */
  function place() {
    const { card, link } = open;
    card.style.removeProperty("--card-room");
    const at = lineOf(link);
    const view = document.documentElement;
    const below = view.clientHeight - at.bottom - GAP - EDGE;
    const above = at.top - GAP - EDGE;
    const under = below >= card.offsetHeight || below >= above;
    const room = Math.min(Math.max(under ? below : above, 240), view.clientHeight - 2 * EDGE);
    card.style.setProperty("--card-room", `${room}px`);
    const top = under ? at.bottom + GAP : at.top - GAP - card.offsetHeight;
    card.style.setProperty("--card-top", `${within(top, view.clientHeight - card.offsetHeight) + window.scrollY}px`);
    card.style.setProperty("--card-left", `${within(at.left, view.clientWidth - card.offsetWidth) + window.scrollX}px`);
  }

  function within(value, size) {
    return Math.max(EDGE, Math.min(value, size - EDGE));
  }

  /** Return the box of the part of a link that was pointed at, since a link may run over two lines. */
  function lineOf(link) {
    const lines = [...link.getClientRects()];
    const { x, y } = open.pointer || {};
    return lines.find((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) || lines[0] || link.getBoundingClientRect();
  }

  /** On a narrow window the card is a sheet at the bottom: bring its number above it, as far as the page goes. */
  function bringIntoView() {
    const { card, link } = open;
    const hidden = link.getBoundingClientRect().bottom + EDGE - card.getBoundingClientRect().top;
    if (getComputedStyle(card).position === "fixed" && hidden > 0) window.scrollBy({ top: hidden });
  }

  /* Opening and closing */

  function show(link, by, pointer) {
    withRecord(link.dataset.evidence, (target) => opened(link, by, pointer, target), () => by === "click" && location.assign(link.href));
  }

  function opened(link, by, pointer, target) {
    dismiss(false);
    const card = element("div", { popover: "manual", role: "dialog", tabindex: "-1", class: "evidence-card", id: "evidence-card", "aria-labelledby": "evidence-card-title" });
    open = { card, link, by, pointer, pinned: false, trail: [] };
    document.body.append(card);
    card.showPopover();
    fill(target);
    link.setAttribute("aria-expanded", "true");
    if (by === "click") pin();
  }

  function pin() {
    open.pinned = true;
    focus(open.card);
    bringIntoView();
  }

  /** Close the card; `back` gives the focus back to its number. */
  function dismiss(back) {
    clearTimeout(timer);
    if (!open) return;
    const { card, link } = open;
    open = null;
    link.setAttribute("aria-expanded", "false");
    if (back) focus(link);
    card.remove();
  }

  /* From card to card */

  function leadOn(name) {
    withRecord(name, (target) => {
      open.trail.push(open.target);
      fill(target);
      focus(open.card);
    }, () => {});
  }

  function goBack() {
    const left = open.target;
    fill(open.trail.pop());
    const way = [...open.card.querySelectorAll(LINKS)].find((link) => link.dataset.evidence.endsWith(` ${left.id}`));
    way?.closest("details")?.setAttribute("open", "");
    focus(way || open.card);
  }

  /* Taking away */

  function take(name, content, from, status, taken) {
    taken.value = content;
    taken.hidden = false;
    const done = () => say(status, `${name} copied.`);
    const other = () => (copiedByHand(taken, from) ? done() : say(status, `Copying is not allowed here. Press Ctrl+C to copy the ${name.toLowerCase()}.`));
    if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(content).then(done, other);
    else other();
  }

  /** Copy as browsers did before there was a clipboard to ask for; where that fails too, the text stays selected for the reader. */
  function copiedByHand(taken, from) {
    focus(taken);
    taken.select();
    let copied = false;
    try {
      copied = document.execCommand("copy");
    } catch {
      copied = false;
    }
    if (copied) focus(from);
    return copied;
  }

  /** Say what was done, in sight: the status and the text below it may lie under the edge of what scrolls. */
  function say(status, text) {
    status.textContent = text;
    if (text.startsWith("Report") && has("reading")) status.append(" ", element("a", { href: "reading.html#report-a-wrong-number" }, "Where to send it"));
    if (open) place(); // The card has grown.
    status.nextElementSibling.scrollIntoView({ block: "nearest" });
  }

  /* What the reader does */

  /** While a pointer moves over a number its card waits: it opens where the pointer rests. */
  function onPointerMove(event) {
    if (event.pointerType !== "mouse" || !RESTS.matches) return;
    const link = linkOf(event.target);
    if (inCard(event.target) || (open && link === open.link)) clearTimeout(timer);
    else if (link && !(open && open.pinned)) later(DELAY.rest, () => show(link, "hover", { x: event.clientX, y: event.clientY }));
  }

  function onPointerOut(event) {
    const link = linkOf(event.target);
    if (!link && !inCard(event.target)) return;
    if (inCard(event.relatedTarget) || (open && linkOf(event.relatedTarget) === open.link)) return;
    clearTimeout(timer);
    if (open && !open.pinned) later(DELAY.leave, () => dismiss(false));
  }

  /** The focus in a card keeps it; on anything else it closes an open one, and it never opens any. */
  function onFocusIn(event) {
    if (moving || !open) return;
    if (inCard(event.target)) open.pinned = true;
    else if (open.pinned && event.target.matches(CONTROLS)) dismiss(false);
  }

  function plain(event) {
    return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  }

  function onClick(event) {
    if (open && event.composedPath().includes(open.card)) return onClickInCard(event); // The card may have changed under the click.
    const link = linkOf(event.target);
    if (link && plain(event)) return onClickOfLink(link, event);
    if (link) return dismiss(false); // A modified click opens the entry elsewhere; the card on its way is not wanted.
    if (open) dismiss(open.pinned && !document.activeElement.matches(":is(a, button, input, select, textarea, summary):not(.evidence-card *)"));
  }

  function onClickOfLink(link, event) {
    event.preventDefault();
    clearTimeout(timer);
    if (open && open.link === link) return open.pinned ? dismiss(true) : pin();
    show(link, "click", event.detail ? { x: event.clientX, y: event.clientY } : null);
  }

  function onClickInCard(event) {
    const link = event.target.closest("a");
    if (!link || !plain(event)) return;
    if (link.matches(LINKS)) {
      event.preventDefault();
      leadOn(link.dataset.evidence);
    } else if (new URL(link.href).pathname === location.pathname) dismiss(false);
  }

  function onKeyDown(event) {
    if (!open) return;
    if (event.key === "Escape") {
      event.preventDefault();
      dismiss(inCard(document.activeElement));
    } else if (event.key === "Tab") open.pinned ? onTab(event) : dismiss(false);
  }

  /** Tabbing goes from the number into its card, through it, and on to what follows the number. */
  function onTab(event) {
    const controls = [...open.card.querySelectorAll(CONTROLS)].filter((control) => control.checkVisibility());
    const active = document.activeElement;
    if (active === open.link && !event.shiftKey) {
      event.preventDefault();
      controls[0].focus();
    } else if (event.shiftKey && (active === open.card || active === controls[0])) {
      event.preventDefault();
      dismiss(true);
    } else if (!event.shiftKey && active === controls[controls.length - 1]) {
      dismiss(true); // The browser's own step then starts at the number.
    }
  }

  /* The start */

  function announce(links) {
    for (const link of links) {
      link.setAttribute("aria-haspopup", "dialog");
      link.setAttribute("aria-expanded", "false");
    }
  }

  /** Links that other scripts make later, such as rows of the ledger, are announced too. */
  function watch() {
    const seen = new MutationObserver((changes) => {
      const added = changes.flatMap((change) => [...change.addedNodes]).filter((node) => node instanceof Element && !inCard(node));
      for (const node of added) announce(node.querySelectorAll(`:is(${LINKS}):not([aria-haspopup])`));
    });
    seen.observe(document.querySelector("article") || document.body, { childList: true, subtree: true });
  }

  function start() {
    announce(document.querySelectorAll(LINKS));
    watch();
    document.addEventListener("pointermove", onPointerMove);
    document.addEventListener("pointerout", onPointerOut);
    document.addEventListener("focusin", onFocusIn);
    document.addEventListener("click", onClick);
    document.addEventListener("keydown", onKeyDown);
    window.addEventListener("resize", () => open && place());
  }

  if (HTMLElement.prototype.showPopover) start();
})();
