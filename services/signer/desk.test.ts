import { createHash, createPublicKey, verify } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SignerKeys } from "./keys";
import { actOf, municipality, owner, type Served, serve } from "./test/served";

let signer: Served;
beforeAll(async () => {
  signer = await serve();
});
afterAll(() => signer.close());

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe("the trial signer's folder and desk", () => {
  it("are open to their account alone", async () => {
    await signer.client.passkey(owner("laura"));
    await signer.client.recoveryKey("Comune");
    const folder = join(signer.folder, "signer");
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    expect(entries.length).toBeGreaterThan(4);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    for (const entry of entries) {
      const { mode } = await stat(join(entry.parentPath, entry.name));
      expect(mode & 0o777, entry.name).toBe(entry.isDirectory() ? 0o700 : 0o600);
    }
  });

  it("make a person's key once, also when asked at the same time and after a restart", async () => {
    const [first, second] = await Promise.all([
      signer.client.passkey(owner("enzo")),
      signer.client.passkey(owner("enzo")),
    ]);
    expect(second).toEqual(first);
    const again = await SignerKeys.open(join(signer.folder, "signer"));
    expect(await again.passkey(owner("enzo"))).toEqual(first);
    expect(await again.recoveryFingerprints()).toBe(await signer.keys.recoveryFingerprints());
  });

  it("sign for whoever has a key, and for nobody else", async () => {
    const { credential } = await signer.client.passkey(owner("laura"));
    const assertion = await signer.client.sign(municipality, "laura", [actOf("laura")]);
    expect(assertion.credential).toBe(credential);
    await expect(signer.client.sign(municipality, "nobody", [actOf("nobody")])).rejects.toThrow("404");
    await expect(signer.client.sign("001001", "laura", [actOf("laura")])).rejects.toThrow("404");
  });

  it("sign foundings and recoveries with recovery keys, and nothing else", async () => {
    const spki = Buffer.from(await signer.client.recoveryKey("Case"), "base64");
    const key = createPublicKey({ key: spki, format: "der", type: "spki" });
    const text = "cocity founding 1\n{}";
    const signature = Buffer.from(await signer.client.signRecovery("Case", text), "base64url");
    expect(verify("sha256", Buffer.from(text), key, signature)).toBe(true);
    expect(await signer.keys.recoveryFingerprints()).toContain(`CaseMSP:${sha256(spki)}`);
    await expect(signer.client.signRecovery("Case", `cocity act 1\n${actOf("laura")}`)).rejects.toThrow(
      "400",
    );
  });

  it.each([
    ["/assertion", "{}", 400],
    ["/assertion", "not JSON", 400],
    ["/passkey", JSON.stringify({ ...owner("laura"), person: "../../secrets" }), 400],
    ["/passkey", "x".repeat(4_000_001), 400],
    ["/toString", "{}", 404],
  ])("answer %s with %.20s… by a refusal", async (path, body, status) => {
    expect(await post(path, body)).toBe(status);
  });

  it("never say a private key", async () => {
    const folder = join(signer.folder, "signer", "people");
    const [file = ""] = await readdir(folder);
    const { privateKey } = JSON.parse(await readFile(join(folder, file), "utf8")) as { privateKey: string };
    expect(privateKey).toContain("PRIVATE KEY");
    const said = JSON.stringify(await signer.client.passkey(owner("laura")));
    expect(said).not.toContain("PRIVATE");
  });
});

function post(path: string, body: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath: signer.socket, path, method: "POST" }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on("error", reject);
    asked.end(body);
  });
}
