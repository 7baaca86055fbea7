// The officers' Council check in the page: the key is read and used here; what goes to the server is sealed to the
// next officer, or entry numbers and rules.
import { compare, handOver, linesOf } from "./council-device.js";
import { atWork, foldByHand, forgetKey, keyFrom, tell } from "./key-fields.js";
import { publicKeyOf } from "./own-key.js";

for (const root of document.querySelectorAll("[data-council-check]")) {
  root.hidden = false;
  root.querySelector("[data-key-go]").addEventListener("click", () => atWork(root, () => run(root)));
}
foldByHand(document);

async function run(root) {
  const to = root.querySelector("[data-to]:checked")?.value ?? "";
  if (root.querySelector("[data-to]") && !to) throw new Error("Choose the officer who goes on.");
  const key = await keyFrom(root);
  if ((await publicKeyOf(key)) !== root.dataset.publicKey) {
    throw new Error("This is a key, but not the one you registered for this contest. Choose that one’s file; its name says the contest.");
  }
  const lines = linesOf(await asked(`${root.dataset.bundle}${to && `?to=${to}`}`));
  const body = new FormData();
  if (root.dataset.councilCheck === "compare") {
    const { text, shut } = await compare(lines, key, shown(root, "Comparing"));
    if (shut) tell(root, `${shut} could not be opened and stay unchecked. Handing in the rest …`);
    body.set("outcome", new Blob([text]), "outcome.json");
  } else {
    body.set("parts", new Blob([await handOver(lines, key, shown(root, "Opening your parts"))]), "parts.age");
    body.set("to", to);
  }
  forgetKey(root);
  const answer = await asked(root.dataset.send, { method: "POST", body, redirect: "follow" });
  location.assign(answer.url);
}

function shown(root, doing) {
  const progress = root.querySelector("[data-key-progress]");
  return (done, of) => {
    progress.max = of;
    progress.value = done;
    tell(root, `${doing}: ${done.toLocaleString("en-GB")} of ${of.toLocaleString("en-GB")}`);
  };
}

async function asked(address, options = {}) {
  let answer;
  try {
    answer = await fetch(address, { headers: { Accept: "application/json" }, redirect: "error", ...options });
  } catch {
    throw new Error("The server cannot be reached just now, or your session has ended. Try again.");
  }
  if (!answer.ok) throw new Error((await answer.json()).message);
  return answer;
}
