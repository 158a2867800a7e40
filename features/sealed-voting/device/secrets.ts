/** A voter's secrets in a round, made again from the seed and what the issuers gave. */

import { isBlindSigned } from "@/voting/sealed/blind-signature";
import { areCredentials, postingMessage } from "@/voting/sealed/credentials";
import type { Holding } from "@/voting/sealed/rho-list";
import { postingSecret, rootSecret, voterSecret } from "@/voting/sealed/voter-keys";
import { DeviceFault } from "./faults";
import type { DeviceRound, Machine } from "./round";

export interface VoterSecrets {
  readonly root: Uint8Array;
  readonly secret: Uint8Array;
  /** The voter's key. */
  readonly key: Uint8Array;
  readonly postingSecret: Uint8Array;
  readonly postingKey: Uint8Array;
}

export async function secretsOf(
  { primitives }: Machine,
  round: DeviceRound,
  seed: Uint8Array,
  { rhos, area }: Pick<Holding, "rhos" | "area">,
): Promise<VoterSecrets> {
  const root = rootSecret(seed, rhos, round.digest);
  const secret = voterSecret(root, area);
  const posting = postingSecret(root);
  const [key, postingKey] = await Promise.all([
    primitives.ed25519PublicKey(secret),
    primitives.ed25519PublicKey(posting),
  ]);
  return { root, secret, key, postingSecret: posting, postingKey };
}

/** @throws {DeviceFault} `bad_credential` unless all four signatures hold for these secrets */
export function requireCredentials(
  round: DeviceRound,
  { key, postingKey }: VoterSecrets,
  { area, credentials, postingCredential }: Holding,
): void {
  const issuers = round.areas.get(area);
  const holds =
    issuers !== undefined &&
    areCredentials(issuers, round.digest, area, key, credentials) &&
    isBlindSigned(round.posting, postingMessage(round.digest, postingKey), postingCredential);
  if (!holds) throw new DeviceFault("bad_credential");
}
