import { hex64 } from "../../codec/json.ts";
import { MESSAGES } from "../payload-fields.ts";
import { BITMAP_END } from "../read/return-path.ts";
import type { MessageItem, ReceivedBitmapItem } from "../wire-item.ts";
import type { Form } from "./form.ts";
import { base64 } from "./members.ts";
import { payloadOf, payloadToJson } from "./payload-form.ts";

export const message: Form<MessageItem> = {
  toJson: ({ message, payload }) => ({ message: MESSAGES[message]?.name ?? message, ...payloadToJson(MESSAGES[message]?.fields, payload) }),
  write: (out, json) => {
    const given = json.get("message");
    const known = MESSAGES.findIndex(({ name }) => name === given);
    const payload = payloadOf(MESSAGES[known]?.fields, json);
    out.be16(known >= 0 ? known : json.number("message", 0xffff));
    out.be16(payload.length);
    out.put(payload);
  },
};

export const receivedBitmap: Form<ReceivedBitmapItem> = {
  toJson: ({ bitmap, mark }) => ({ data: base64(bitmap), ...(mark === BITMAP_END ? {} : { mark: hex64(mark) }) }),
  write: (out, json) => {
    const bitmap = json.base64("data");
    out.be64(bitmap.length);
    out.put(bitmap);
    out.be64(json.get("mark") === undefined ? BITMAP_END : json.bits64("mark"));
  },
};
