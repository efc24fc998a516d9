import { writeState } from "../description/write-state.ts";
import { COMMANDS, MAGIC, TYPE } from "../format.ts";
import type {
  CommandItem,
  ConfigurationItem,
  ConfigurationSubsection,
  DescriptionItem,
  EofItem,
  FooterItem,
  HeaderItem,
  PartItem,
  RestItem,
  StartItem,
} from "../item.ts";
import type { Out } from "../out.ts";
import { COMMAND_FIELDS, type PayloadField } from "../payload-fields.ts";
import type { Form } from "./form.ts";
import { base64, type Members } from "./members.ts";
import { payloadOf, payloadToJson } from "./payload-form.ts";

export const header: Form<HeaderItem> = {
  toJson: ({ version }) => ({ version }),
  write: (out, json) => {
    out.be32(MAGIC);
    out.be32(json.be32("version"));
  },
};

export const configuration: Form<ConfigurationItem> = {
  toJson: ({ machine, subsections }) => ({
    machine,
    subsections: subsections.map((each) => ("uuid" in each ? { ...each, uuid: Buffer.from(each.uuid).toString("hex") } : each)),
  }),
  write: (out, json) => {
    const machine = json.text("machine", 2 ** 20);
    out.u8(TYPE.configuration);
    out.be32(machine.length);
    out.put(Buffer.from(machine, "latin1"));
    for (const each of json.list("subsections")) {
      out.u8(TYPE.subsection);
      out.name(each.name("name"));
      out.be32(each.be32("version"));
      CONFIGURATION_FIELDS[each.name("name") as ConfigurationSubsection["name"]]?.(out, each);
    }
  },
};

const CONFIGURATION_FIELDS: Readonly<Record<ConfigurationSubsection["name"], (out: Out, json: Members) => void>> = {
  "configuration/target-page-bits": (out, json) => out.be32(json.be32("bits")),
  "configuration/capabilities": (out, json) => {
    const names = json.get("capabilities");
    if (!Array.isArray(names) || !names.every((name) => typeof name === "string" && name.length <= 255))
      throw json.wrong("type", "capabilities", "is a list of names");
    out.be32(names.length);
    for (const name of names) out.name(name as string);
  },
  "configuration/uuid": (out, json) => {
    out.put(json.uuid("uuid"));
  },
};

export const start: Form<StartItem> = {
  toJson: ({ id, name, instance, version }) => ({ id, name, instance, version }),
  write: (out, json) => writeHead(out, TYPE.start, json),
};

export const part: Form<PartItem> = {
  toJson: ({ id }) => ({ id }),
  write: (out, json) => {
    out.u8(json.get("item") === "part" ? TYPE.part : TYPE.end);
    out.be32(json.be32("id"));
  },
};

/** A device's section; its fields stand beside its head. */
export function writeSection(out: Out, json: Members): void {
  writeHead(out, TYPE.full, json);
  writeState(out, json.all, json.name("name"));
}

function writeHead(out: Out, type: number, json: Members): void {
  out.u8(type);
  out.be32(json.be32("id"));
  out.name(json.name("name"));
  out.be32(json.be32("instance"));
  out.be32(json.be32("version"));
}

export const footer: Form<FooterItem> = {
  toJson: ({ id }) => ({ id }),
  write: (out, json) => {
    out.u8(TYPE.footer);
    out.be32(json.be32("id"));
  },
};

export const command: Form<CommandItem> = {
  toJson: ({ command, payload }) => ({ command: COMMANDS[command]?.name ?? command, ...payloadToJson(fieldsOf(command), payload) }),
  write: (out, json) => {
    const given = json.get("command");
    const known = COMMANDS.findIndex(({ name }) => name === given);
    const payload = payloadOf(fieldsOf(known), json);
    out.u8(TYPE.command);
    out.be16(known >= 0 ? known : json.number("command", 0xffff));
    out.be16(payload.length);
    out.put(payload);
  },
};

function fieldsOf(command: number): readonly PayloadField[] | undefined {
  return COMMAND_FIELDS.get(COMMANDS[command]?.name ?? "");
}

export const eof: Form<EofItem> = { toJson: () => ({}), write: (out) => out.u8(TYPE.eof) };

export const description: Form<DescriptionItem> = {
  toJson: ({ text }) => ({ text: Buffer.from(text).toString("latin1") }),
  write: (out, json) => {
    const text = Buffer.from(json.text("text", 2 ** 29), "latin1");
    out.u8(TYPE.description);
    out.be32(text.length);
    out.put(text);
  },
};

export const rest: Form<RestItem> = {
  toJson: ({ data }) => ({ data: base64(data) }),
  write: (out, json) => out.put(json.base64("data")),
};
