import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { checkPort, freePorts } from "./ports";

describe("ports", () => {
  it("that are busy are refused with a sentence that names them", async () => {
    const { one, other } = await freePorts(["one", "other"]);
    expect(one).not.toBe(other);
    await checkPort("127.0.0.1", one);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(one, "127.0.0.1", resolve));
    await expect(checkPort("127.0.0.1", one)).rejects.toThrow(new RegExp(`${one}.*PORT=${one + 1}`));
    await expect(checkPort("0.0.0.0", one)).rejects.toThrow(String(one));
    await new Promise((resolve) => server.close(resolve));
  });

  it("of an address that this machine does not have are refused", async () => {
    await expect(checkPort("192.0.2.1", 3000)).rejects.toThrow("192.0.2.1");
  });
});
