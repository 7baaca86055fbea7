// The form with an essay in it: suggestions filled in, a file dropped, the upload shown. Run again on a page put in place.
import { watchUpload } from "./upload.js";

function fillSuggestions(root) {
  for (const group of root.querySelectorAll("[data-suggestions]")) {
    const input = root.querySelector(`#${group.dataset.suggestions}`);
    for (const button of group.querySelectorAll('[name="suggestion"]')) {
      button.addEventListener("click", (event) => {
        event.preventDefault();
        input.value = button.value;
        input.focus();
      });
    }
  }
}

function takeDrops(root) {
  for (const zone of root.querySelectorAll("[data-drop]")) {
    const input = zone.querySelector('input[type="file"]');
    const mark = (on) => (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      zone.classList.toggle("over-it", on);
    };
    zone.addEventListener("dragenter", mark(true));
    zone.addEventListener("dragover", mark(true));
    zone.addEventListener("dragleave", (event) => { if (!zone.contains(event.relatedTarget)) mark(false)(event); });
    zone.addEventListener("drop", (event) => {
      mark(false)(event);
      if (!event.dataTransfer?.files.length) return;
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}

export function prepare(root) {
  fillSuggestions(root);
  takeDrops(root);
  for (const form of root.querySelectorAll("form[data-upload]")) watchUpload(form, prepare);
}

prepare(document);
