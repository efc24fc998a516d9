import { readFileSync } from "node:fs";
import type { Credentials } from "../credentials.ts";

/** Of one of the parties in fixtures/tls; it trusts those that `authority` signed. */
export function credentialsOf(party: string, authority = "authority", peer?: string): Credentials {
  const read = (name: string): string => readFileSync(`fixtures/tls/${name}`, "utf8");
  return { ca: read(`${authority}.pem`), cert: read(`${party}.pem`), key: read(`${party}.key`), ...(peer === undefined ? {} : { peer }) };
}
