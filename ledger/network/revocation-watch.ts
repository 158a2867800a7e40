import { setTimeout as sleep } from "node:timers/promises";
import { revokedSerials } from "../client/ca-client";
import { findBinaries } from "./binaries";
import { networkFolders } from "./folders";
import { type Authorities, openAuthorities, publishRevocations } from "./revocation";
import { readNetwork, type Site } from "./site";

/**
 * `revocation-watch.ts FOLDER`: where all organisations' administrators are on one machine, brings what any CA
 * revokes to the channel within seconds. Between separate hosts administrators sign each change by hand.
 */
const WATCH_EVERY_MS = 5_000;

const root = process.argv[2];
if (root === undefined) throw new Error("Usage: revocation-watch.ts FOLDER");
const log = (event: Record<string, unknown>) =>
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), ...event })}\n`);

const folders = networkFolders(root);
let authorities: Authorities | undefined;
let members = "";
let published: string | undefined;
for (; ; await sleep(WATCH_EVERY_MS)) {
  try {
    await watch();
  } catch (error) {
    authorities = undefined;
    log({ event: "failed", reason: error instanceof Error ? error.message : String(error) });
  }
}

async function watch(): Promise<void> {
  const network = await readNetwork(folders);
  if (!network) throw new Error(`There is no network in ${root}`);
  const binaries = await findBinaries({
    ...(process.env.PATH ? { path: process.env.PATH } : {}),
    cache: folders.run,
    log: (line) => log({ event: line }),
  });
  const site: Site = { network, folders, binaries, log: (line) => log({ event: line }) };
  const names = network.organisations.map(({ name }) => name).join(",");
  if (!authorities || names !== members) authorities = await openAuthorities(site);
  members = names;
  const lists: string[] = [];
  for (const { client, registrar } of authorities.values())
    lists.push([...revokedSerials(await client.revocationList(registrar))].sort().join(","));
  const revoked = lists.join(";");
  if (revoked === published) return;
  const changed = await publishRevocations(site, authorities);
  published = revoked;
  if (changed.length > 0) log({ event: "published", organisations: changed });
}
