// An officer's private key, read and used in this page alone. What this module returns goes into no request:
// a page that asks for it sends on only what the key has opened.

import { Decrypter, armor, generateX25519Identity, identityToRecipient } from "./vendor/age.js";

const LARGEST = 64 * 1024; // a key file has some 300 bytes
const AGE_FILE = "age-encryption.org/v1";
const ARMOURED = "-----BEGIN AGE ENCRYPTED FILE-----";
const PREFIX = "AGE-SECRET-KEY-1";
export const LEAST_PASSPHRASE = 10;

// The private key ("AGE-SECRET-KEY-1…") from a chosen file, plain or under a passphrase, or from the text typed
// from the printed page. Throws an Error whose message is a sentence for the officer.
export async function readKey({ file = null, text = "", passphrase = "" }) {
  requireSafePage();
  if (file) return keyIn(await contentOf(file, passphrase), "This file holds no key. Choose officer-key.age, the file made with your key.");
  if (text.trim()) return typedKey(text);
  throw new Error("Choose the file of your key, or type the key from the page you printed.");
}

// Whether a chosen file needs its passphrase.
export async function isLocked(file) {
  const head = new TextDecoder().decode(await file.slice(0, 40).arrayBuffer());
  return head.startsWith(AGE_FILE) || head.startsWith(ARMOURED);
}

// What is sealed to this key, as text. Throws where it is sealed to another.
export async function openSealed(sealed, key) {
  requireSafePage();
  const decrypter = new Decrypter();
  decrypter.addIdentity(key);
  try {
    return await decrypter.decrypt(sealed, "text");
  } catch {
    throw new Error("Your key does not open this. It is sealed to another key.");
  }
}

export const publicKeyOf = identityToRecipient;

// A fresh key: {key, publicKey}.
export async function makeKey() {
  requireSafePage();
  const key = await generateX25519Identity();
  return { key, publicKey: await identityToRecipient(key) };
}

// The content of a key's file, under a passphrase; the stock age command opens it too.
export async function lockKey({ key, publicKey }, passphrase) {
  return apart({ lock: `# public key: ${publicKey}\n${key}\n`, passphrase });
}

function requireSafePage() {
  if (!globalThis.isSecureContext) {
    throw new Error("This page did not come over a secure connection (https), so no key may be used in it. Use the command instead.");
  }
}

async function contentOf(file, passphrase) {
  if (file.size > LARGEST) throw new Error("This file is far too large to be a key. Choose officer-key.age.");
  const content = new Uint8Array(await file.arrayBuffer());
  const text = new TextDecoder().decode(content);
  if (text.startsWith("%PDF")) throw new Error("This is the page to print. Choose the key’s file, or type the key from that page.");
  if (!text.startsWith(AGE_FILE) && !text.startsWith(ARMOURED)) return text;
  const sealed = text.startsWith(ARMOURED) ? armor.decode(text) : content;
  if (!/^-> scrypt /m.test(new TextDecoder().decode(sealed.subarray(0, 200)))) {
    throw new Error("This is a sealed part, not a key. Choose officer-key.age, the file made with your key.");
  }
  if (!passphrase) throw new Error("This key’s file is under a passphrase. Type it.");
  return apart({ open: sealed, passphrase });
}

function keyIn(text, otherwise) {
  const line = text.split(/\r?\n/).find((each) => each.startsWith(PREFIX));
  if (!line) throw new Error(otherwise);
  return checked(line.trim(), "The key in this file is damaged. Use your other copy, or the printed page.");
}

// Typed letters are forgiven what the alphabet of keys makes plain: it has no O, no I and no 1.
function typedKey(text) {
  const from = text.toUpperCase().indexOf("AGE-SECRET-KEY-");
  const typed = text.slice(Math.max(from, 0)).toUpperCase().replace(/[^A-Z0-9]/g, "").replace(/^AGESECRETKEY[1IL]/, "");
  const key = PREFIX + typed.replaceAll("O", "0").replace(/[I1]/g, "L");
  const missing = 58 - typed.length;
  if (missing) {
    const amount = `${Math.abs(missing)} ${Math.abs(missing) === 1 ? "character" : "characters"}`;
    throw new Error(`The typed key is ${amount} too ${missing > 0 ? "short" : "long"}. Compare it with the printed page.`);
  }
  return checked(key, "A character of the typed key is wrong. Compare it with the printed page.");
}

async function checked(key, otherwise) {
  try {
    await identityToRecipient(key);
    return key;
  } catch {
    throw new Error(otherwise);
  }
}

// A passphrase takes seconds of reckoning; apart from the page, so that the page still answers meanwhile.
function apart(work) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./own-key-worker.js", import.meta.url), { type: "module" });
    const end = (settle, value) => {
      worker.terminate();
      settle(value);
    };
    worker.onmessage = ({ data }) => (data.failed ? end(reject, new Error(data.failed)) : end(resolve, data.made));
    worker.onerror = () => end(reject, new Error("Your browser could not do this. Use a newer one, or the command."));
    worker.postMessage(work);
  });
}
