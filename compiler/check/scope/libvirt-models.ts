import data from "./libvirt-models.json" with { type: "json" };

/**
 * What libvirt's words mean in QOM types. Paths name elements below `<domain>` (`devices/disk`); a place within an element is
 * `child@attribute`, `@attribute`, or `child` alone for whether it is there. `$board`, `$domain` and `$machine` are facts of the domain.
 */
export interface LibvirtModels {
  readonly version: number;
  readonly source: string;
  readonly boards: readonly Board[];
  readonly elements: Readonly<Record<string, ElementModels>>;
  readonly implicit: readonly ImplicitDevice[];
  /** Elements whose children are looked at one by one. */
  readonly containers: readonly string[];
  /** Elements known to bring no device, with all that is in them. */
  readonly withoutDevices: readonly string[];
  readonly addressTypes: readonly string[];
  /** Types that come along with a type. */
  readonly brings: Readonly<Record<string, readonly string[]>>;
  /** Other names that QEMU's `-device` takes for a type. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Types that no known build describes: they are real, but no metadata can hold them. */
  readonly withoutDescription: readonly string[];
}

/** Devices that are there whenever the machine is. */
export interface Board extends Pick<Outcome, "types"> {
  readonly name: string;
  readonly machines: readonly string[];
}

/** An element's meaning: the first row whose conditions hold, else the models under the values of `by`, joined by spaces. */
export interface ElementModels {
  /** What to call a value in a report, and its place. */
  readonly by: Readonly<Record<string, string>>;
  /** What libvirt takes an absent value for. */
  readonly assume?: readonly { readonly when: Conditions; readonly set: Readonly<Record<string, string>> }[];
  readonly rows?: readonly (Outcome & { readonly when: Conditions })[];
  readonly models: Readonly<Record<string, readonly string[]>>;
}

/** What libvirt adds of itself when an element is there and another is not. */
export interface ImplicitDevice extends Outcome {
  readonly has: { readonly element: string; readonly when?: Conditions };
  readonly hasNot: { readonly element: string; readonly when?: Conditions };
}

export interface Outcome {
  readonly types: readonly string[];
  /** Types that are therefore not there. */
  readonly without?: readonly string[];
  /** Why the types are a guess; goes to the scope's unknown. */
  readonly unsure?: string;
}

/** Place to accepted value or values; "" is absent, and a value that ends with * is a prefix. */
export type Conditions = Readonly<Record<string, string | readonly string[]>>;

/** Rows of a JSON file differ in shape, which TypeScript takes for optional properties that may be undefined; the test reads every row. */
export const LIBVIRT_MODELS = data as unknown as LibvirtModels;
