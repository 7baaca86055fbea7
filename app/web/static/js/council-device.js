// What an officer's own device does for the Council check, as `nomdeplume officer match` does it by command: one
// officer hands parts over, sealed to the next; the last joins them, opens the tokens and compares.

import { match, prepare } from "./council-match.js";
import { Decrypter, Encrypter } from "./vendor/age.js";

const PART = 74; // characters of a key, and so of every part of one
const HEAD = 36; // entry, version and digest of the roster
const PAUSE = 40; // entries after which the page gets to show how far it is
const OTHERS = "The file names another key for the next officer than the entries were sealed to. Nothing was sent; tell the other officers.";

// The parts of every entry's key that open something together with the next officer's, sealed to that officer.
export async function handOver(lines, key, progress) {
  const { head, entries } = await opened(lines, progress);
  const decrypter = opener(key);
  const written = [JSON.stringify({ contest: head.contest, nomdeplume: "council check parts", from: head.me.id, to: head.to.id })];
  let done = 0;
  for await (const each of entries) {
    const parts = await ownParts(decrypter, head, each);
    if (!parts) continue;
    done += 1;
    const { ids, keys } = each.roster;
    const next = ids.indexOf(plain(head.to.id));
    if (next < 0) continue;
    if (keys[next] !== head.to.public_key) throw new Error(OTHERS);
    const shared = Object.fromEntries([...parts].filter(([label]) => label.split("+").includes(String(next))).map(([label, part]) => [label, base64(part)]));
    written.push(JSON.stringify([each.entry, each.version, shared]));
  }
  if (!done) throw new Error("Your key opens nothing here. Choose the key registered for this contest.");
  const encrypter = new Encrypter();
  encrypter.addRecipient(head.to.public_key);
  return encrypter.encrypt(`${written.join("\n")}\n`);
}

// What comparing came to, as text for the server: entry numbers and rules. And how many entries stayed shut.
export async function compare(lines, key, progress) {
  const { head, handed, entries } = await opened(lines, progress);
  const decrypter = opener(key);
  const givers = [];
  for (const each of handed) givers.push(await partsFrom(decrypter, head, each));
  const council = prepare(head.members);
  const outcomes = {};
  let shut = 0;
  for await (const each of entries) {
    const tokens = await tokensOf(decrypter, head, each, givers);
    if (tokens) outcomes[each.number] = match(tokens, council);
    else shut += 1;
  }
  if (!Object.keys(outcomes).length) throw new Error("Your key opens nothing here. Choose the key registered for this contest.");
  const list = await digest(new TextEncoder().encode(head.council));
  return { shut, text: JSON.stringify({ contest: head.contest, nomdeplume: "council check outcome", council: hex(list), outcomes }) };
}

// The lines of an answer as they come.
export async function* linesOf(answer) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const found = (rest + read.value).split("\n");
    rest = found.pop();
    yield* found;
  }
  if (rest) yield rest;
}

async function opened(lines, progress) {
  const next = async () => JSON.parse((await lines.next()).value);
  const head = await next();
  const handed = [];
  for (let n = 0; n < head.handed; n += 1) handed.push(await next());
  return { head, handed, entries: entriesOf(lines, head, progress) };
}

async function* entriesOf(lines, head, progress) {
  const rosters = [];
  let done = 0;
  for await (const line of lines) {
    const found = JSON.parse(line);
    if (!Array.isArray(found)) {
      rosters.push(await rosterOf(found.roster));
      continue;
    }
    const [entry, version, roster, share, number, tokens] = found;
    yield { entry, version, number, roster: rosters[roster], share: octets(share), tokens: tokens && octets(tokens) };
    done += 1;
    if (done % PAUSE === 0) {
      progress(done, head.entries);
      await new Promise((resume) => setTimeout(resume));
    }
  }
}

async function rosterOf(text) {
  const [needed, ...words] = text.split(" ");
  const made = await digest(new TextEncoder().encode(text));
  return { needed: Number(needed), ids: words.filter((_, at) => at % 2 === 0), keys: words.filter((_, at) => at % 2), digest: made.slice(0, 16) };
}

// One's own parts by group; nothing where the share does not open. Throws where it is of other tokens or other keys.
async function ownParts(decrypter, head, { entry, version, roster, share }) {
  let content;
  try {
    content = await decrypter.decrypt(share);
  } catch {
    return null;
  }
  const me = roster.ids.indexOf(plain(head.me.id));
  const labels = groups(roster.ids.length, roster.needed).filter((group) => group.includes(me)).map((group) => group.join("+"));
  const number = new Uint8Array(4);
  new DataView(number.buffer).setUint32(0, version);
  const expected = plain(entry) + hex(number) + hex(roster.digest);
  if (hex(content.slice(0, HEAD)) !== expected || content.length !== HEAD + PART * labels.length) throw new Error(OTHERS);
  return new Map(labels.map((label, at) => [label, content.slice(HEAD + PART * at, HEAD + PART * (at + 1))]));
}

async function partsFrom(decrypter, head, handed) {
  const text = await decrypter.decrypt(octets(handed.sealed), "text").catch(() => {
    throw new Error("Your key does not open what was handed over to you. Choose the key registered for this contest.");
  });
  const [said, ...lines] = text.trim().split("\n").map((line) => JSON.parse(line));
  if (said.nomdeplume !== "council check parts" || said.contest !== head.contest || said.from !== handed.from || said.to !== head.me.id) {
    throw new Error("What was handed over is for another officer or another contest. Nothing was opened.");
  }
  return { giver: plain(said.from), parts: new Map(lines.map(([entry, version, parts]) => [`${entry} ${version}`, parts])) };
}

async function tokensOf(decrypter, head, each, givers) {
  const own = await ownParts(decrypter, head, each);
  const { ids, needed } = each.roster;
  const others = givers
    .map(({ giver, parts }) => ({ place: ids.indexOf(giver), parts: parts.get(`${each.entry} ${each.version}`) }))
    .filter(({ place, parts }) => place >= 0 && parts)
    .slice(0, needed - 1);
  if (!own || others.length < needed - 1) return null;
  const label = [ids.indexOf(plain(head.me.id)), ...others.map(({ place }) => place)].sort((a, b) => a - b).join("+");
  try {
    const parts = [own.get(label), ...others.map(({ parts: given }) => octets(given[label]))];
    const secret = parts.reduce((one, other) => one.map((octet, at) => octet ^ other[at]));
    const tokens = JSON.parse(await opener(new TextDecoder().decode(secret)).decrypt(each.tokens, "text"));
    return tokens.entry === each.entry && tokens.version === each.version ? tokens : null;
  } catch {
    return null;
  }
}

// Every choice of `needed` places out of `count`, in the order in which the parts were written.
function groups(count, needed, from = 0) {
  if (!needed) return [[]];
  const found = [];
  for (let first = from; first <= count - needed; first += 1) {
    for (const rest of groups(count, needed - 1, first + 1)) found.push([first, ...rest]);
  }
  return found;
}

function opener(key) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(key);
  return decrypter;
}

async function digest(octets) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", octets));
}

function plain(id) {
  return id.replaceAll("-", "");
}

function octets(base64Text) {
  return Uint8Array.from(atob(base64Text), (character) => character.charCodeAt(0));
}

function base64(few) {
  return btoa(String.fromCharCode(...few));
}

function hex(few) {
  return [...few].map((octet) => octet.toString(16).padStart(2, "0")).join("");
}
