// Keeps the countdown true and adds the visitor's own clock beside the contest's.

const minute = 60_000;

function timeLeft(until) {
  const minutes = Math.max(0, Math.floor((until - Date.now()) / minute));
  return [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
}

const counted = (figure, one, many) => `${figure} ${figure === 1 ? one : many}`;

function showFigures(list, until) {
  const figures = timeLeft(until);
  list.querySelectorAll("div").forEach((part, place) => {
    const label = part.querySelector("dt");
    part.querySelector("dd").textContent = figures[place];
    label.textContent = figures[place] === 1 ? label.dataset.one : label.dataset.many;
  });
}

function showWords(line, until) {
  const [days, hours, minutes] = timeLeft(until);
  line.textContent = until <= Date.now()
    ? "Entries have closed"
    : `${counted(days, "day", "days")}, ${counted(hours, "hour", "hours")}, ${counted(minutes, "minute", "minutes")} left`;
}

function keep(selector, show) {
  for (const element of document.querySelectorAll(selector)) {
    const until = Date.parse(element.dataset.until);
    const wasOpen = until > Date.now();
    const tick = () => {
      show(element, until);
      // The page says something else once the instant has passed; a form being filled in is left alone.
      if (wasOpen && until <= Date.now() && element.matches("[data-countdown]")) location.reload();
      else setTimeout(tick, minute - (Date.now() % minute) + 50);
    };
    tick();
  }
}

keep("[data-countdown]", showFigures);
keep("[data-countdown-words]", showWords);

// The same instants by the visitor's clock, where that shows another hour.
for (const list of document.querySelectorAll("[data-two-clocks]")) {
  const time = list.querySelector("time");
  const instant = new Date(time.dateTime);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(instant);
  if (time.textContent.startsWith(clock)) continue;
  const day = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const parts = Object.fromEntries(day.formatToParts(instant).map((part) => [part.type, part.value]));
  const label = document.createElement("dt");
  const own = document.createElement("dd");
  label.textContent = zone.includes("/") ? `${zone.split("/").pop().replaceAll("_", " ")}, your time` : "Your time";
  own.textContent = `${clock}, ${parts.weekday}, ${parts.day} ${parts.month} ${parts.year}`;
  list.querySelector("dd").after(label, own);
}
