/** Something about the policy files themselves that their owner should know. Changes no finding. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly text: string;
}

export type NoticeKind = "unused-suppression" | "expired-suppression" | "expired-override" | "unused-rename" | "fixed-baseline";

export function sortedNotices(notices: readonly Notice[]): Notice[] {
  return [...notices].sort((a, b) => (a.kind === b.kind ? order(a.text, b.text) : order(a.kind, b.kind)));
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
