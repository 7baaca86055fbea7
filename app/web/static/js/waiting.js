// Asks now and then whether what the page waits for has come, and shows the page anew when it has.

const waiting = document.querySelector("[data-waiting]");
const told = document.querySelector("[data-waiting-told]");
let pause = 2000;

async function ask() {
  try {
    const answer = await fetch(waiting.dataset.waiting, { headers: { Accept: "application/json" } });
    const { state } = await answer.json();
    if (state !== waiting.dataset.state && !filledIn()) return location.reload();
    told.textContent = state === waiting.dataset.state ? "" : waiting.dataset.changed;
  } catch {
    told.textContent = waiting.dataset.away;
  }
  pause = Math.min(pause * 1.4, 20_000);
  setTimeout(ask, pause);
}

// Nothing that is being filled in is swept away.
function filledIn() {
  const typed = document.querySelectorAll('input[type="file"], input[type="password"], textarea, [data-waiting-held]:not([hidden])');
  return [...typed].some((each) => each.value === undefined || each.value !== "");
}

if (waiting) setTimeout(ask, pause);
