import type { Item } from "../item.ts";
import type { Out } from "../out.ts";
import type { Members } from "./members.ts";

/** An item's two faces: what of it stands in a document beside its kind and offset, and its bytes from that. */
export interface Form<I extends Item> {
  readonly toJson: (item: I) => { readonly [key: string]: unknown };
  readonly write: (out: Out, json: Members) => void;
}
