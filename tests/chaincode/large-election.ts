/** A sealed round of many voters in one area, made for elections by program: opened, its voters enrolled. */
import "reflect-metadata";
import type { KeyObject } from "node:crypto";
import { digest } from "@/chaincode/testing/keys";
import { people } from "@/chaincode/testing/people";
import {
  type Caster,
  hex,
  issuersOf,
  keysOffered,
  publicKeys,
  tieOf,
} from "@/chaincode/testing/sealed-election";
import { announcement, id, programs, trustees } from "@/chaincode/testing/sealed-story";
import { round as openRound, withAdmitted } from "@/chaincode/testing/story";
import { rollsText } from "@/protocol/digests";
import { blindSign } from "@/voting/sealed/blind-sign";
import { credentialMessage } from "@/voting/sealed/credentials";
import { nodePrimitives } from "@/voting/sealed/node";
import { encodePss } from "@/voting/sealed/pss-encoding";
import type { IssuerNumber, SealedRound } from "@/voting/sealed/round";
import { bytes } from "@/voting/sealed/testing/trial-round";
import type { LedgerCity } from "./ledger-city";

const AREA = 1;
const projects = ["garden", "library"];

export async function openFor(city: LedgerCity, voters: number): Promise<void> {
  await withAdmitted(city, projects);
  const areas = [{ id: "all", size: voters, root: digest("roll") }];
  await city.submit(people.officer, "sealed:announce", announcement({ areas, groupSize: 20 }));
  for (const [index, issuer] of programs.issuers.entries())
    await city.submit(issuer, "sealed:offerKeys", keysOffered(id, (index + 1) as IssuerNumber, 1));
  for (const service of ["relay", "copyKeeper", "opener"] as const)
    await city.submit(programs[service], "sealed:offerServiceKey", {
      round: id,
      key: hex(publicKeys[service]),
    });
  for (const [index, trustee] of trustees.entries()) {
    const key = hex(publicKeys.trustees[index] as Uint8Array);
    await city.submit(trustee, "sealed:offerTrusteeKey", { round: id, key });
  }
  for (const [index, issuer] of programs.issuers.entries()) {
    const reveal = hex(tieOf((index + 1) as IssuerNumber));
    await city.submit(issuer, "sealed:revealTie", { round: id, reveal });
  }
  const { drawCommitment: _, ...rest } = openRound(projects);
  const { areas: joined } = await city.record("sealing", id);
  await city.submit(people.officer, "rounds:freeze", {
    ...{ ...rest, ballotKind: "sealed", rollSize: voters, rollRoot: digest(rollsText(joined)) },
  });
  await city.submit(people.officer, "rounds:open", { id });
}

/** Credentials are signed without blinding, which is measured elsewhere. */
export async function enrolled(round: SealedRound, count: number): Promise<Caster[]> {
  const { secrets } = issuersOf(AREA);
  const electors: Caster[] = [];
  for (let index = 0; index < count; index++) {
    const secret = bytes(`voter ${index}`);
    const key = await nodePrimitives.ed25519PublicKey(secret);
    const encoded = encodePss(credentialMessage(round.digest, AREA, key), 3071);
    const [a, b, c] = secrets.slice(0, 3).map((signer) => blindSign(signer as KeyObject, encoded));
    electors.push({
      ...{ area: AREA, secret, key, root: bytes(`root of ${index}`) },
      credentials: [a as Uint8Array, b as Uint8Array, c as Uint8Array],
    });
  }
  return electors;
}
