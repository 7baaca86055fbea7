// Locks or opens a key's file with its passphrase, beside the page. It asks the network for nothing but its own code.

import { Decrypter, Encrypter } from "./vendor/age.js";

onmessage = async ({ data: { lock, open, passphrase } }) => {
  try {
    postMessage({ made: await (open ? opened(open, passphrase) : locked(lock, passphrase)) });
  } catch (error) {
    postMessage({ failed: said(error.message) });
  }
};

function locked(text, passphrase) {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  return encrypter.encrypt(text);
}

function opened(sealed, passphrase) {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  return decrypter.decrypt(sealed, "text");
}

function said(message) {
  if (/no identity matched/.test(message)) return "That is not the passphrase of this key’s file. Nothing was sent.";
  if (/work factor/.test(message)) return "This file was locked by a faster machine than a browser can follow. Use the command.";
  if (/memory|allocation/i.test(message)) return "There is not enough free memory for this. Close other programs and try again.";
  return "This key’s file is damaged. Use your other copy, or the printed page.";
}
