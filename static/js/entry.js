// Figures typed into the grid are saved one by one as each is left. Without this script its button
// saves them all. htmx sends and shows; this script says when, and what to do when it fails.
import htmx from "htmx.org";

Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false, // our policy allows no inline styles
  timeout: 20_000,
});

const form = document.getElementById("entry");
const said = document.getElementById("entry-said");
const session = document.getElementById("session").dataset;
const NO_CONNECTION = "There is no connection just now. What you typed is still here. It is tried again with your next save.";
const NO_ANSWER = "The portal cannot save just now. What you typed is still here. It is tried again with your next save.";
const SIGNED_OUT = "You were signed out. What you typed is still here; sign in in another tab and press “Save”.";
const NOT_ALLOWED = "This could not be saved. What you typed is still here. Open this page in another tab to see why.";

document.body.classList.add("portal-scripted");

const cells = () => [...form.querySelectorAll("[data-cell]")];
const cellOf = (element) => element.closest?.("[data-cell]") ?? null;
const fieldsOf = (cell) => [...cell.querySelectorAll("input:not([type=hidden]), select")];
const seenIn = (cell) => cell.querySelector("[name$='-seen']").value;
const save = (cell) => htmx.trigger(cell, "save");

function savedValue(field) {
  if (!field.options) return field.defaultValue;
  return [...field.options].find((option) => option.defaultSelected)?.value ?? field.options[0].value;
}

const isUnsaved = (cell) =>
  "unsaved" in cell.dataset || fieldsOf(cell).some((field) => field.value !== savedValue(field));

// --- When to save ------------------------------------------------------------------------------

form.addEventListener("focusout", ({ target }) => {
  const cell = cellOf(target);
  if (!cell) return;
  setTimeout(() => !cell.contains(document.activeElement) && isUnsaved(cell) && save(cell));
});

// On a phone, Enter goes to the next box instead of sending everything.
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("input, select")) return;
  event.preventDefault();
  const stops = [...form.querySelectorAll("input:not([type=hidden]), select, button[name=send]")];
  const next = stops.slice(stops.indexOf(event.target) + 1);
  next.find((stop) => stop.checkVisibility({ visibilityProperty: true })).focus();
});

let leaving = false; // “Check and send” was pressed: go there once everything is saved
let sending = false; // a row is added or taken away: the page goes with all that is typed

form.addEventListener("submit", (event) => {
  sending = ["add", "away"].includes(event.submitter?.name);
  if (sending) return;
  event.preventDefault();
  leaving = event.submitter?.name === "send";
  const unsaved = cells().filter(isUnsaved);
  unsaved.forEach(save);
  if (unsaved.length) return;
  if (leaving) location.assign(form.dataset.sendUrl);
  else say("Everything is saved.");
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden) cells().filter(isUnsaved).forEach(save);
  else htmx.trigger("#entry-news", "look");
});
window.addEventListener("online", () => cells().filter(isUnsaved).forEach(save));
window.addEventListener("beforeunload", (event) => {
  if (!sending && cells().some(isUnsaved)) event.preventDefault();
});
// Whoever leaves all the same: the browser sends this even after the page is gone.
window.addEventListener("pagehide", () => {
  if (sending) return;
  for (const cell of cells().filter(isUnsaved)) {
    const data = new FormData();
    data.set("cell", cell.dataset.cell);
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    for (const field of cell.querySelectorAll("input, select")) data.set(field.name, field.value);
    navigator.sendBeacon(form.dataset.cellUrl, data);
  }
});

// --- What came of it ---------------------------------------------------------------------------

const say = (words) => { said.textContent = words; };

document.body.addEventListener("htmx:beforeRequest", ({ detail }) => {
  const cell = cellOf(detail.elt);
  if (cell) cell.sent = new Map(fieldsOf(cell).map((field) => [field, field.value]));
});

// What is no answer of ours, such as the page of a sign-in, never takes the place of a cell.
document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const kind = detail.xhr.getResponseHeader("X-Entry");
  if (!kind) detail.shouldSwap = false;
  if (kind === "news") makeRoom(detail.serverResponse);
});

// A row that somebody else has added comes after those of its measure.
function makeRoom(news) {
  for (const fresh of new DOMParser().parseFromString(news, "text/html").querySelectorAll("[data-cell]")) {
    const heading = document.getElementById(fresh.dataset.measure);
    if (!heading || document.getElementById(fresh.id)) continue;
    const room = document.createElement("div");
    room.id = fresh.id;
    heading.parentElement.append(room);
  }
}

