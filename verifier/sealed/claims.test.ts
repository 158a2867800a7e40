/** The receipt that a voter's device offers to download is the claim that the verifier judges. */
import { expect, test } from "vitest";
import { requestsOf } from "@/features/sealed-voting/device/requests";
import { Counterpart, trialToken } from "@/features/sealed-voting/testing/counterpart";
import { enrolmentNonce } from "@/voting/sealed/enrolment";
import { bytes, trialIssuers, trialRound } from "@/voting/sealed/testing/trial-round";
import { enrolmentSecret } from "@/voting/sealed/voter-keys";
import { webPrimitives } from "@/voting/sealed/web";
import { Findings } from "../findings";
import { Claim, checkClaims } from "./claims";

test("a promise is judged broken while the ballot is not recorded, and kept once it is", async () => {
  const round = await trialRound();
  const issuers = trialIssuers();
  const parties = new Counterpart(round, issuers);
  const parameters = JSON.parse(JSON.stringify(await parties.parameters()));
  const device = requestsOf({ primitives: webPrimitives, fetch: parties.fetch });
  const seed = bytes("seed of Ada", 16);
  const key = await webPrimitives.ed25519PublicKey(enrolmentSecret(seed));
  const nonce = Buffer.from(enrolmentNonce(round.digest, key)).toString("base64url");
  const signedIn = { token: trialToken("Ada", nonce), userinfo: "as the provider signed it" };
  const answer = await device.enrol({ parameters, seed, signedIn });
  if (!("holding" in answer)) throw new Error("waits");
  const draft = { seq: 1, attempt: 1, content: { type: "approval", choices: ["3"] } } as const;
  const sent = await device.send({ parameters, seed, holding: answer.holding, draft });

  const file = JSON.stringify(sent, null, 2);
  const judged = async (text: string) => {
    const findings = new Findings();
    const { relay, copyKeeper } = parameters;
    const frozen = { ...round, sealing: { services: { relay, copyKeeper } }, issuersOf: () => issuers.area };
    const ballots = { places: () => parties.recorded };
    const context = { findings, municipality: "001272", round: parties.id };
    await checkClaims(context, frozen as never, ballots as never, [Claim.parse(JSON.parse(text))]);
    return findings.results().find(({ item }) => item === "claims");
  };
  expect(await judged(file)).toMatchObject({
    ...{ status: "fails", faults: [expect.stringContaining("the promise is broken")] },
  });
  await parties.record();
  expect(await judged(file)).toMatchObject({
    ...{ status: "holds", notes: [expect.stringContaining("is on the ledger")] },
  });
  const other = { ...sent, sealed: Buffer.from("something else").toString("base64") };
  expect(await judged(JSON.stringify(other))).toMatchObject({
    ...{ status: "holds", notes: [expect.stringContaining("is not for this post")] },
  });
});
