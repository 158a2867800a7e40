import { createPublicKey, randomUUID, X509Certificate } from "node:crypto";
import { VoterKey } from "@/chaincode/testing/keys";
import { people, torino } from "@/chaincode/testing/people";
import { drawAndOpen, round, withAdmitted } from "@/chaincode/testing/story";
import { signMessage } from "@/ledger/client/gateway/signature";
import { programHolder } from "@/ledger/client/identities/services";
import { admissionBytes } from "@/protocol/signing";
import { FoundedCity } from "./founded";
import type { RunningLedger, World } from "./world";

/** A round of Torino open for as many voters. */
export async function openRound(
  world: Pick<World<RunningLedger>, "db" | "access">,
  voters: readonly VoterKey[],
): Promise<void> {
  const city = new FoundedCity(world);
  await withAdmitted(city, ["garden", "square"]);
  await city.submit(
    people.officer,
    "rounds:freeze",
    round(["garden", "square"], { rollSize: voters.length }),
  );
  await drawAndOpen(city);
  const { signatory } = await world.access.identities.signatory(programHolder(people.caseRegistrar));
  const publicKey = createPublicKey(
    new X509Certificate(signatory.certificatePem).publicKey.export({ format: "pem", type: "spki" }),
  )
    .export({ format: "der", type: "spki" })
    .toString("base64");
  await city.submit(people.caseRegistrar, "municipality:registerSigningKey", { id: "case-key", publicKey });
  for (let start = 0; start < voters.length; start += 200) {
    const admissions = voters
      .slice(start, start + 200)
      .map(({ publicKey: key }, index) => ({ slot: start + index + 1, key }));
    const message = admissionBytes(torino, "round-2026", admissions);
    await city.submit(people.registrar, "rounds:admit", {
      round: "round-2026",
      admissions,
      cosigner: "case-key",
      cosignature: Buffer.from(signMessage(signatory.key, message)).toString("base64"),
    });
  }
}

export function newVoters(count: number): VoterKey[] {
  return Array.from({ length: count }, () => new VoterKey(randomUUID()));
}