document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
  const cell = cellOf(detail.elt);
  if (!cell) return;
  const outcome = detail.xhr.getResponseHeader("X-Entry");
  if (!outcome) return failed(cell, detail.xhr.status);
  delete cell.dataset.failed;
  for (const box of cell.querySelectorAll(".portal-cell__number")) {
    box.setAttribute("aria-invalid", outcome === "problem");
  }
  if (outcome === "saved") {
    keep(cell);
    cells().filter((other) => "failed" in other.dataset).forEach(save);
  } else {
    cell.dataset.unsaved = "";
  }
  setTimeout(goOn);
});

// What was sent is what the portal has now; what was typed since then is not.
function keep(cell) {
  delete cell.dataset.unsaved;
  cell.querySelector("[data-news-line]").textContent = "";
  for (const [field, value] of cell.sent) {
    if (field.options) for (const option of field.options) option.defaultSelected = option.value === value;
    else field.defaultValue = value;
  }
}

function goOn() {
  if (!leaving || form.querySelector(".htmx-request")) return;
  leaving = false;
  const first = cells().find(isUnsaved);
  if (first) fieldsOf(first)[0].focus();
  else location.assign(form.dataset.sendUrl);
}

async function failed(cell, status) {
  leaving = false;
  cell.dataset.unsaved = "";
  if (status === 403) {
    const answer = await whoAmI();
    if (answer?.signed_in && answer.user === session.user && !("again" in cell.dataset)) {
      cell.dataset.again = ""; // signed in again in another tab: now with the new security code
      return save(cell);
    }
    delete cell.dataset.again;
    return tell(cell, answer?.signed_in ? NOT_ALLOWED : SIGNED_OUT);
  }
  cell.dataset.failed = "";
  const refused = status >= 400 && status < 500 && status !== 408 && status !== 429;
  tell(cell, refused ? NOT_ALLOWED : status ? NO_ANSWER : NO_CONNECTION);
}

async function whoAmI() {
  const headers = { "X-Background": "true" };
  const response = await fetch(session.address, { cache: "no-store", headers }).catch(() => null);
  const answer = response?.ok ? await response.json() : null;
  if (answer?.token) {
    for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = answer.token;
  }
  return answer;
}

function tell(cell, words) {
  const outcome = cell.querySelector(".portal-cell__outcome");
  const problem = outcome.querySelector("[data-failed]") ?? document.createElement("p");
  problem.dataset.failed = "";
  problem.className = "nhsuk-error-message";
  problem.textContent = words;
  outcome.querySelector(".portal-cell__saved")?.remove();
  outcome.append(problem);
  say(`${cell.dataset.name}: ${words}`);
}

// --- What others do ----------------------------------------------------------------------------

// A cell that somebody types in keeps what it holds, and only says what happened to it.
document.body.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  const cell = detail.target;
  if (!cell.matches("[data-cell]")) return;
  const holder = detail.fragment;
  const fresh = holder.matches?.("[data-cell]") ? holder : holder.querySelector("[data-cell]");
  const isTold = [seenIn(cell), cell.dataset.told].includes(seenIn(fresh));
  const isBusy = cell.contains(document.activeElement) || isUnsaved(cell);
  detail.shouldSwap = !isTold && !isBusy;
  if (isTold) return;
  cell.dataset.told = seenIn(fresh);
  cell.querySelector("[data-news-line]").textContent = fresh.dataset.news;
  say(`${cell.dataset.name}: ${fresh.dataset.news}`);
  setTimeout(growOld, 60_000, cell.id, fresh.dataset.news, fresh.dataset.newsLater);
});

// Such as that somebody has sent the return: said once.
document.body.addEventListener("htmx:afterSwap", () => {
  document.getElementById("entry-asked").textContent = cells().length;
  const news = document.querySelector("#entry-news [data-stopped]")?.textContent.trim();
  if (news && news !== said.textContent) say(news);
});

// What was said to have happened just now is given its time of day.
function growOld(id, words, later) {
  const line = document.getElementById(id)?.querySelector("[data-news-line]");
  if (line?.textContent === words) line.textContent = later;
}

// Whoever comes from a list of figures to change goes on in the cell itself. The browser takes the
// focus away as it scrolls there, which is done once the page has loaded.
const asked = document.getElementById(location.hash.slice(1));
if (asked?.matches("[data-cell]")) {
  const goThere = () => fieldsOf(asked).find((field) => field.checkVisibility({ visibilityProperty: true }))?.focus();
  window.addEventListener("load", () => setTimeout(goThere));
}
