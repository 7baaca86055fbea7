// One key to a decision. Each presses the button of the term in hand; the form goes by its own POST,
// and of the page that comes back only the terms and the last line are put in place.

const terms = () => [...document.querySelectorAll("[data-finding]")];
const keys = document.querySelector("[data-keys]");
let inHand = document.querySelector("[data-finding]:target")?.id
  ?? document.querySelector("[data-undecided]")?.id ?? terms()[0]?.id;
let sending = false;

keys.hidden = false;

function takeInHand(term, focus = true) {
  if (!term) return;
  for (const other of terms()) other.removeAttribute("aria-current");
  term.setAttribute("aria-current", "true");
  inHand = term.id;
  term.closest("[data-folded]")?.setAttribute("open", "");
  if (!focus) return;
  term.focus({ preventScroll: true });
  term.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = terms();
  const place = all.findIndex((term) => term.id === inHand);
  takeInHand(all[Math.min(all.length - 1, Math.max(0, place + by))]);
}

function nextUndecided(after) {
  const all = terms();
  const place = all.findIndex((term) => term.id === after);
  const rest = [...all.slice(place + 1), ...all.slice(0, place + 1)];
  return rest.find((term) => "undecided" in term.dataset) ?? all[place];
}

async function decide(form, button) {
  if (sending) return;
  sending = true;
  const decided = form.closest("[data-finding]").id;
  try {
    const body = new URLSearchParams(new FormData(form, button));
    const answer = await fetch(form.action, { method: "POST", body });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!answer.ok || !page.querySelector("[data-findings]")) throw new Error("refused");
    for (const part of ["[data-findings]", "[data-standing]", "[data-sentence]"]) {
      const fresh = page.querySelector(part);
      if (fresh) document.querySelector(part)?.replaceWith(document.adoptNode(fresh));
    }
    takeInHand(button.value === "undo" ? document.getElementById(decided) : nextUndecided(decided));
  } catch {
    // The plain way, for an answer that is no such page: a refusal, a sign-in.
    form.removeAttribute("data-decide");
    form.requestSubmit(button);
  }
  sending = false;
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-decide]")) return;
  event.preventDefault();
  decide(event.target, event.submitter);
});

document.addEventListener("focusin", ({ target }) => takeInHand(target.closest("[data-finding]"), false));

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const term = document.getElementById(inHand);
  const press = (value) => term?.querySelector(`[name="decision"][value="${value}"]`)?.click();
  const does = {
    n: () => step(1), b: () => step(-1), r: () => press("replace"), k: () => press("keep"), u: () => press("undo"),
    e: () => term?.querySelector('[name="stand_in"]')?.select(),
    "?": () => keys.scrollIntoView({ block: "center" }),
  }[event.key.toLowerCase()];
  if (!does) return;
  event.preventDefault();
  does();
});

takeInHand(document.getElementById(inHand), Boolean(location.hash));
