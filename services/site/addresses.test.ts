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

describe("connections", () => {
  const from = (address: string) => {
    const socket = new Socket();
    Object.defineProperty(socket, "remoteAddress", { value: address });
    return socket;
  };
  const proxies = new Set(["10.0.0.1"]);

  it("of one address leave room for the others, and a proxy has as many as it needs", () => {
    const addresses = new Addresses();
    const made = Array.from({ length: 1_000 }, () => addresses.connect(from("192.0.2.1"), proxies));
    const late = from("::ffff:192.0.2.1");
    expect(addresses.connect(late, proxies)).toBeUndefined();
    expect(late.destroyed).toBe(true);
    expect(addresses.connect(from("192.0.2.2"), proxies)).toBeDefined();
    for (let turn = 0; turn < 2_000; turn += 1)
      expect(addresses.connect(from("10.0.0.1"), proxies)).toBeDefined();
    made[0]?.();
    expect(addresses.connect(from("192.0.2.1"), proxies)).toBeDefined();
  });
});

describe("bodies that are held", () => {
  it("are not more than fit, and make room when they go", () => {
    const addresses = new Addresses();
    const bodies = ["a", "b", "c"].map((address) => addresses.hold(address));
    for (const { count } of bodies) count(60_000_000);
    const late = addresses.hold("d");
    expect(() => late.count(30_000_000)).toThrow("busy");
    bodies[0]?.release();
    bodies[0]?.release();
    late.count(30_000_000);
    expect(() => addresses.hold("e").count(60_000_000)).toThrow("busy");
  });

  it("of one address leave room for the others", () => {
    const addresses = new Addresses();
    const [first, second] = [addresses.hold("a"), addresses.hold("a")];
    first.count(40_000_000);
    expect(() => second.count(30_000_000)).toThrow("too_many_at_once");
    addresses.hold("b").count(40_000_000);
    first.release();
    second.count(30_000_000);
  });

  it("are so many of one address", () => {
    const addresses = new Addresses();
    for (let turn = 0; turn < 64; turn += 1) addresses.hold("a");
    expect(() => addresses.hold("a")).toThrow("too_many_at_once");
    addresses.hold("b");
  });
});
