// Keeps the page alive and true in a browser whose extensions and translation change it: docs/adr/0014-pages-that-others-change.md.
// Stands behind everything the server rendered, so it runs before extensions that wait for the whole document, and before translation.
(() => {
  const script = document.currentScript;
  const { body, documentElement: root } = document;
  const STORED = "concierge:draw-anew";

  // "rendered" by the server, then "alive", "leaving" for a reload, or "dead".
  let state = "rendered";

  // Before hydration the router would swallow a click on a link; handlers of a page that is dead would swallow everything.
  const hold = (event) => {
    if (state === "dead" || state === "leaving" || (state === "rendered" && event.type === "click")) event.stopImmediatePropagation();
  };
  const EVENTS = "click submit input change paste keydown keyup pointerdown pointermove pointerup focusin focusout beforeunload popstate";
  for (const type of EVENTS.split(" ")) addEventListener(type, hold, true);

  const isMovedFocus = (field) => field?.isConnected && field !== body && document.activeElement !== field;

  // ---- Before hydration: what others changed is taken back. Nodes stay the same ones, so what was typed stays too.

  let records = [];
  const observer = new MutationObserver((more) => (state === "alive" || fresh ? keepTranslationsTrue(more) : records.push(...more)));
  observer.observe(body, { childList: true, subtree: true, characterData: true, characterDataOldValue: true });

  const nearest = (node, ...sets) => {
    for (; node; node = node.parentNode) if (sets.some((set) => set.has(node))) return node;
  };

  const restore = () => {
    records.push(...observer.takeRecords());
    const focused = document.activeElement;
    const [own, foreign] = [new Set(), new Set()];
    for (const { removedNodes, addedNodes } of records) {
      for (const node of removedNodes) if (!foreign.has(node)) own.add(node);
      for (const node of addedNodes) if (!own.has(node)) foreign.add(node);
    }
    const isForeign = (node) => foreign.has(nearest(node, own, foreign));
    // Behind the script others may have what they like; what they put elsewhere into the body goes there too.
    const isBehind = (node) => script.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING;
    for (const { type, target, oldValue, addedNodes, removedNodes, nextSibling } of records.reverse()) {
      if (isForeign(target)) continue;
      if (type === "characterData") target.data = oldValue;
      for (const node of addedNodes) {
        if (node.parentNode !== target || (target === body && isBehind(node))) continue;
        if (target === body && foreign.has(node)) body.append(node);
        else node.remove();
      }
      const next = nextSibling?.parentNode === target ? nextSibling : null;
      for (const node of removedNodes) if (!foreign.has(node)) target.insertBefore(node, next);
    }
    records = [];
    observer.takeRecords();
    if (isMovedFocus(focused)) focused.focus({ preventScroll: true });
  };

  // ---- After hydration: a translation stands beside the text it replaced, and goes when the app changes that text.

  const translations = new WeakMap();
  const originals = new WeakMap();

  const keepTranslationsTrue = (changes) => {
    for (const change of changes) {
      if (change.type === "characterData") forget(change.target);
      for (const node of change.removedNodes) {
        if (node.isConnected) continue;
        if (translations.has(node)) forget(node);
        else if (originals.has(node)) translateAnew(node, originals.get(node), replacement(change));
        else if (node.nodeType === Node.TEXT_NODE) hide(node, replacement(change));
      }
    }
    observer.takeRecords();
  };
  // The app never puts a node in the place of a text in one step, and knows no <font>.
  const replacement = ({ addedNodes, previousSibling, nextSibling }) =>
    [...addedNodes].find((node) => node.isConnected && !translations.has(node)) ??
    [previousSibling, nextSibling].find((node) => node?.isConnected && node.nodeName === "FONT" && !originals.has(node));
  const hide = (text, translation) => {
    if (!translation) return;
    pair({ text, data: text.data }, translation);
    text.data = "";
    translation.before(text);
  };
  const pair = (original, translation) => {
    translations.set(original.text, translation);
    originals.set(translation, original);
  };
  // Translated once more, or the reader asked for the original.
  const translateAnew = (before, original, translation) => {
    if (translations.get(original.text) !== before) return;
    if (translation) return pair(original, translation);
    translations.delete(original.text);
    original.text.data = original.data;
  };
  const forget = (text) => {
    const translation = translations.get(text);
    translations.delete(text);
    translation?.remove();
  };

  // ---- When hydration fails all the same: the page is loaded again and drawn anew, with what was typed.

  const fields = (within) => {
    const seen = {};
    return [...within.querySelectorAll("input, textarea, select")]
      .filter(({ name, type }) => name && type !== "hidden" && type !== "file")
      .map((field) => {
        const choice = field.type === "radio" || field.type === "checkbox" ? field.value : "";
        const place = JSON.stringify([field.form?.getAttribute("action"), field.name, choice]);
        seen[place] = (seen[place] ?? 0) + 1;
        return { field, place: `${place} ${seen[place]}` };
      });
  };
  const isChanged = (field) => {
    if (field.options) return [...field.options].some((option) => option.selected !== option.defaultSelected);
    return field.checked !== field.defaultChecked || field.value !== field.defaultValue;
  };
  const typed = () =>
    fields(body)
      .map(({ field, place }) => ({
        place,
        type: field.type,
        value: isChanged(field) ? field.value : undefined,
        checked: field.checked,
        focused: field === document.activeElement,
      }))
      .filter(({ value, focused }) => focused || value !== undefined);
  const type = (kept, within) => {
    for (const { field, place } of fields(within)) {
      const found = kept.find((one) => one.place === place);
      if (!found) continue;
      if (found.value !== undefined && (field.value !== found.value || field.checked !== found.checked)) {
        field.value = found.value;
        field.checked = found.checked;
        for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
      }
      if (found.focused && field !== document.activeElement) field.focus({ preventScroll: true });
    }
  };

  const become = (next) => {
    state = next;
    if (state !== "alive") return observer.disconnect();
    root.setAttribute("data-hydrated", "true");
    keepTranslationsTrue([...records, ...observer.takeRecords()]);
  };
  const die = () => {
    become("dead");
    fresh?.remove();
    const said = document.createElement("p");
    said.className = "banner banner--warn";
    said.setAttribute("role", "alert");
    said.textContent =
      "This page cannot update itself any more; a browser extension or the translation may be the cause. " +
      "Its forms still save. Reload the page to try again.";
    (document.querySelector("#main") ?? body).prepend(said);
  };
  // Returns whether it is already being mended.
  const fail = () => {
    if (state === "leaving") return true;
    if (state !== "rendered" || fresh) {
      if (state !== "dead") die();
      return false;
    }
    try {
      // A password is never stored: a password manager fills it in again.
      const kept = typed().filter(({ type }) => type !== "password");
      sessionStorage.setItem(STORED, JSON.stringify({ page: location.href, kept }));
    } catch {
      die();
      return false;
    }
    become("leaving");
    console.warn("Something changed this page before it was ready. It is loaded and drawn anew.");
    location.reload();
    return true;
  };
  const onError = (event) => {
    if ((event.error ?? event.reason) instanceof WebAssembly.RuntimeError && fail()) event.preventDefault();
  };
  addEventListener("error", onError);
  addEventListener("unhandledrejection", onError);

  // The app is drawn beside what the server rendered, hidden, and takes its place when it shows the page.
  const drawAnew = () => {
    const stored = sessionStorage.getItem(STORED);
    if (stored === null) return undefined;
    // Whatever changed this page will change the next one of this tab.
    sessionStorage.setItem(STORED, "{}");
    const { page, kept } = JSON.parse(stored);
    if (page === location.href) type(kept, body);
    const fresh = document.createElement("div");
    fresh.id = "drawn-anew";
    fresh.hidden = true;
    body.append(fresh);
    const isDrawn = () => fresh.querySelector("#main h1") && !fresh.querySelector("[aria-busy=true]");
    const drawn = new MutationObserver(() => {
      if (!isDrawn()) return;
      drawn.disconnect();
      const kept = typed();
      while (body.firstChild !== script.previousElementSibling) body.firstChild.remove();
      body.prepend(...fresh.childNodes);
      fresh.remove();
      become("alive");
      type(kept, body);
    });
    drawn.observe(fresh, { childList: true, subtree: true });
    return fresh;
  };
  let fresh;
  try {
    fresh = drawAnew();
  } catch {
    // Storage that is forbidden or unreadable costs what was typed before a failed hydration, and nothing else.
  }

  addEventListener("concierge:hydrating", restore);
  addEventListener("concierge:hydrated", () => become("alive"));
})();
