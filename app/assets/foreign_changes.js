// Keeps the page working and true in a browser whose extensions and translation change it: docs/adr/0014-pages-that-others-change.md.
// Stands behind everything the server rendered, so it runs before extensions that wait for the whole document, and before translation.
(() => {
  const script = document.currentScript;
  const { body, documentElement: root } = document;
  const STORED = "concierge:draw-anew";
  const sprite = script.previousElementSibling;

  // "rendered" by the server, then "hydrated", "leaving" for a reload, or "stopped".
  let state = "rendered";
  let isSubmitted = false;

  // Before hydration the router would swallow a click on a link; handlers of a page that has stopped would swallow everything.
  const hold = (event) => {
    if (state === "rendered" && event.type === "submit") isSubmitted = true;
    if (state === "hydrated" || (state === "rendered" && event.type !== "click")) return;
    event.stopImmediatePropagation();
    if (state === "stopped" && event.type === "popstate") location.reload();
  };
  const EVENTS = "click submit input change paste keydown keyup pointerdown pointermove pointerup focusin focusout beforeunload popstate";
  for (const type of EVENTS.split(" ")) addEventListener(type, hold, true);

  const isMovedFocus = (field) => field?.isConnected && field !== body && document.activeElement !== field;

  // ---- Before hydration: what others changed is taken back. Nodes stay the same ones, so what was typed stays too.

  const MOST_RECORDS = 10_000;
  let records = [];
  const observer = new MutationObserver((more) => {
    if (state === "hydrated" || fresh) return keepTranslationsTrue(more);
    records.push(...more);
    if (records.length > MOST_RECORDS) observer.disconnect();
  });
  observer.observe(body, { childList: true, subtree: true, characterData: true, characterDataOldValue: true });

  const nearest = (node, ...sets) => {
    for (; node; node = node.parentNode) if (sets.some((set) => set.has(node))) return node;
  };

  const restore = () => {
    if (state !== "rendered" || fresh) return;
    if (records.length > MOST_RECORDS) return fail();
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
  // What a refused form brought back stands in it as if the server had saved it.
  const isRefused = (form) => form?.querySelector("[aria-invalid=true]");
  // Passwords and codes are never stored: whoever knows them fills them in again.
  const isSecret = ({ type, autocomplete }) => type === "password" || /one-time-code|-password$/.test(autocomplete);
  const typed = () =>
    fields(body)
      .map(({ field, place }) => ({
        place,
        secret: isSecret(field),
        value: isChanged(field) || isRefused(field.form) ? field.value : undefined,
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
    if (state !== "hydrated") return observer.disconnect();
    root.setAttribute("data-hydrated", "true");
    keepTranslationsTrue([...records, ...observer.takeRecords()]);
    records = [];
  };
  const stop = () => {
    become("stopped");
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
    // A form that is on its way must not be sent twice, and one reload has to be enough.
    if (state !== "rendered" || isSubmitted || isDrawnAnew) {
      if (state !== "stopped") stop();
      return false;
    }
    try {
      const kept = typed().filter(({ secret }) => !secret);
      sessionStorage.setItem(STORED, JSON.stringify({ page: location.href, kept }));
    } catch {
      stop();
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
  // The loader of the parts gives up at the first file it cannot fetch and leaves the others' failures to nobody. The page says it.
  addEventListener("unhandledrejection", (event) => {
    if (event.reason instanceof TypeError && /__wasm_split/.test(event.reason.stack)) event.preventDefault();
  });

  // The app is drawn beside what the server rendered, hidden, and takes its place when it shows the page.
  let isDrawnAnew = false;
  const drawAnew = () => {
    const stored = sessionStorage.getItem(STORED);
    if (stored === null) return;
    isDrawnAnew = true;
    // Whatever changed this page will change the next one of this tab.
    sessionStorage.setItem(STORED, "{}");
    fresh = document.createElement("div");
    fresh.id = "drawn-anew";
    fresh.hidden = true;
    body.append(fresh);
    const isDrawn = () => fresh.querySelector("#main h1") && !fresh.querySelector("[aria-busy=true]");
    const drawn = new MutationObserver(() => {
      if (!isDrawn()) return;
      drawn.disconnect();
      const kept = typed();
      while (body.firstChild !== sprite) body.firstChild.remove();
      body.prepend(...fresh.childNodes);
      fresh.remove();
      become("hydrated");
      type(kept, body);
    });
    drawn.observe(fresh, { childList: true, subtree: true });
    const { page, kept } = JSON.parse(stored);
    if (page === location.href) type(kept, body);
  };
  let fresh;
  try {
    drawAnew();
  } catch {
    // Storage that is forbidden or unreadable costs what was typed before a failed hydration, and nothing else.
  }

  addEventListener("concierge:hydrating", restore);
  addEventListener("concierge:hydrated", () => become("hydrated"));
})();
