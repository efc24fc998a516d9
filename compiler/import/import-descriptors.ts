import { existsSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import type { Metadata } from "../describe/index.ts";
import { programOf } from "../program.ts";
import { type Existing, readExisting } from "./existing.ts";
import { type Family, isSection } from "./family.ts";
import { gather } from "./gather.ts";
import { topNames } from "./import-into.ts";
import { type Input, toInput } from "./input.ts";
import { joinVmsd } from "./join.ts";
import { isLanguage, languageFinder } from "./language.ts";
import { type Mark, marksIn } from "./marks.ts";
import { matchExisting } from "./match.ts";
import { fileFrom, nameFamilies } from "./names.ts";
import { sortInputs } from "./order.ts";
import { placeFamilies } from "./place.ts";
import { planAll } from "./plan-all.ts";
import { type Declared, type Surroundings, TargetFile } from "./target-file.ts";
import { type Done, writeAll } from "./work.ts";

export interface ImportRequest {
  readonly inputs: readonly Metadata[];
  /** Folder that paths are reported relative to. */
  readonly root: string;
  /** Folder of the descriptors, relative to the root. */
  readonly folder: string;
  /** Descriptors that are there, relative to the root. */
  readonly files: readonly string[];
  /** Names of vmsds or QOM types of the sections that are wanted; all when left out. */
  readonly sections?: readonly string[] | undefined;
  /** Only those that are declared already. */
  readonly isDeclared?: boolean | undefined;
  /** Where a new file finds the language; left out: as the files beside it do. */
  readonly schema?: string | undefined;
}

export interface ImportedFile {
  /** Relative to the root. */
  readonly path: string;
  readonly text: string;
  readonly isNew: boolean;
}

export interface Imported extends Done {
  /** Files whose text is another than that on disk. */
  readonly files: readonly ImportedFile[];
  /** Everything of which the metadata does not say all, in every file that was looked at. */
  readonly marks: readonly Mark[];
  /** Sections of the old style, which nothing describes. */
  readonly undescribed: readonly string[];
  /** Names that were asked for and that no input has. */
  readonly unknown: readonly string[];
}

/** Writes descriptors from metadata, and completes those that are there. Nothing goes to disk. Throws SchemaErrors when those do not compile. */
export function importDescriptors(request: ImportRequest): Imported {
  const inputs = sortInputs(request.inputs.map(toInput));
  const families = gather(inputs);
  const facts = families.map((family) => joinVmsd(family, inputs));
  const existing = readExisting(request.root, request.files);
  const matches = matchExisting(facts, existing);
  const declared = Object.values(existing.ir.vmsds);
  const plans = planAll(facts, inputs, matches, new Set(declared.flatMap(({ properties }) => Object.keys(properties))));
  const ids = nameFamilies(
    families,
    new Map(
      [...matches].map(
        ([
          family,
          {
            existing: { vmsd },
          },
        ]) => [family, vmsd.id],
      ),
    ),
    namesIn(existing),
  );
  const owners = placeFamilies(families);
  const folder = resolve(request.root, request.folder);
  const targets = new Map<string, TargetFile>();

  const declaredAt = (family: Family): Declared => {
    const id = ids.get(family) as string;
    const match = matches.get(family);
    if (match !== undefined) return { id, local: match.existing.local, path: resolve(match.existing.file.getFilePath()) };
    const owner = owners.get(family) ?? family;
    return { id, local: id, path: owner === family ? join(folder, fileFrom(id)) : declaredAt(owner).path };
  };
  const around: Surroundings = { declaredAt, isLanguage, languageFrom: languageFinder(existing.files, request.schema) };
  const target = (path: string): TargetFile => {
    const known = targets.get(path);
    if (known !== undefined) return known;
    const file = existing.files.get(path) ?? (existsSync(path) ? existing.project.addSourceFileAtPath(path) : undefined);
    const made = new TargetFile(path, file ?? existing.project.createSourceFile(path, ""), file?.getFullText(), around);
    targets.set(path, made);
    return made;
  };

  const wanted = request.sections;
  const isWanted = (family: Family): boolean => wanted === undefined || wanted.some((name) => isNamed(family, name));
  const sections = families.filter(
    (family) => isSection(family) && isWanted(family) && (request.isDeclared !== true || matches.has(family)),
  );
  const types = new Set(declared.flatMap((vmsd) => vmsd.types));
  const done = writeAll(sections, { plans, matches, declaredAt, target, program: programOf(existing.ir.vmsds), types });

  const shown = (path: string): string => relative(request.root, path).split(sep).join("/");
  const all = [...targets.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    files: all.flatMap(({ path, text, before }) => (text === before ? [] : [{ path: shown(path), text, isNew: before === undefined }])),
    ...done,
    marks: all.flatMap(({ file, path }) => marksIn(file, shown(path))),
    undescribed: undescribedIn(inputs),
    unknown: (wanted ?? []).filter((name) => !families.some((family) => isSection(family) && isNamed(family, name))),
  };
}

function isNamed({ name, types }: Family, wanted: string): boolean {
  return name === wanted || types.has(wanted);
}

/** Everything that has a name at the top of a file. */
function namesIn({ ir, files }: Existing): Set<string> {
  return new Set([...Object.keys(ir.vmsds), ...Object.keys(ir.machines), ...[...files.values()].flatMap(topNames)]);
}

function undescribedIn(inputs: readonly Input[]): string[] {
  const names = inputs.flatMap((input) => (input.is === "stream" ? input.devices.filter(({ isBlob }) => isBlob).map(({ id }) => id) : []));
  return [...new Set(names)].toSorted();
}
