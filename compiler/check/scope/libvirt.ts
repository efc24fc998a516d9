import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from "saxes";
import { InputError } from "../../describe/index.ts";
import type { Scope } from "../compare.ts";
import { LIBVIRT_MODELS } from "./libvirt-models.ts";
import { translateDomain } from "./translate-domain.ts";
import type { XmlElement } from "./xml-tree.ts";

const QEMU = "http://libvirt.org/schemas/domain/qemu/1.0";

/** A domain has some hundred elements, nested less than ten deep; the limits only bound the memory that hostile text takes. */
const MAX_ELEMENTS = 100_000;
const MAX_DEPTH = 100;

/**
 * Reads the devices of a libvirt domain's XML. A document type is read over and its entities stay unknown, so none expands.
 * Throws InputError: XML_SYNTAX with line and column, XML_TOO_LARGE, NOT_A_SCOPE when the root is no domain.
 */
export function readLibvirt(text: string, path: string): Scope {
  const root = parseXml(text, path);
  if (root.name !== "domain") {
    throw new InputError("NOT_A_SCOPE", path, `The XML's outermost element is <${root.name}>; a libvirt domain begins with <domain>.`);
  }
  return translateDomain(root, LIBVIRT_MODELS);
}

function parseXml(text: string, path: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true });
  const fail = (code: string, message: string): never => {
    const position = { line: parser.line, column: Math.max(1, parser.columnIndex), offset: parser.position };
    throw new InputError(code, path, message, position);
  };
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  let count = 0;
  parser.on("error", ({ message }) => fail("XML_SYNTAX", `The XML is malformed: ${message.replace(/^\d+:\d+: |\.$/g, "")}.`));
  parser.on("opentag", (tag) => {
    const element = { name: nameOf(tag), attributes: attributesOf(tag.attributes), children: [] };
    if (++count > MAX_ELEMENTS) fail("XML_TOO_LARGE", `The XML has more than ${MAX_ELEMENTS} elements.`);
    if (open.length >= MAX_DEPTH) fail("XML_TOO_LARGE", `The XML is nested deeper than ${MAX_DEPTH} levels.`);
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on("closetag", () => open.pop());
  parser.write(text).close();
  return root ?? fail("XML_SYNTAX", "The XML has no element.");
}

/** libvirt goes by the namespace, whatever its prefix; other namespaces keep theirs and so match nothing. */
function nameOf(tag: SaxesTagNS): string {
  if (tag.uri === QEMU) return `qemu:${tag.local}`;
  return tag.uri === "" ? tag.local : `${tag.prefix}:${tag.local}`;
}

function attributesOf(attributes: Readonly<Record<string, SaxesAttributeNS>>): Map<string, string> {
  return new Map(Object.values(attributes).map(({ name, value }) => [name, value]));
}
