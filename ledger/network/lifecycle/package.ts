import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { chaincodePort, type Network, type Organisation } from "../description";
import { readIfThere, writeWhole } from "../files";
import type { OrganisationFolders } from "../folders";
import { type Code, copyCode } from "./code";
import { tarGz } from "./tar";

const packageSchema = z.object({
  label: z.string(),
  /** `label:sha256`, as peers name it and as the chaincode process must know itself. */
  packageId: z.string(),
  digest: z.string(),
  port: z.number().int(),
});

/** One organisation's package of one version: where its own process of that code listens. */
export type ChaincodePackage = z.infer<typeof packageSchema>;

/** Everything of one version in one organisation's folder. */
export function packageFolder(own: OrganisationFolders, label: string) {
  const folder = join(own.chaincode, label);
  return {
    code: join(folder, "code"),
    archive: join(folder, "package.tar.gz"),
    description: join(folder, "package.json"),
  };
}

/**
 * Makes an organisation's package of this code, once. Fabric's chaincode as a service puts no code into a
 * package, so ours carries the code's digest: the package id an organisation approves stands for the code.
 * @param sequence of the definition that will first use it: it picks the port.
 */
export async function makePackage(
  network: Network,
  organisation: Organisation,
  own: OrganisationFolders,
  code: Code,
  sequence: number,
): Promise<ChaincodePackage> {
  const label = `${network.chaincode}_${code.version}`;
  const folder = packageFolder(own, label);
  const made = await readIfThere(folder.description);
  if (made !== undefined) return packageSchema.parse(JSON.parse(made));
  const port = chaincodePort(organisation, sequence);
  const archive = tarGz({
    "metadata.json": JSON.stringify({ type: "ccaas", label }),
    "code.tar.gz": tarGz({
      "connection.json": JSON.stringify({
        address: `${organisation.chaincode.host}:${port}`,
        dial_timeout: "5s",
        tls_required: true,
        root_cert: await readFile(own.tlsRoot, "utf8"),
      }),
      "code.json": JSON.stringify({ version: code.version, sha256: code.digest }),
    }),
  });
  const packageId = `${label}:${createHash("sha256").update(archive).digest("hex")}`;
  await copyCode(code, folder.code);
  await writeWhole(folder.archive, archive);
  const result: ChaincodePackage = { label, packageId, digest: code.digest, port };
  await writeWhole(folder.description, JSON.stringify(result));
  return result;
}

/** The package of this label, as `makePackage` left it; undefined where it never did. */
export async function readPackage(
  own: OrganisationFolders,
  label: string,
): Promise<ChaincodePackage | undefined> {
  const text = await readIfThere(packageFolder(own, label).description);
  return text === undefined ? undefined : packageSchema.parse(JSON.parse(text));
}
