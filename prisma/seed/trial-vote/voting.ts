/**
 * Invented people vote with the program of voters' devices, over the site's addresses, as anybody does. One that is cut
 * short goes on: seeds follow from one secret, and the same ballot sent again is one post.
 */
import { createHmac, randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { DeviceFault } from "@/features/sealed-voting/device/faults";
import { requestsOf } from "@/features/sealed-voting/device/requests";
import type { SealedParameters } from "@/features/sealed-voting/parameters";
import { env } from "@/lib/env";
import { nodePrimitives } from "@/voting/sealed/node";
import { SEED, wordsOfSeed } from "@/voting/sealed/words";
import { inventedBallots } from "../invented-ballots";
import type { Memory } from "../story";
import { type TrialVoter, trialVoters } from "../trial-voters";
import { trialVote } from "./address";
import { answered, PAUSE_MS, TRIES } from "./answered";
import { signInAs } from "./sign-in";

/** One voter's ballot: the first, or the one that takes its place. */
type Turn = { voter: TrialVoter; index: number; isChange: boolean; choices: string[] };

const PROJECTS = 3;
const MOST_CHOICES = 2;
/** Voters of a vote that is open for no time at all, as in a test. */
const FEWEST_MINUTES = 2;
const AT_ONCE = 3;
/** Before the closing, for what is under way. */
const MARGIN_MS = 10_000;

const { municipality, id: round, slug } = trialVote;
const device = requestsOf({ primitives: nodePrimitives, fetch });

/** Everybody votes once, spread over the time until `closesAt`, and then every sixth changes the ballot. */
export async function castBallots(memory: Memory, closesAt: Date): Promise<void> {
  const until = closesAt.getTime() - MARGIN_MS;
  const pending = turns().filter((turn) => !memory.knows(stepOf(turn)));
  const began = Date.now();
  const pause = Math.max(0, until - began) / (pending.length + 1);
  const parameters = await parametersOf();
  let next = 0;
  const lane = async () => {
    for (let at = next++; at < pending.length; at = next++) {
      const turn = pending[at] as Turn;
      await sleep(Math.max(0, began + pause * at - Date.now()));
      if (Date.now() >= until) return;
      await take(turn, parameters, memory);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

/** The words of the first voter of `paese` whose ballot was cast, for whoever wants to try the check of a ballot. */
export async function exampleWords(memory: Memory): Promise<string | undefined> {
  const index = trialVoters.findIndex(
    ({ area }, at) => area === "paese" && memory.knows(stepOf({ index: at, isChange: false })),
  );
  return index < 0 ? undefined : wordsOfSeed(await seedOf(memory, index)).join(" ");
}

function turns(): Turn[] {
  const isShort = env.TRIAL_VOTE_MINUTES < FEWEST_MINUTES;
  // From all areas in turn; in a short vote every other one of those that have enough.
  const order = trialVoters.map((_, index) => (index * 17) % trialVoters.length);
  const chosen = order.filter((index) => !isShort || index % 2 === 0 || trialVoters[index]?.area !== "paese");
  const ballots = inventedBallots(2 * trialVoters.length, PROJECTS, MOST_CHOICES);
  const turn = (index: number, isChange: boolean): Turn => ({
    ...{ voter: trialVoters[index] as TrialVoter, index, isChange },
    choices: (ballots[isChange ? trialVoters.length + index : index] ?? []).map(String),
  });
  const changing = chosen.filter((index) => index % 6 === 5);
  return [...chosen.map((index) => turn(index, false)), ...changing.map((index) => turn(index, true))];
}

export const stepOf = ({ index, isChange }: Pick<Turn, "index" | "isChange">) =>
  `trial vote ${index} ${isChange ? "again" : "once"}`;

/** Somebody who cannot vote keeps nobody else from it: what went wrong is in the log. */
async function take(turn: Turn, parameters: unknown, memory: Memory): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await memory.once(stepOf(turn), () => vote(turn, parameters, memory));
      return;
    } catch (error) {
      const isPassing = !(error instanceof DeviceFault) || ["unreachable", "too_busy"].includes(error.code);
      if (isPassing && attempt < TRIES) await sleep(PAUSE_MS * attempt);
      else {
        console.error(`${stepOf(turn)}:`, error);
        return;
      }
    }
  }
}

async function vote(turn: Turn, parameters: unknown, memory: Memory): Promise<string> {
  const { voter, index, isChange, choices } = turn;
  const seed = await seedOf(memory, index);
  const ofSeed = { parameters, seed };
  // Whoever changes a ballot does so with the words alone, as on a second device.
  const holding = isChange ? await device.restore(ofSeed) : await credential(voter, ofSeed);
  const ofVoter = { ...ofSeed, holding };
  // Kept before it is sent: sent again under the same number it is the same ballot.
  const seq = Number(
    await memory.once(`${stepOf(turn)} seq`, async () => String(await device.nextSeq(ofVoter))),
  );
  const draft = { seq, attempt: isChange ? 2 : 1, content: { type: "approval" as const, choices } };
  return (await device.send({ ...ofVoter, draft })).digest;
}

async function credential(voter: TrialVoter, ofSeed: { parameters: unknown; seed: Uint8Array }) {
  const back = `${env.ORIGIN}/${municipality}/votazioni/${slug}/credenziale`;
  const signedIn = await signInAs(voter.id, await device.signIn({ ...ofSeed, back }));
  const enrolled = await device.enrol({ ...ofSeed, signedIn });
  if (!("holding" in enrolled)) throw new Error(`${voter.id} has to wait until ${enrolled.waitsUntil}`);
  return enrolled.holding;
}

async function seedOf(memory: Memory, index: number): Promise<Uint8Array> {
  const secret = await memory.once("trial vote secret", async () => randomBytes(32).toString("hex"));
  const bytes = createHmac("sha256", Buffer.from(secret, "hex")).update(`seed of voter ${index}`).digest();
  return new Uint8Array(bytes.subarray(0, SEED));
}

/** What the voting page loads, with whole addresses. */
async function parametersOf(): Promise<SealedParameters> {
  const response = await answered(`${env.ORIGIN}/api/sealed/${municipality}/${round}/parameters`);
  const parameters = (await response.json()) as SealedParameters;
  const whole = (address: string) => new URL(address, env.ORIGIN).href;
  const { issuers, relay, ledger } = parameters.addresses;
  const [first, second, third] = issuers;
  return {
    ...parameters,
    addresses: {
      issuers: [whole(first), whole(second), whole(third)],
      ...{ relay: whole(relay), ledger: whole(ledger) },
    },
  };
}
