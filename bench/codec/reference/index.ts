// What the generated codec is held against: the fastest pair known by hand, with the checks that a real codec needs. Its tables of stores
// and loads are long on purpose: straight-line code at constant distances from one base is what makes it fast.
import type { Codec } from "../codec.ts";
import type { E1000State } from "../state.ts";
import { load } from "./load.ts";
import { loadInto } from "./load-into.ts";
import { save } from "./save.ts";

export const reference: Codec<E1000State> = { save, load, loadInto };
