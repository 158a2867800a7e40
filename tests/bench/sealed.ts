import { ballotLayout, encodeBallot } from "@/voting/sealed/ballot-layout";
import { castFault, encodeCast } from "@/voting/sealed/cast";
import { openEnvelope, openShare, sealEnvelope, type TrusteeSecret } from "@/voting/sealed/envelope";
import { nodePrimitives } from "@/voting/sealed/node";
import { openCast, sealCast } from "@/voting/sealed/post";
import { keptIssuers } from "@/voting/sealed/testing/protocol-values";
import { trialCast, trialRound, trialVoter } from "@/voting/sealed/testing/trial-round";
import { ballotKey, postEphemeral } from "@/voting/sealed/voter-keys";
import { long } from "../long";
import { measureElection } from "./sealed/election";

export const needs = "contracts";

const seconds = 3;
/** With COCITY_TEST_LONG=1 a Comune of which everybody votes. */
const voters = long ? 20_000 : 1_000;

/** Sealed ballots a second on one core, each step by itself, and an election on a ledger. */
export default async function measureSealed(): Promise<object> {
  const round = await trialRound(ballotLayout({ type: "approval", maxChoices: 4 }, 160));
  const issuers = keptIssuers();
  const voter = await trialVoter(round, issuers, "Ada");
  const cast = await trialCast(round, voter);
  const inner = encodeCast(round, cast);
  const sealed = await sealCast(nodePrimitives, round, postEphemeral(voter.root, inner), inner);
  const content = { type: "approval", choices: ["2", "5"] } as const;
  const plaintext = encodeBallot(round.layout, { attempt: 1, content });
  const key = ballotKey(voter.root, round, cast, plaintext);
  const [first, second] = round.trusteeSecrets as [TrusteeSecret, TrusteeSecret];
  const perSecond = {
    enrolled: await rate(() => trialVoter(round, issuers, "Bruno")),
    sealed: await rate(() => sealEnvelope(nodePrimitives, round, cast, key, plaintext)),
    unpacked: await rate(() => openCast(nodePrimitives, round, round.openerSecret, sealed)),
    checked: await rate(() => castFault(nodePrimitives, round, issuers.area, cast)),
    sharesOpened: await rate(() => openShare(nodePrimitives, round, cast, first, cast.envelope)),
    openedAndMadeAgain: await rate(() =>
      openEnvelope(nodePrimitives, round, cast, [first, second], cast.envelope),
    ),
  };
  const minutes = 100_000 / perSecond.openedAndMadeAgain / 60;
  const election = await measureElection(voters, Math.min(voters, 400));
  return { bytes: inner.length, perSecond, minutesToOpen100000: Math.round(minutes * 10) / 10, election };
}

/** Of a core's own time: what else the machine does meanwhile does not count. */
async function rate(step: () => Promise<unknown>): Promise<number> {
  for (let i = 0; i < 20; i++) await step();
  const start = process.cpuUsage();
  for (let done = 1; ; done++) {
    await step();
    const { user, system } = process.cpuUsage(start);
    if (user + system > seconds * 1e6) return Math.round((done * 1e6) / (user + system));
  }
}
