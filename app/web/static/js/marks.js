// Joins each figure to its slider: two handles on one mark. A slider not yet moved stands for no mark.

for (const criterion of document.querySelectorAll("[data-criterion]")) {
  const figure = criterion.querySelector('input[type="number"]');
  const slider = criterion.querySelector("[data-slider]");
  slider.hidden = false;

  const showOnSlider = () => {
    slider.classList.toggle("unset", figure.value === "");
    if (figure.value !== "") slider.value = figure.value;
    slider.setAttribute("aria-valuetext", figure.value === "" ? "no mark yet" : figure.value);
  };
  const takeFromSlider = () => {
    figure.value = slider.value;
    showOnSlider();
    figure.dispatchEvent(new Event("input", { bubbles: true }));
  };

  figure.addEventListener("input", showOnSlider);
  slider.addEventListener("input", (event) => { event.stopPropagation(); takeFromSlider(); });
  // A press at nought is a mark of nought, though the slider does not move.
  slider.addEventListener("pointerup", () => { if (figure.value === "") takeFromSlider(); });
  showOnSlider();
}
