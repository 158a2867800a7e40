import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { build } from "esbuild";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeChecks } from "@/chaincode/src/ledger/checks";
import { Authenticator } from "@/chaincode/testing/authenticator";
import { Assertion } from "@/protocol/acts/carried";
import { checkGesture, type GestureKey } from "@/protocol/acts/gesture";
import { actBytes } from "@/protocol/acts/signed-act";
import { coseAlgorithms } from "@/protocol/cose-algorithms";
import { launchBrowser } from "@/tests/browser/browser";
import { type VirtualAuthenticator, virtualAuthenticator } from "@/tests/browser/virtual-authenticator";
import { freePort } from "@/tests/free-port";

const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
const passkey = new Authenticator(coseAlgorithms.ES256, pair);
const texts = ["one", "two", "three"].map((word) => `{"act":"${word} è qui"}`);
const digests = texts.map((text) => nodeChecks.digest(actBytes(text))).sort();

const port = await freePort();
const origin = `http://localhost:${port}`;
const script = await build({
  stdin: {
    contents: 'export { signWithPasskey } from "./features/acts/passkey-gesture";',
    resolveDir: process.cwd(),
  },
  ...{ bundle: true, format: "iife", globalName: "gesture", write: false, tsconfig: "tsconfig.json" },
});
const server = createServer((_, response) => {
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.end(`<!doctype html><title>A page</title><script>${script.outputFiles[0]?.text}</script>`);
});
await new Promise<void>((resolve) => server.listen(port, "localhost", resolve));
const browser = await launchBrowser();
let page: Page;
let authenticator: VirtualAuthenticator;

beforeAll(async () => {
  page = await browser.newPage();
  authenticator = await virtualAuthenticator(page);
  await authenticator.hold(passkey.credential, pair.privateKey);
  await page.goto(origin);
});
afterAll(async () => {
  await browser.close();
  server.close();
});

describe("the signing page's gesture in Chromium", () => {
  it("signs one act in the way the chaincode checks it", async () => {
    const [act = ""] = texts;
    const assertion = await sign([act]);
    await expect(checkGesture({ act, assertion }, key(), nodeChecks)).resolves.toBe(
      nodeChecks.digest(actBytes(act)),
    );
    const [, other = ""] = texts;
    await expect(checkGesture({ act: other, assertion }, key(), nodeChecks)).rejects.toMatchObject({
      code: "assertion_challenge",
    });
  });

  it("signs several acts at once, each of which is checked by itself", async () => {
    const assertion = await sign(texts);
    for (const act of texts)
      await expect(checkGesture({ act, assertion, list: digests }, key(), nodeChecks)).resolves.toMatch(
        /^[0-9a-f]{64}$/,
      );
    const act = texts[0] ?? "";
    await expect(
      checkGesture({ act, assertion, list: digests.slice(1) }, key(), nodeChecks),
    ).rejects.toMatchObject({ code: expect.stringMatching(/act_not_in_list|assertion_challenge/) });
  });

  it("is another organisation's nowhere: not on its origin, nor with its key", async () => {
    const [act = ""] = texts;
    const assertion = await sign([act]);
    const elsewhere = { ...key(), origins: ["https://other.example"] };
    await expect(checkGesture({ act, assertion }, elsewhere, nodeChecks)).rejects.toMatchObject({
      code: "assertion_origin",
    });
    const others = { ...key(), spki: new Authenticator().spki };
    await expect(checkGesture({ act, assertion }, others, nodeChecks)).rejects.toMatchObject({
      code: "bad_signature",
    });
  });

  it("comes to nothing where the person is not verified, and says that it was given up", async () => {
    await authenticator.setVerified(false);
    await expect(sign(texts)).rejects.toThrow("GestureCancelledError");
    await authenticator.setVerified(true);
    await sign(texts);
  });
});

function key(): GestureKey {
  const { spki, algorithm } = passkey;
  return { spki, algorithm, rpId: "localhost", origins: [origin], trial: false };
}

async function sign(acts: readonly string[]): Promise<Assertion> {
  const given: unknown = await page.evaluate(
    ([wanted, credential]) => {
      const { gesture } = globalThis as unknown as {
        gesture: { signWithPasskey(texts: readonly string[], passkeys: readonly object[]): Promise<unknown> };
      };
      return gesture.signWithPasskey(wanted, [{ credential, rpId: "localhost" }]);
    },
    [acts, passkey.credential] as const,
  );
  return Assertion.parse(given);
}
