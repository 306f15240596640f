// Warns before somebody is signed out, and covers the page when they were, so that nobody reads the
// figures on a screen that was left alone. What was typed stays in the page. The server decides:
// this script only asks it, which is no sign of life, so that other tabs count as well.
const part = document.getElementById("session");
const { address, user } = part.dataset;
const warnBefore = Number(part.dataset.warnBefore) * 1000;
const warning = document.getElementById("session-warning");
const over = document.getElementById("session-over");
const spoken = part.querySelector("[data-spoken]");
let end = Date.now() + Number(part.dataset.secondsLeft) * 1000;
let canStay = part.dataset.canStay === "true";
let asking = false;
let covered = false;

const left = () => end - Date.now();

function inWords(milliseconds) {
  const minutes = Math.ceil(milliseconds / 60_000);
  return minutes > 1 ? `${minutes} minutes` : "less than a minute";
}

// The answer of the server; null while it cannot be reached. Its end becomes ours.
async function ask(options = {}) {
  asking = true;
  const response = await fetch(address, { cache: "no-store", ...options }).catch(() => null);
  const answer = response?.ok ? await response.json() : null;
  asking = false;
  if (isMine(answer)) {
    end = Date.now() + answer.seconds_left * 1000;
    canStay = answer.can_stay;
    // Signing in changes the security code of forms: this page's forms get the new one.
    for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = answer.token;
  }
  return answer;
}

const isMine = (answer) => Boolean(answer?.signed_in && answer.user === user);

async function look() {
  if (asking) return;
  const answer = await ask();
  if (isMine(answer) && left() > 0) return show();
  // A server that is away for a moment has signed nobody out, unless our own count has run out.
  if (answer || left() <= 0) cover(answer);
}

function show() {
  covered = false;
  over.close();
  if (left() > warnBefore) return warning.close();
  part.querySelector("[data-stay]").hidden = !canStay;
  part.querySelector("[data-while-can-stay]").hidden = !canStay;
  part.querySelector("[data-while-cannot-stay]").hidden = canStay;
  part.querySelector("[data-time-left]").textContent = inWords(left());
  if (warning.open) spoken.textContent = `You will be signed out in ${inWords(left())}.`;
  else open(warning);
}

function open(dialog) {
  dialog.showModal();
  dialog.querySelector("h2").focus();
}

function cover(answer) {
  covered = true;
  warning.close();
  if (!over.open) open(over);
  part.querySelector("[data-somebody-else]").textContent = answer?.signed_in
    ? "Somebody else is signed in now. Let them sign out, then sign in as yourself."
    : "";
}

async function stay() {
  const answer = await ask();
  if (!isMine(answer)) return cover(answer);
  await ask({ method: "POST", headers: { "X-CSRFToken": answer.token } });
  return look();
}

let lastWords = "";
function tick() {
  if (asking || covered) return;
  if (left() <= 0) return look();
  const words = left() <= warnBefore ? inWords(left()) : "";
  if (words !== lastWords) look(); // the warning begins, or another minute has gone
  lastWords = words;
}

part.querySelector("[data-stay]").addEventListener("click", stay);
warning.addEventListener("cancel", (event) => {
  event.preventDefault();
  if (canStay) stay();
});
over.addEventListener("cancel", (event) => event.preventDefault());
over.addEventListener("close", () => covered && open(over)); // Escape twice closes it in some browsers
window.addEventListener("focus", () => covered && look());
window.addEventListener("pageshow", (event) => event.persisted && look());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
setInterval(tick, 1000);
