// The page works without this file. With it, forms are sent without leaving the page, and the page
// fetches itself again whenever the sandbox says that something changed.
"use strict";

const LIVE = ["people", "state", "log", "tricks", "ai-count", "ai-tricks"];
const log = document.getElementById("log");
const said = document.getElementById("said");

function localTimes(root) {
  const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
  const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
  const today = day.format(new Date());
  for (const time of root.querySelectorAll("time")) {
    const at = new Date(time.dateTime);
    const date = day.format(at);
    time.textContent = (date === today ? "Today" : date) + ", " + clock.format(at);
  }
}

function scrollToEnd() {
  log.scrollTop = log.scrollHeight;
}

// Makes `now` look like `next` and touches only what differs, so that focus stays where it is and
// screen readers hear only what is new.
function morph(now, next) {
  if (now.nodeType !== next.nodeType || now.nodeName !== next.nodeName || now.id !== next.id) {
    now.replaceWith(next.cloneNode(true));
    return;
  }
  if (now.nodeType === Node.TEXT_NODE) {
    if (now.data !== next.data) now.data = next.data;
    return;
  }
  for (const { name, value } of next.attributes) {
    if (now.getAttribute(name) !== value) now.setAttribute(name, value);
  }
  for (const { name } of [...now.attributes]) {
    if (!next.hasAttribute(name)) now.removeAttribute(name);
  }
  const wanted = [...next.childNodes];
  const kept = new Set(wanted.map((node) => node.id).filter(Boolean));
  for (const node of [...now.childNodes]) {
    if (node.id && !kept.has(node.id)) node.remove();
  }
  wanted.forEach((node, index) => {
    const there = now.childNodes[index];
    if (!there) now.append(node.cloneNode(true));
    else if (node.id && there.id !== node.id && !now.querySelector(`:scope > #${CSS.escape(node.id)}`)) {
      there.before(node.cloneNode(true));
    } else morph(there, node);
  });
  while (now.childNodes.length > wanted.length) now.lastChild.remove();
}

let running = false;
let again = false;

async function refresh() {
  if (running) {
    again = true;
    return;
  }
  running = true;
  do {
    again = false;
    try {
      const answer = await fetch(location.pathname + location.search);
      const next = new DOMParser().parseFromString(await answer.text(), "text/html");
      localTimes(next);
      const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
      for (const id of LIVE) {
        const [now, new_] = [document.getElementById(id), next.getElementById(id)];
        if (now && new_) morph(now, new_);
      }
      if (atEnd) scrollToEnd();
    } catch {
      said.textContent = "The sandbox does not answer.";
    }
  } while (again);
  running = false;
}

async function submit(event) {
  const form = event.target.closest("form[data-live]");
  if (!form) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  const box = form.querySelector("#msg");
  if (box) box.value = "";
  try {
    const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
    if (answer.status >= 400) {
      said.textContent = (await answer.json()).error;
      if (box) box.value = body.get("text");
    }
  } catch {
    said.textContent = "The sandbox does not answer.";
    if (box) box.value = body.get("text");
  }
  await refresh();
  if (form.action.endsWith("/chat/dm")) scrollToEnd();
}

document.addEventListener("submit", submit);
document.getElementById("to").addEventListener("change", (event) => event.target.form.submit());
localTimes(document);
scrollToEnd();
document.querySelector(".people [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

const events = new EventSource("/sandbox/events");
let timer = 0;
events.addEventListener("changed", () => {
  clearTimeout(timer);
  timer = setTimeout(refresh, 60);
});
