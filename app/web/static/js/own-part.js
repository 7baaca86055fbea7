// Opens an officer's part of one envelope with the key read here, and hands in the part alone.
import { atWork, foldByHand, forgetKey, keyFrom, tell } from "./key-fields.js";
import { openSealed, publicKeyOf } from "./own-key.js";

for (const root of document.querySelectorAll("[data-own-part]")) {
  root.hidden = false;
  root.querySelector("[data-key-go]").addEventListener("click", () => atWork(root, () => handIn(root)));
}
foldByHand(document);

async function handIn(root) {
  const part = await openPart(root, await keyFrom(root));
  forgetKey(root);
  tell(root, "Your key has opened your part. Handing in the part …");
  const form = root.querySelector("[data-part-form]");
  form.elements.part_text.value = part;
  form.submit();
}

async function openPart(root, key) {
  if ((await publicKeyOf(key)) !== root.dataset.publicKey) {
    throw new Error("This is a key, but not the one you registered for this contest. Choose that one’s file; its name says the contest.");
  }
  const part = await openSealed(await shareAt(root.dataset.share), key);
  if (!part.includes("officer's part")) throw new Error("What your key opened is no part of an envelope. Nothing was sent; tell the administrator.");
  return part.trim();
}

async function shareAt(address) {
  let answer;
  try {
    answer = await fetch(address, { headers: { Accept: "application/json" }, redirect: "error" });
  } catch {
    throw new Error("The server cannot be reached just now, or your session has ended. Nothing was sent. Try again.");
  }
  if (!answer.ok) throw new Error((await answer.json()).message);
  return new Uint8Array(await answer.arrayBuffer());
}
