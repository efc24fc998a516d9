import { expect, test } from "vitest";
import { bytesOf } from "./bytes-of.ts";
import { wrongWith } from "./wrong-with.ts";

const HEADER = "'QEVM' 00000003";
const RAM = `${HEADER} 01 00000002 n:'ram' 00000000 00000004 0000000000002004 n:'pc.ram' 0000000000002000`;
const END = "0000000000000010 7e 00000002 00";

test.each([
  ["no stream", "'QEVN' 00000003 00", ["not-a-stream @ 0 "]],
  ["an old version", "'QEVM' 00000002 00", ["not-a-stream @ 4 "]],
  ["a machine's name of 4 GiB", `${HEADER} 07 ffffffff 'pc' 00`, ["bad-length @ 9 configuration"]],
  [
    "2^32 - 1 capabilities",
    `${HEADER} 07 00000002 'pc' 05 n:'configuration/capabilities' 00000001 ffffffff`,
    ["bad-length @ 47 configuration"],
  ],
  [
    "pages of 2^40 bytes",
    `${HEADER} 07 00000002 'pc' 05 n:'configuration/target-page-bits' 00000001 00000028`,
    ["bad-value @ 51 configuration"],
  ],
  [
    "a subsection of the configuration that nobody knows",
    `${HEADER} 07 00000002 'pc' 05 n:'x/y' 00000001 00`,
    ["unknown-section @ 16 configuration"],
  ],
  ["a type that does not exist", `${HEADER} 7f 00`, ["unknown-type @ 8 "]],
  ["a part of nothing", `${HEADER} 02 00000007 00`, ["unknown-section @ 9 "]],
  ["a command that does not exist", `${HEADER} 08 00ff 0000 00`, ["unknown-command @ 9 command"]],
  ["a command that none sends", `${HEADER} 08 0000 0000 00`, ["unknown-command @ 9 command/invalid"]],
  ["a ping of two bytes", `${HEADER} 08 0002 0002 0000 00`, ["bad-length @ 11 command/ping"]],
  ["a package of 4 GiB", `${HEADER} 08 0007 0004 ffffffff 04 00000001 n:'timer' 00000000 00000002`, ["limit @ 17 timer"]],
  [
    "a list of blocks beyond its sum",
    `${HEADER} 01 00000002 n:'ram' 00000000 00000004 0000000000001004 n:'pc.ram' 0000000000002000`,
    ["bad-length @ 40 ram"],
  ],
  ["a sum of nearly 2^64", `${HEADER} 01 00000002 n:'ram' 00000000 00000004 fffffffffffff004`, ["limit @ 25 ram"]],
  ["a page before any block", `${RAM} 0000000000000028 00*4096 ${END}`, ["no-block @ 48 ram"]],
  ["a page of a block that is not listed", `${RAM} 0000000000000002 n:'vga' 00 ${END}`, ["unknown-block @ 56 ram"]],
  ["a page outside its block", `${RAM} 0000000000002002 n:'pc.ram' 00 ${END}`, ["outside-block @ 48 ram/pc.ram"]],
  ["a zero page of ones", `${RAM} 0000000000000002 n:'pc.ram' 01 ${END}`, ["bad-value @ 63 ram/pc.ram"]],
  ["a compressed page of 4 GiB", `${RAM} 0000000000000100 n:'pc.ram' ffffffff ${END}`, ["bad-length @ 63 ram"]],
  ["a compressed page that is none", `${RAM} 0000000000000100 n:'pc.ram' 00000002 0102 ${END}`, ["bad-compressed @ 48 ram/pc.ram"]],
  ["an xbzrle page longer than a page", `${RAM} 0000000000000040 n:'pc.ram' 01 ffff ${END}`, ["bad-length @ 64 ram"]],
  ["an xbzrle page with an empty run", `${RAM} 0000000000000040 n:'pc.ram' 01 0003 000000 ${END}`, ["bad-xbzrle @ 67 ram/pc.ram"]],
  ["flags that do not exist", `${RAM} 0000000000000400 ${END}`, ["unknown-record @ 48 ram"]],
  ["a mark with an offset", `${RAM} 0000000000001010 7e 00000002 00`, ["note: bad-value @ 48 ram"]],
  [
    "a part behind the end",
    `${RAM} 0000000000000010 7e 00000002 03 00000002 ${END.slice(0, -3)} 03 00000002 ${END}`,
    ["ended-before @ 79 ram"],
  ],
  [
    "ram of another version",
    `${HEADER} 01 00000002 n:'ram' 00000001 00000005 0000000000000010 7e 00000002 00`,
    ["bad-value @ 17 ram", "section-version @ 21 ram"],
  ],
  [
    "bits of a bitmap of 2^63 bytes",
    `${HEADER} 01 00000003 n:'dirty-bitmap' 00000000 00000001 40 0000000000000000 00000008 8000000000000000`,
    ["limit @ 47 dirty-bitmap"],
  ],
  ["a sector beyond anything", `${HEADER} 01 00000004 n:'block' 00000000 00000001 ffffffffffffff02`, ["limit @ 27 block"]],
  [
    "pages discarded outside their block",
    `${RAM} ${END.slice(0, -3)} 08 0006 0019 00 n:'pc.ram' 00 0000000000001000 0000000000002000 00`,
    ["outside-block @ 75 command/postcopy-ram-discard"],
  ],
  ["a description of 4 GiB", `${HEADER} 00 06 ffffffff 7b`, ["limit @ 10 description"]],
  ["bytes behind the end", `${HEADER} 00 01`, ["trailing-bytes @ 9 "]],
])("%s", (_, text, expected) => {
  expect(wrongWith(bytesOf(text)).filter((each) => !each.startsWith("note: ") || expected.includes(each))).toEqual(expected);
});
