// Compares one entry's tokens with the Council list: the rules of judging/tokens.py and judging/names.py over again,
// for the officer's own device. A test holds the two to each other.

const RARE_FAMILY = 5;
const SHORTEST_WITH_SLIP = 3;
const STRICTNESS = { "": 0, "similar-name": 1, "same-registration": 2, "same-email": 2 };

// Makes the Council list ready for many comparisons.
export function prepare(members) {
  return members.map(({ terms, emails, registrations, readings }) => ({
    terms,
    registrations,
    emails: new Set(emails),
    readings: readings.map(({ way, family, given }) => ({
      way,
      family: family.map(word),
      given: given.map((each) => ({ ...word(each.word), called: new Set(each.called) })),
    })),
  }));
}

// The rule that matches ("same-email", "same-registration", "similar-name"), or "". Of several writers the strictest.
export function match(tokens, council) {
  const serving = council.filter(({ terms }) => terms.some(([, until]) => until === null || tokens.on <= until));
  const rules = tokens.by.map((person) => ruleFor(person, serving));
  return rules.reduce((strictest, rule) => (STRICTNESS[rule] > STRICTNESS[strictest] ? rule : strictest), "");
}

function ruleFor(person, serving) {
  if (serving.some((member) => person.e.some((email) => member.emails.has(email)))) return "same-email";
  if (serving.some((member) => person.r.some((one) => member.registrations.some((other) => sameNumber(one, other))))) return "same-registration";
  const readings = readingsOf(person.n);
  return serving.some((member) => readings.some((one) => member.readings.some((other) => agree(one, other)))) ? "similar-name" : "";
}

function sameNumber([body, number], [otherBody, otherNumber]) {
  return number === otherNumber && (!body || !otherBody || body === otherBody);
}

// Family name last; first; or the last two words as an unhyphenated double name.
function readingsOf(spellings) {
  const readings = [];
  for (const groups of spellings) {
    for (const [way, family, given] of waysOf(groups)) {
      const written = [...family, family.join("")].filter((each) => [...each].length > 1);
      if (written.length) readings.push({ way, family: written.map(word), given: givenWords(given).map(word) });
    }
  }
  return readings;
}

function waysOf(groups) {
  const [last, first, rest] = [groups.at(-1), groups[0], groups.slice(0, -1)];
  if (rest.length && last.every((each) => [...each].length === 1)) {
    // No family name is an initial: "Hollis M." begins with it, "María García L." keeps a second one short.
    const ways = [["straight", first, groups.slice(1)]];
    if (rest.length > 1) ways.push(["straight", rest.at(-1), rest.slice(0, -1)]);
    return ways;
  }
  const ways = [["straight", last, rest]];
  if (rest.length) ways.push(["reversed", first, groups.slice(1)]);
  if (rest.length > 1) ways.push(["double", [...rest.at(-1), ...last], rest.slice(0, -1)]);
  return ways;
}

function givenWords(groups) {
  const words = groups.flat();
  return words.length > 1 ? [...words, words.join("")] : words;
}

// A word with its letters, and folded: ö, oe and o alike.
function word(text) {
  const folded = text.replace(/ae|oe|ue|aa/g, ([first]) => first);
  return { letters: [...text], text, folded, foldedLetters: [...folded] };
}

// Whether family and given names agree with at most one slip between the two of them.
function agree(one, other) {
  // Two names read in the same unusual way would agree on given names alone.
  if (one.way === other.way && one.way !== "straight") return false;
  const exact = one.family.some((a) => other.family.some((b) => a.folded === b.folded));
  if (!exact && !one.family.some((a) => other.family.some((b) => oneSlipApart(a, b)))) return false;
  if (!one.given.length || !other.given.length) return exact;
  const pairs = [...other.given.map((b) => [one.given[0], b]), ...one.given.map((a) => [a, other.given[0]])];
  if (pairs.some(([a, b]) => b.called.has(a.folded) || (exact && oneSlipApart(a, b)))) return true;
  const rare = [...one.family, ...other.family].every(({ letters }) => letters.length >= RARE_FAMILY);
  return (exact || rare) && pairs.some(([a, b]) => (a.letters.length === 1 || b.letters.length === 1) && a.letters[0] === b.letters[0]);
}

function oneSlipApart(a, b) {
  return atMostOneSlip(a.letters, b.letters) || atMostOneSlip(a.foldedLetters, b.foldedLetters);
}

// One letter put in, left out, changed, or swapped with the next.
function atMostOneSlip(one, other) {
  if (one.length > other.length) [one, other] = [other, one];
  if (one.length <= 1 || other.length < SHORTEST_WITH_SLIP || other.length - one.length > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  if (one.length < other.length) return same(one, start, other, start + 1);
  const swapped = start + 1 < one.length && one[start] === other[start + 1] && one[start + 1] === other[start];
  return same(one, start + 1, other, start + 1) || (swapped && same(one, start + 2, other, start + 2));
}

function same(one, from, other, start) {
  if (one.length - from !== other.length - start) return from >= one.length && start >= other.length;
  for (let at = from; at < one.length; at += 1) if (one[at] !== other[at - from + start]) return false;
  return true;
}
