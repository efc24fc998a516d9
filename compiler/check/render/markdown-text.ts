/** A name as a code span, in which nothing is markup: a fence longer than any run of backticks inside, and at most `most` characters. */
export function code(text: string, most = 300): string {
  const clipped = clip(text, most);
  const longest = Math.max(0, ...[...clipped.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  // A span must not begin or end with its own fence, and one space on both sides is taken off again.
  const pad = /^`|`$|^ .* $|^ *$/.test(clipped) ? " " : "";
  return `${fence}${pad}${clipped}${pad}${fence}`;
}

/** Up to the next space; a quoted name with spaces in it is one word. */
const WORD = /(?:(?<![\p{L}\p{N}])'[^']{1,200}'(?![\p{L}\p{N}])|\S)+/gu;
/** What means nothing to markdown nor to a forge that makes links of mentions, addresses and numbers of issues. */
const PLAIN = /^(?:[A-Za-z0-9]+(?:['\u2019-][A-Za-z]+)*)?$/;

/** Prose from a report: quoted names and every word that could be markup become code spans, so nothing else can be. */
export function prose(text: string, most = 2000): string {
  return clip(text, most).replace(WORD, (word) => {
    const { before, inner, after } = unpunctuated(word);
    if (PLAIN.test(inner)) return before + inner + after;
    const quoted = /^'([^']+)'$/.exec(inner)?.[1];
    return before + code(quoted ?? inner) + after;
  });
}

/** The punctuation of the sentence apart from the word; a bracket stays with a word that opens it: `needed()`. */
function unpunctuated(word: string): { before: string; inner: string; after: string } {
  const [, before = "", rest = ""] = /^([("]*)(.*)$/.exec(word) ?? [];
  let end = rest.length;
  const count = (bracket: string): number => rest.slice(0, end).split(bracket).length;
  while (/[.,;:?"]/.test(rest.charAt(end - 1)) || (rest.charAt(end - 1) === ")" && count(")") > count("("))) end--;
  return { before, inner: rest.slice(0, end), after: rest.slice(end) };
}

/** Text of any length is shown up to so many characters; half of a surrogate pair is never left over. */
function clip(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
