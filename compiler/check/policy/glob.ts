/** Whether a whole text matches: `*` is any run of characters, slashes too, `?` is one. Linear in practice, whatever the pattern. */
export function matchesGlob(pattern: string, text: string): boolean {
  let at = 0;
  let here = 0;
  let star = -1;
  let resume = 0;
  while (here < text.length) {
    // A star in the pattern is one even where the text has a star too.
    if (pattern[at] === "*") {
      star = at++;
      resume = here;
    } else if (at < pattern.length && (pattern[at] === "?" || pattern[at] === text[here])) {
      at++;
      here++;
    } else if (star >= 0) {
      // The last star takes one character more; no earlier one needs to be tried again.
      at = star + 1;
      here = ++resume;
    } else return false;
  }
  while (pattern[at] === "*") at++;
  return at === pattern.length;
}
