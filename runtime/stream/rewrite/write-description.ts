import { isMembers, type Json, type Members, membersOf, parseMembers } from "../description/json.ts";
import { styleOf, writeJson } from "../description/write-json.ts";
import type { DescriptionItem } from "../item.ts";
import { latin1 } from "../window.ts";
import type { DroppedSection } from "./drop-sections.ts";
import { dropFromLayout } from "./drop-subsections.ts";
import type { Edits } from "./edits.ts";

/** A section that was written, and how many bytes its body has. */
export interface WrittenSection {
  readonly name: string;
  readonly instance: number;
  readonly size: number;
}

/** The description of what was kept, in the style of the one that came. */
export function editDescription({ at, bytes, text }: DescriptionItem, edits: Edits, dropped: readonly DroppedSection[]): Uint8Array {
  const before = latin1(text, 0, text.length);
  const names = new Set(edits.dropSubsections);
  const whole = parseMembers(before, at + bytes - text.length) as Members;
  const list = whole.list.map(([key, value]): [string, Json] => {
    if (key === "devices" && Array.isArray(value)) return [key, devices(value)];
    if (key === "configuration" && isMembers(value)) return [key, withMachine(dropFromLayout(value, names), edits.machine?.length)];
    return [key, value];
  });
  return Buffer.from(writeJson(membersOf(list), styleOf(before)), "latin1");

  function devices(all: readonly Json[]): Json[] {
    const isDropped = (each: Members): boolean =>
      dropped.some(({ name, instance }) => each.get("name") === name && each.get("instance_id") === instance);
    return all
      .filter((each) => !(isMembers(each) && isDropped(each)))
      .map((each) => (isMembers(each) ? dropFromLayout(each, names) : each));
  }
}

/** A description of sections of which only their sizes are known, as QEMU writes it of devices without a vmsd. */
export function describeSizes(sections: readonly WrittenSection[], pageSize: number): Uint8Array {
  const device = ({ name, instance, size }: WrittenSection): Members => {
    const data = membersOf([
      ["name", "data"],
      ["size", size],
      ["type", "buffer"],
    ]);
    return membersOf([
      ["name", name],
      ["instance_id", instance],
      ["size", size],
      ["fields", [data]],
    ]);
  };
  const whole = membersOf([
    ["page_size", pageSize],
    ["devices", sections.map(device)],
  ]);
  return Buffer.from(writeJson(whole, "compact"), "latin1");
}

/** QEMU 10.0 describes the configuration section too: its name has as many bytes as it has. */
function withMachine(configuration: Members, length: number | undefined): Members {
  if (length === undefined) return configuration;
  const fields = configuration.get("fields");
  if (!Array.isArray(fields)) return configuration;
  const sized = (fields as readonly Json[]).map((field) =>
    isMembers(field) && field.get("name") === "name"
      ? membersOf(field.list.map(([key, value]): [string, Json] => [key, key === "size" ? length : value]))
      : field,
  );
  return membersOf(configuration.list.map(([key, value]): [string, Json] => [key, key === "fields" ? sized : value]));
}
