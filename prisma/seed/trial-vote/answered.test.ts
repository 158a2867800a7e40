import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { answered, TRIES } from "./answered";

let server: Server | undefined;
afterEach(() => server?.close());

async function serving(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

it("is had after a broken connection and an answer that the site cannot give yet", async () => {
  let asked = 0;
  const address = await serving((request, response) => {
    asked += 1;
    if (asked === 1) request.socket.destroy();
    else response.writeHead(asked === 2 ? 503 : 200).end("all of it");
  });
  expect(await (await answered(address, 1)).text()).toBe("all of it");
  expect(asked).toBe(3);
});

it("is given up after the last try, with what it was answered", async () => {
  let asked = 0;
  const address = await serving((_, response) => {
    asked += 1;
    response.writeHead(404).end();
  });
  await expect(answered(address, 1)).rejects.toThrow(`${address}: 404`);
  expect(asked).toBe(TRIES);
});
