/** A second device: what the issuers gave, found in the public list by the words alone. */
import { equalBytes } from "@/voting/sealed/bytes";
import { SealedError } from "@/voting/sealed/errors";
import { type Holding, openHolding, RHO_ENTRY, rhoTag } from "@/voting/sealed/rho-list";
import { bucketOf } from "./buckets";
import { DeviceFault } from "./faults";
import type { DeviceRound, Machine } from "./round";
import { requireCredentials, secretsOf } from "./secrets";

/** @throws {DeviceFault} `not_listed` where no entry belongs to this seed */
export async function restore(machine: Machine, round: DeviceRound, seed: Uint8Array): Promise<Holding> {
  const tag = rhoTag(seed, round.digest);
  const list = `${round.addresses.issuers[2]}/v1/rhos/${round.id}`;
  const entries = await bucketOf(machine, "issuer 3", list, tag, RHO_ENTRY);
  // Anybody may have put an entry with this tag there: the one that opens is the voter's.
  for (const entry of entries.filter((one) => equalBytes(one.subarray(0, tag.length), tag))) {
    const holding = await opened(machine, round, seed, entry);
    if (!holding) continue;
    requireCredentials(round, await secretsOf(machine, round, seed, holding), holding);
    return holding;
  }
  throw new DeviceFault("not_listed");
}

async function opened(machine: Machine, round: DeviceRound, seed: Uint8Array, entry: Uint8Array) {
  try {
    return await openHolding(machine.primitives, seed, round.digest, entry);
  } catch (error) {
    if (error instanceof SealedError) return null;
    throw error;
  }
}
