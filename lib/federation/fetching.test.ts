import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { followable, isPublicAddress } from "@/lib/outside/addresses";
import { Unreachable } from "@/lib/outside/unreachable";
import { Fetching } from "./fetching";

let server: Server;
let origin: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === "/away") return void response.writeHead(302, { location: "/here" }).end();
    if (request.url === "/long") return void response.end("x".repeat(2_000));
    if (request.url === "/endless") return void response.write("x");
    response.end("here");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const bounds = { requests: 2, bytes: 1_000, milliseconds: 1_000 };

describe("an address that a member of the federation names", () => {
  it.each([
    ...["http://id.example.org/", "ftp://id.example.org/", "file:///etc/passwd", "no address"],
    ...["https://user:word@id.example.org/", "https://id.example.org/#part"],
    ...["https://127.0.0.1/", "https://10.1.2.3/", "https://169.254.169.254/latest", "https://[::1]/"],
    ...["https://[::ffff:10.0.0.1]/", "https://[fd00::1]/", "https://0x7f000001/", "https://2130706433/"],
    ...["https://[64:ff9b::a00:1]/", "https://[2002:a00:1::]/", "https://0.0.0.0/", "https://100.64.0.1/"],
  ])("is not followed: %s", (address) => {
    expect(() => followable(address, "public")).toThrow(Unreachable);
  });

  it("is followed by https to a public host, and on this machine only where the site is there alone", () => {
    expect(followable("https://id.example.org/a?b=c", "public").href).toBe("https://id.example.org/a?b=c");
    expect(followable("http://127.0.0.1:3000/", "loopback").port).toBe("3000");
    expect(() => followable("http://10.0.0.1/", "loopback")).toThrow();
    expect(isPublicAddress("8.8.8.8")).toBe(true);
    expect(isPublicAddress("2a00:1450::1")).toBe(true);
  });

  it("is not followed to a name of a private number", async () => {
    await expect(new Fetching(false).text("https://localhost:1/")).rejects.toThrow(/EPRIVATE/);
  });
});

describe("a budget of requests", () => {
  it("ends after so many", async () => {
    const fetching = new Fetching(true, bounds);
    expect(await fetching.text(`${origin}/here`)).toBe("here");
    expect(await fetching.text(`${origin}/here`)).toBe("here");
    await expect(fetching.text(`${origin}/here`)).rejects.toThrow(/too many/);
  });

  it("takes no answer that is too long, leads elsewhere or does not end", async () => {
    await expect(new Fetching(true, bounds).text(`${origin}/long`)).rejects.toThrow(/too long/);
    await expect(new Fetching(true, bounds).text(`${origin}/away`)).rejects.toThrow(/302/);
    await expect(new Fetching(true, bounds).text(`${origin}/endless`)).rejects.toThrow(/unreachable/);
  });
});
