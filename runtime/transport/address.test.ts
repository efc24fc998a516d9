import { expect, test } from "vitest";
import { formatTcp, isLoopback, parseAddress } from "./address.ts";

test.each([
  ["tcp:127.0.0.1:4444", { kind: "tcp", host: "127.0.0.1", port: 4444 }],
  ["tcp::0", { kind: "tcp", host: "", port: 0 }],
  ["tcp:[::1]:65535", { kind: "tcp", host: "::1", port: 65535 }],
  ["tcp:host.example:1", { kind: "tcp", host: "host.example", port: 1 }],
  ["unix:/run/a:b,c", { kind: "unix", path: "/run/a:b,c" }],
  ["exec:gzip -c > 'x:y'\necho", { kind: "exec", command: "gzip -c > 'x:y'\necho" }],
  ["fd:7", { kind: "fd", fd: 7 }],
  ["file:/a,b", { kind: "file", path: "/a,b", offset: 0 }],
  ["file:a,offset=0x1000", { kind: "file", path: "a", offset: 4096 }],
  ["file:a,offset=12", { kind: "file", path: "a", offset: 12 }],
])("%s is an address", (text, address) => expect(parseAddress(text)).toEqual(address));

test.each([
  "",
  "tcp",
  "tcp:",
  "tcp:host",
  "tcp:host:",
  "tcp:host:65536",
  "tcp:::1:80",
  "tcp:[::1]",
  "tcp:host:-1",
  "unix:",
  "exec:",
  "fd:",
  "fd:-1",
  "fd:x",
  "file:",
  "file:,offset=1",
  "file:a,offset=99999999999999999999",
  "file:a,offset=",
  "file:a,offset=9x",
  "file:a,offset=1,offset=2",
  "rdma:host:1",
  ":x",
  "/a/path",
  "constructor:1",
])("'%s' is none", (text) => {
  expect(() => parseAddress(text)).toThrow(expect.objectContaining({ name: "ChannelError", code: "usage", path: text }));
});

test("a host is of this host only where it says so itself", () => {
  expect(["localhost", "127.0.0.1", "127.1.2.3", "::1"].every(isLoopback)).toBe(true);
  expect(["", "0.0.0.0", "::", "10.0.0.1", "127.example", "127.0.0.1.example", "1127.0.0.1"].some(isLoopback)).toBe(false);
});

test("what is formatted is read again", () => {
  for (const host of ["127.0.0.1", "::1", "a.b"]) expect(parseAddress(formatTcp(host, 9))).toEqual({ kind: "tcp", host, port: 9 });
});
