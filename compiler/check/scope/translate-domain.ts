import type { Scope } from "../compare.ts";
import type { Conditions, LibvirtModels, Outcome } from "./libvirt-models.ts";
import { accepts, describe, holds, type Lookup, lookupOf, outcomeOf } from "./match-models.ts";
import { newScope } from "./new-scope.ts";
import { readArguments } from "./qemu-arguments.ts";
import { valueAt, type XmlElement } from "./xml-tree.ts";

interface Found {
  readonly path: string;
  readonly element: XmlElement;
  readonly parent: string;
  readonly look: Lookup;
}

/**
 * The QOM types that a domain's elements stand for. Nothing is left out in silence: an element, model, bus or address that the
 * models do not know is listed in the scope's unknown, and what is known stays.
 */
export function translateDomain(domain: XmlElement, models: LibvirtModels): Scope {
  const types = new Set<string>();
  const without = new Set<string>();
  const unknown = new Set<string>();
  const take = (outcome: Outcome): void => {
    for (const type of outcome.types) types.add(type);
    for (const type of outcome.without ?? []) without.add(type);
    if (outcome.unsure !== undefined) unknown.add(outcome.unsure);
  };

  const machine = valueAt(domain, "os/type@machine");
  const board = models.boards.find(({ machines }) => machines.some((pattern) => accepts(pattern, machine)));
  if (board !== undefined) take(board);
  else unknown.add(machine === "" ? "domain without a machine type" : `machine type '${machine}'`);

  const facts = { $machine: machine, $board: board?.name ?? "", $domain: valueAt(domain, "@type") };
  const found = walk(domain, models, facts);
  for (const { path, element, parent, look } of found) {
    const rule = own(models.elements, path);
    if (rule !== undefined) {
      const outcome = outcomeOf(rule, look);
      if (outcome === undefined) unknown.add(describe(element.name, rule, look));
      else take(outcome);
      const address = valueAt(element, "address@type");
      if (address !== "" && !models.addressTypes.includes(address)) unknown.add(`${element.name} address type '${address}'`);
    } else if (path === "qemu:commandline") {
      const named = readArguments(element, models.aliases);
      take({ types: named.types });
      for (const argument of named.unknown) unknown.add(argument);
    } else if (!models.withoutDevices.includes(path) && !models.containers.includes(path)) {
      unknown.add(`element <${element.name}> in <${parent}>`);
    }
  }

  const isThere = ({ element, when = {} }: { readonly element: string; readonly when?: Conditions }): boolean =>
    found.some(({ path, look }) => path === element && holds(when, look));
  for (const device of models.implicit) if (isThere(device.has) && !isThere(device.hasNot)) take(device);
  // A set that grows while it is walked: what is brought may bring more.
  for (const type of types) for (const brought of own(models.brings, type) ?? []) types.add(brought);
  const present = [...types].filter((type) => !without.has(type));
  return newScope("libvirt", present, unknown);
}

/** Every element that has to mean something: all children of a container, of other elements those that the models name. */
function walk(domain: XmlElement, models: LibvirtModels, facts: Readonly<Record<string, string>>): Found[] {
  const found: Found[] = [];
  const enter = (element: XmlElement, path: string, parent: string): void => {
    found.push({ path, element, parent, look: lookupOf(element, own(models.elements, path), facts) });
    const everyChild = models.containers.includes(path);
    for (const child of element.children) {
      const childPath = path === "domain" ? child.name : `${path}/${child.name}`;
      if (everyChild || own(models.elements, childPath) !== undefined) enter(child, childPath, element.name);
    }
  };
  enter(domain, "domain", "");
  return found;
}

/** A value of a table; names come from a file, so `constructor` must not be found. */
function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
