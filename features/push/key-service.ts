/** The key by which push services know this site: made once, kept encrypted. */
import { generateKeyPairSync } from "node:crypto";
import { db } from "@/lib/db";
import { decrypt, encrypt, keyedHash } from "@/lib/encryption";
import type { VapidKey } from "./vapid";

/** The key that there is, or a new one where there is none. */
export async function vapidKey(): Promise<VapidKey> {
  const id = keyedHash("push key");
  const purpose = `PushKey.sealed ${id}`;
  const kept = await db.pushKey.findUnique({ where: { id } });
  if (kept) return opened(kept, purpose);
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const jwk = privateKey.export({ format: "jwk" });
  const point = [jwk.x, jwk.y].map((part) => Buffer.from(part ?? "", "base64url"));
  const publicKey = Buffer.concat([Buffer.of(4), ...point]).toString("base64url");
  const sealed = encrypt(JSON.stringify(jwk), purpose);
  // Another process may make one at the same moment: the first one that is there is everybody's.
  await db.pushKey.createMany({ data: [{ id, publicKey, sealed }], skipDuplicates: true });
  return opened(await db.pushKey.findUniqueOrThrow({ where: { id } }), purpose);
}

function opened({ publicKey, sealed }: { publicKey: string; sealed: Uint8Array }, purpose: string): VapidKey {
  return { publicKey, privateKey: JSON.parse(decrypt(sealed, purpose).toString("utf8")) };
}
