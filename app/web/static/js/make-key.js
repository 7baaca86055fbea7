// Makes an officer's key in the page: a file under a passphrase to keep, a page to print, and only the public half to send.
import { atWork, foldByHand, tell } from "./key-fields.js";
import { LEAST_PASSPHRASE, lockKey, makeKey } from "./own-key.js";
import { encode } from "./vendor/qr.js";

const SVG = "http://www.w3.org/2000/svg";

for (const root of document.querySelectorAll("[data-make-key]")) {
  const sheet = root.nextElementSibling;
  root.hidden = false;
  root.querySelector("[data-key-go]").addEventListener("click", () => atWork(root, () => make(root, sheet)));
}
foldByHand(document);

async function make(root, sheet) {
  const first = root.querySelector("[data-passphrase]");
  const again = root.querySelector("[data-passphrase-again]");
  if (first.value.length < LEAST_PASSPHRASE) throw new Error(`A passphrase has at least ${LEAST_PASSPHRASE} characters. Four or five words are best.`);
  if (first.value !== again.value) throw new Error("The two passphrases are not the same. Type both again.");
  tell(root, "Making your key and locking its file. This takes some seconds.");
  const pair = await makeKey();
  const locked = await lockKey(pair, first.value);
  first.value = again.value = "";
  show(sheet, pair);
  sheet.querySelector("[data-save-key]").onclick = () => save(locked, root.dataset.fileName);
  save(locked, root.dataset.fileName);
  for (const each of document.querySelectorAll("[data-by-hand]")) each.hidden = true;
  root.hidden = true;
  sheet.hidden = false;
  sheet.scrollIntoView();
  // Reloading or leaving now would lose the key before it is registered.
  const keep = (event) => event.preventDefault();
  addEventListener("beforeunload", keep);
  sheet.querySelector("form").addEventListener("submit", () => {
    removeEventListener("beforeunload", keep);
    sheet.querySelector("[data-key-shown]").replaceChildren();
    sheet.querySelector("[data-key-qr]").replaceChildren();
  });
}

function show(sheet, { key, publicKey }) {
  // In groups for whoever has to type it; the gaps are drawn, so that copied text has none.
  const groups = [key.slice(0, 16), ...key.slice(16).match(/.{1,6}/g)];
  sheet.querySelector("[data-key-shown]").replaceChildren(...groups.map((group) => {
    const span = document.createElement("span");
    span.textContent = group;
    return span;
  }));
  sheet.querySelector("[data-public-shown]").textContent = publicKey;
  sheet.querySelector("[data-public-field]").value = publicKey;
  sheet.querySelector("[data-key-qr]").replaceChildren(drawn(encode(key, { ecc: "M", border: 2 })));
  sheet.querySelector("[data-print-key]").onclick = () => print();
}

function drawn({ size, data }) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  const path = document.createElementNS(SVG, "path");
  const dark = data.flatMap((row, y) => row.flatMap((is, x) => (is ? [`M${x} ${y}h1v1h-1z`] : [])));
  path.setAttribute("d", dark.join(""));
  svg.append(path);
  return svg;
}

function save(content, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
