/** Colours a text that is complete in itself; without colour it gives the text back. */
export type Paint = (style: Style, text: string) => string;

export type Style = keyof typeof SEQUENCES;

const SEQUENCES = {
  error: "1;31",
  warning: "33",
  info: "36",
  good: "1;32",
  bold: "1",
  dim: "2",
} as const;

const ESC = String.fromCharCode(27);

export function painter(colour: boolean): Paint {
  return colour ? (style, text) => `${ESC}[${SEQUENCES[style]}m${text}${ESC}[0m` : (_style, text) => text;
}
