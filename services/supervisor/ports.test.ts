import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { freePort } from "@/tests/free-port";
import { checkPort } from "./ports";

describe("the site's port", () => {
  it("is refused with a sentence that names it when it is busy", async () => {
    const port = await freePort();
    await checkPort("127.0.0.1", port);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    await expect(checkPort("127.0.0.1", port)).rejects.toThrow(new RegExp(`${port}.*PORT=${port + 1}`));
    await expect(checkPort("0.0.0.0", port)).rejects.toThrow(String(port));
    await new Promise((resolve) => server.close(resolve));
  });

  it("is refused at an address that this machine does not have", async () => {
    await expect(checkPort("192.0.2.1", 3000)).rejects.toThrow("192.0.2.1");
  });
});
