import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { JWK } from "oidc-provider";
import { z } from "zod";

const secretsSchema = z.object({
  cookieKeys: z.array(z.string().min(32)).min(1),
  keys: z.array(z.looseObject({ kty: z.literal("RSA"), kid: z.string() })).min(1),
});

export type ProviderSecrets = { cookieKeys: string[]; keys: JWK[] };

/** The provider's signing key and cookie keys: made at first start in a file of mode 0600, then kept. */
export async function readOrMakeSecrets(file: string): Promise<ProviderSecrets> {
  try {
    return secretsSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = {
    ...privateKey.export({ format: "jwk" }),
    kid: randomBytes(8).toString("hex"),
    use: "sig",
    alg: "RS256",
  };
  const secrets = { cookieKeys: [randomBytes(32).toString("hex")], keys: [key] };
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(`${file}.new`, JSON.stringify(secrets), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return secretsSchema.parse(secrets);
}
