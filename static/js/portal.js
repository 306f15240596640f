// The portal works without this script; it only makes the NHS components nicer to use.
import { initAll } from "nhsuk-frontend";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
initAll();

// A page that waits for background work marks a part of itself with data-look-again="seconds".
// That part is renewed in place; the whole page only once, when the wait is over. A page that
// reloads itself on a timer would disturb people who read it slowly (WCAG 2.2.1).
const waiting = () => document.querySelector("[data-look-again]");

async function lookAgain() {
  const headers = { accept: "text/html", "X-Background": "true" }; // no sign of life: accounts/sessions.py
  const answer = await fetch(location.href, { headers }).catch(() => null);
  if (answer?.ok) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const news = page.querySelector("[data-look-again]");
    if (!news) return location.reload();
    waiting().replaceChildren(...news.childNodes);
  }
  lookAgainLater();
}

function lookAgainLater() {
  const seconds = Number(waiting()?.dataset.lookAgain);
  if (seconds) setTimeout(lookAgain, seconds * 1000);
}

lookAgainLater();
