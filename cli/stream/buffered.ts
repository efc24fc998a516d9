const PIECE = 1 << 16;

/** Joins lines into pieces that are worth a write. */
export function buffered(write: (text: string) => void): { readonly add: (text: string) => void; readonly flush: () => void } {
  let text = "";
  const flush = (): void => {
    if (text !== "") write(text);
    text = "";
  };
  return {
    add: (more) => {
      text += more;
      if (text.length >= PIECE) flush();
    },
    flush,
  };
}
