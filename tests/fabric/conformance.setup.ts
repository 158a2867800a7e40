import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { organisationNamed } from "@/ledger/network/description";
import { SECRET, writeWhole } from "@/ledger/network/files";
import { processNames, startCa } from "@/ledger/network/nodes";
import { stop } from "@/ledger/network/processes";
import type { Site } from "@/ledger/network/site";
import { startThrowaway } from "./throwaway";

/** One network with the conformance chaincode for the whole suite of ledger behaviour. */
export default async function setup(): Promise<() => Promise<void>> {
  const throwaway = await startThrowaway();
  await issueBrieflyAs("tls", throwaway.site);
  process.env.CONFORMANCE_CONNECTION = throwaway.connectionFile;
  return throwaway.remove;
}

/**
 * Makes the Comune's CA of identities sign for three seconds where the profile `tls` is asked for, which no person
 * uses there. Fabric CA writes attributes into certificates of its own profiles only.
 */
async function issueBrieflyAs(profile: string, site: Site): Promise<void> {
  const organisation = organisationNamed(site.network, "comune");
  const file = join(site.folders.organisation(organisation).identityCa, "fabric-ca-server-config.yaml");
  const text = await readFile(file, "utf8");
  const brief = text.replace(new RegExp(`("${profile}":[\\s\\S]*?"expiry": )"8760h"`), '$1"3s"');
  if (brief === text) throw new Error(`${file} has no profile ${profile}`);
  await stop(site.folders.run, processNames.ca(organisation));
  await writeWhole(file, brief, SECRET);
  await startCa(site, organisation);
}
