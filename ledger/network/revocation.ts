import { z } from "zod";
import { type RevocationReason, revokedSerials } from "../client/ca-client";
import { registrarSchema } from "../client/connection";
import {
  applyChange,
  type ChannelConfig,
  memberGroup,
  NothingToChangeError,
  proposeChange,
  readConfiguration,
} from "./configuration";
import type { Organisation } from "./description";
import { Authority, caOf } from "./enrolment";
import { readJson } from "./files";
import type { Site } from "./site";

/** A CA's list that would take back a revocation the channel already knows. */
export class RevocationError extends Error {
  override readonly name = "RevocationError";
}

/** The CAs of identities of all organisations, each with a registrar's certificate, by organisation. */
export type Authorities = ReadonlyMap<Organisation, Authority>;

export async function openAuthorities(site: Site, of = site.network.organisations): Promise<Authorities> {
  const opened = new Map<Organisation, Authority>();
  for (const organisation of of) {
    const own = site.folders.organisation(organisation);
    const bootstrap = await readJson(own.caBootstrap, registrarSchema);
    opened.set(organisation, await Authority.open(await caOf(organisation, own), bootstrap));
  }
  return opened;
}

/** Revokes all certificates of an identity at its organisation's CA. The channel learns it by `publishRevocations`. */
export async function revokeAtCa(
  site: Site,
  organisation: Organisation,
  enrolmentId: string,
  reason: RevocationReason,
): Promise<void> {
  for (const { client, registrar } of (await openAuthorities(site, [organisation])).values())
    await client.revoke(registrar, { enrolmentId }, reason);
}

/**
 * Brings the revocation lists of all organisations' CAs into the channel's configuration, where peers and orderers
 * read them, signed by the administrators of a majority.
 * @returns the organisations whose list changed. @throws RevocationError
 */
export async function publishRevocations(site: Site, authorities?: Authorities): Promise<string[]> {
  const lists = await changedLists(site, authorities ?? (await openAuthorities(site)));
  if (lists.size === 0) return [];
  try {
    await applyChange(site, "revocations", (config) => enterLists(config, lists));
  } catch (error) {
    // Who watches the CAs may have been faster.
    if (error instanceof NothingToChangeError) return [];
    throw error;
  }
  return [...lists.keys()].map(({ name }) => name);
}

/** The same as a file for administrators elsewhere to sign; undefined when the channel is up to date. */
export async function proposeRevocations(
  site: Site,
  organisation: Organisation,
): Promise<string | undefined> {
  const lists = await changedLists(site, await openAuthorities(site, [organisation]));
  if (lists.size === 0) return undefined;
  return proposeChange(site, "revocations", (config) => enterLists(config, lists));
}

async function changedLists(site: Site, authorities: Authorities): Promise<Map<Organisation, string>> {
  const config = await readConfiguration(site);
  const changed = new Map<Organisation, string>();
  for (const [organisation, { client, registrar }] of authorities) {
    const list = await client.revocationList(registrar);
    const serials = revokedSerials(list);
    const known = new Set(listsOf(config, organisation.mspId).flatMap((each) => [...revokedSerials(each)]));
    for (const serial of known)
      if (!serials.has(serial))
        throw new RevocationError(
          `The CA of ${organisation.title} no longer lists ${serial}, which the channel knows as revoked`,
        );
    if (serials.size > known.size) changed.set(organisation, list);
  }
  return changed;
}

function enterLists(config: ChannelConfig, lists: ReadonlyMap<Organisation, string>): void {
  for (const [{ mspId, orderer }, list] of lists)
    for (const side of orderer ? (["Application", "Orderer"] as const) : (["Application"] as const)) {
      const msp = memberGroup(config, side, mspId).values.MSP;
      const inner = mspConfigSchema.parse(msp?.value?.config);
      inner.revocation_list = [Buffer.from(list).toString("base64")];
      if (msp?.value) msp.value.config = inner;
    }
}

function listsOf(config: ChannelConfig, mspId: string): string[] {
  const msp = memberGroup(config, "Application", mspId).values.MSP;
  return mspConfigSchema
    .parse(msp?.value?.config)
    .revocation_list.map((list) => Buffer.from(list, "base64").toString("utf8"));
}

const mspConfigSchema = z.looseObject({
  revocation_list: z
    .array(z.string())
    .nullish()
    .transform((lists) => lists ?? []),
});
