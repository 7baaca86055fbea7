// Saves the draft as it is made, by the form's own POST. What cannot be sent is kept on this device until it can.
// A newer draft, saved from another window, is never overwritten: the server answers 409 and saving stops here.

const form = document.querySelector("form[data-draft]");
const told = form.querySelector("[data-saved]");
const place = `draft:${form.action}`;
let changed = false;
let sending = false;
let stopped = false;
let timer = 0;
let pause = 4000;

const say = (words, failed = false) => {
  told.textContent = words;
  told.classList.toggle("failed", failed);
};

const filledIn = () => Object.fromEntries(new FormData(form));

function keepHere(more = {}) {
  try { localStorage.setItem(place, JSON.stringify({ ...filledIn(), ...more })); } catch { /* private windows keep nothing */ }
}

function forgetHere() {
  try { localStorage.removeItem(place); } catch { /* nothing was kept */ }
}

function keptHere() {
  try { return JSON.parse(localStorage.getItem(place)); } catch { return null; }
}

function showSaved({ version, sum, sum_words: words, lock_waits: waits, saved }) {
  form.elements.version.value = version;
  form.querySelector("[data-sum]").textContent = sum;
  form.querySelector("[data-sum-words]").textContent = words;
  form.querySelector("[data-lock-waits]").textContent = waits;
  say(saved);
}

async function send() {
  if (sending || stopped || !changed) return;
  clearTimeout(timer);
  sending = true;
  changed = false;
  const body = new URLSearchParams(new FormData(form));
  body.set("do", "autosave");
  try {
    const answer = await fetch(form.action, { method: "POST", body, keepalive: document.hidden, redirect: "manual", headers: { Accept: "application/json" } });
    if (answer.ok) {
      showSaved(await answer.json());
      if (!changed) forgetHere();
      pause = 4000;
    } else if (answer.status === 409 || answer.status === 422) {
      const { message } = await answer.json();
      stopped = answer.status === 409;
      say(message, true);
    } else if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
      stopped = true;
      say("Not saved: you are signed out. What you wrote is kept on this device. Sign in again in another window, then save.", true);
    } else throw new Error("not saved");
  } catch {
    changed = true;
    pause = Math.min(pause * 2, 60_000);
    say("Not saved yet; it is kept on this device. We try again.", true);
    timer = setTimeout(send, pause);
  }
  sending = false;
  if (changed && !stopped && !told.classList.contains("failed")) timer = setTimeout(send, 1000);
}

form.addEventListener("input", () => {
  changed = true;
  keepHere();
  clearTimeout(timer);
  timer = setTimeout(send, 1200);
});
form.addEventListener("submit", () => { stopped = true; keepHere({ sent: "yes" }); });
addEventListener("online", send);
document.addEventListener("visibilitychange", () => { if (document.hidden) send(); });

// What an earlier visit could not send comes back, unless something newer has been saved since.
const kept = keptHere();
if (kept?.version === form.elements.version.value) {
  for (const [name, value] of Object.entries(kept)) {
    if (form.elements[name] && name !== "version") form.elements[name].value = value;
  }
  for (const figure of form.querySelectorAll('input[type="number"]')) figure.dispatchEvent(new Event("input"));
  changed = true;
  send();
} else if (kept) {
  if (!kept.sent) say("A newer draft was saved elsewhere; that one is shown here.");
  forgetHere();
}
