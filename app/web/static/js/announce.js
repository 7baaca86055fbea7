// Turns the slides: Space, arrows and Page keys, which is also what a clicker sends. F fills the screen.

const slides = [...document.querySelectorAll(".slide")];
const still = matchMedia("(prefers-reduced-motion: reduce)");
let shown = Math.max(0, slides.findIndex((slide) => `#${slide.id}` === location.hash));

function turnTo(place) {
  shown = Math.min(slides.length - 1, Math.max(0, place));
  const slide = slides[shown];
  for (const other of slides) other.classList.toggle("turned-to", other === slide);
  slide.focus({ preventScroll: true });
  slide.scrollIntoView({ behavior: still.matches ? "auto" : "smooth" });
  history.replaceState(null, "", `#${slide.id}`);
}

const turns = {
  " ": 1, ArrowRight: 1, ArrowDown: 1, PageDown: 1, Enter: 1,
  ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Backspace: -1,
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const onButton = event.target.closest(".button") && [" ", "Enter"].includes(event.key);
  if (onButton) return;
  const by = event.shiftKey && event.key === " " ? -1 : turns[event.key];
  if (by) turnTo(shown + by);
  else if (event.key === "Home") turnTo(0);
  else if (event.key === "End") turnTo(slides.length - 1);
  else if (event.key.toLowerCase() === "f") document.documentElement.requestFullscreen?.().catch(() => {});
  else return;
  event.preventDefault();
});

for (const link of document.querySelectorAll(".turn")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    turnTo(shown + 1);
  });
}

// Scrolling by hand moves the place too.
const watch = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) shown = slides.indexOf(entry.target);
}, { threshold: 0.6 });
slides.forEach((slide) => watch.observe(slide));
