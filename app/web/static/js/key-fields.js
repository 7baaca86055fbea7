// The fields of macros/own_key.html: what is in them, told or forgotten. Their content goes to own-key.js alone.
import { isLocked, readKey } from "./own-key.js";

// The private key from whichever field was filled in. Throws as readKey does.
export async function keyFrom(root) {
  const [file] = field(root, "file").files;
  const passphrase = field(root, "passphrase").value;
  if (file && passphrase && (await isLocked(file))) tell(root, "Unlocking your key. This takes some seconds, so that nobody can guess the passphrase.");
  return readKey({ file, text: field(root, "text").value, passphrase });
}

export function forgetKey(root) {
  for (const name of ["file", "passphrase", "text"]) field(root, name).value = "";
}

// Does something with a key that takes its time: the button waits, progress is shown, a failure is said.
export async function atWork(root, work) {
  const button = root.querySelector("[data-key-go]");
  const progress = root.querySelector("[data-key-progress]");
  if (button.disabled) return;
  button.disabled = true;
  progress.hidden = false;
  root.querySelector("[data-key-wrong]").textContent = "";
  try {
    await work();
  } catch (error) {
    tell(root, "");
    root.querySelector("[data-key-wrong]").textContent = error.message;
  } finally {
    button.disabled = false;
    progress.hidden = true;
  }
}

export function tell(root, words) {
  root.querySelector("[data-key-told]").textContent = words;
}

// The page does it by itself, so the way by hand is folded away; with a mistake in it, it stays open. Whoever unfolds
// it is about to be away at a command, so the page is then not shown anew by itself.
export function foldByHand(root) {
  for (const details of root.querySelectorAll("[data-by-hand]")) {
    details.open = Boolean(details.querySelector(".wrong"));
    details.addEventListener("toggle", () => details.toggleAttribute("data-waiting-held", details.open));
  }
}

function field(root, name) {
  return root.querySelector(`[data-key-${name}]`);
}
