import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { Addresses, addressOf } from "./addresses";

describe("the address of who asks", () => {
  it.each([
    ["127.0.0.1", "", "127.0.0.1"],
    ["::ffff:192.0.2.1", "", "192.0.2.1"],
    ["192.0.2.1", "198.51.100.1", "192.0.2.1"],
    ["10.0.0.1", "spoofed, 198.51.100.1", "198.51.100.1"],
    ["10.0.0.1", "198.51.100.1, spoofed", "10.0.0.1"],
    ["2001:db8:0:1:2:3:4:5", "", "2001:db8:0:1"],
    ["2001:db8::1", "", "2001:db8:0:0"],
    ["10.0.0.1", "2001:0db8:0:0001::5", "2001:db8:0:1"],
    ["::1", "", "0:0:0:0"],
  ])("from %s with «%s» is %s", (peer, forwarded, expected) => {
    const socket = new Socket();
    Object.defineProperty(socket, "remoteAddress", { value: peer });
    const request = new IncomingMessage(socket);
    if (forwarded) request.headers["x-forwarded-for"] = forwarded;
    expect(addressOf(request, new Set(["10.0.0.1"]))).toBe(expected);
  });
});

describe("bodies that are held", () => {
  it("are not more than fit, and make room when they go", () => {
    const addresses = new Addresses();
    const first = addresses.hold("a");
    first.count(150_000_000);
    const second = addresses.hold("b");
    expect(() => second.count(100_000_000)).toThrow("busy");
    first.release();
    first.release();
    second.count(100_000_000);
    expect(() => addresses.hold("c").count(150_000_000)).toThrow("busy");
  });

  it("are so many of one address", () => {
    const addresses = new Addresses();
    for (let turn = 0; turn < 64; turn += 1) addresses.hold("a");
    expect(() => addresses.hold("a")).toThrow("too_many_at_once");
    addresses.hold("b");
  });
});
