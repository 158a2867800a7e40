import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { expect, test } from "vitest";
import { admissionBytes, openBallotBytes } from "../../../protocol/signing";
import { RegistrarKey, VoterKey } from "../../testing/keys";
import { nodeChecks } from "./checks";

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test("what is signed is what anybody can write down", () => {
  const key = "ab".repeat(32);
  expect(decode(openBallotBytes("001272", "round-1", key, 7, [3, 1]))).toBe(
    `cocity-open-ballot-1\n001272\nround-1\n${key}\n7\n3,1`,
  );
  expect(decode(openBallotBytes("001272", "round-1", key, 1, []))).toBe(
    `cocity-open-ballot-1\n001272\nround-1\n${key}\n1\n`,
  );
  expect(decode(admissionBytes("001272", "round-1", [{ slot: 4, key }]))).toBe(
    `cocity-admission-1\n001272\nround-1\n4 ${key}`,
  );
});

test("digests are of UTF-8", () => {
  expect(nodeChecks.sha256("Città")).toBe(createHash("sha256").update(Buffer.from("Città")).digest("hex"));
});

test("an Ed25519 signature holds for its key and text only", async () => {
  const voter = new VoterKey("one");
  const { key, signature } = voter.ballot("round-1", 1, [1]);
  const bytes = openBallotBytes("001272", "round-1", key, 1, [1]);
  expect(await nodeChecks.ed25519Signed(key, bytes, signature)).toBe(true);
  expect(await nodeChecks.ed25519Signed(new VoterKey("two").publicKey, bytes, signature)).toBe(false);
  expect(await nodeChecks.ed25519Signed(key, bytes.subarray(1), signature)).toBe(false);
  expect(await nodeChecks.ed25519Signed(key, bytes, "00".repeat(64))).toBe(false);
  // Not on the curve.
  expect(await nodeChecks.ed25519Signed("02".padEnd(64, "0"), bytes, signature)).toBe(false);
});

test("a registrar's signature is ECDSA on P-256 and nothing else", async () => {
  const admissions = [{ slot: 1, key: "ab".repeat(32) }];
  const bytes = admissionBytes("001272", "round-1", admissions);
  const registrar = new RegistrarKey();
  const signature = registrar.cosign("round-1", admissions, "001272");
  expect(await nodeChecks.p256Signed(registrar.publicKey, bytes, signature)).toBe(true);
  expect(await nodeChecks.p256Signed(registrar.publicKey, bytes, "")).toBe(false);
  expect(await nodeChecks.p256Signed("", bytes, signature)).toBe(false);

  const other = new RegistrarKey("P-384");
  expect(
    await nodeChecks.p256Signed(other.publicKey, bytes, other.cosign("round-1", admissions, "001272")),
  ).toBe(false);
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const spki = rsa.publicKey.export({ format: "der", type: "spki" }).toString("base64");
  const rsaSignature = sign("sha256", bytes, rsa.privateKey).toString("base64");
  expect(await nodeChecks.p256Signed(spki, bytes, rsaSignature)).toBe(false);
});
