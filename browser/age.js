// age files in the browser: what own-key.js and its worker use, under the library's own names.
export {
  Decrypter,
  Encrypter,
  armor,
  generateX25519Identity,
  identityToRecipient,
} from "age-encryption";
