/** The story of a sealed round in three areas, of which one has too few ballots to be opened. */
import { rollsText } from "../../protocol/digests";
import type { RecordOf, RecordType } from "../../protocol/records";
import type { Cast } from "../../voting/sealed/cast";
import { nodePrimitives } from "../../voting/sealed/node";
import { receptionEndMessage } from "../../voting/sealed/reception-end";
import type { SealedRound } from "../../voting/sealed/round";
import type { Input, Teller } from "./city";
import { digest } from "./keys";
import { people, person } from "./people";
import {
  castOf,
  type Elector,
  electors,
  group,
  hex,
  keysOffered,
  publicKeys,
  published,
  sealedRoundOf,
  secrets,
  tieOf,
} from "./sealed-election";
import { outcome, round, withAdmitted } from "./story";

export const id = "round-2026";
const ids = ["garden", "library"];

/** A city in memory or on a ledger, to which envelopes travel beside the next casts. */
export interface SealedTeller extends Teller {
  envelopes: readonly string[] | undefined;
  record<T extends RecordType>(type: T, ...idParts: string[]): RecordOf<T> | Promise<RecordOf<T>>;
}

async function roundOf(city: SealedTeller): Promise<SealedRound> {
  return sealedRoundOf(await city.record("round", id));
}

/** What a transaction answered. */
async function answerOf(submitted: Promise<unknown>): Promise<Record<string, unknown>> {
  const answer = (await submitted) as Record<string, unknown>;
  return (answer.result as Record<string, unknown> | undefined) ?? answer;
}

/** Programs of the three organisations. */
export const programs = {
  issuers: [people.registrar, people.caseRegistrar, person("sofia-registrar", "registrar", "Garanti")],
  relay: person("casting-comune", "casting_service", "Comune"),
  copyKeeper: person("casting-case", "casting_service", "Case"),
  opener: people.casting,
} as const;
export const trustees = [people.officer, people.coordinator, people.guarantor] as const;

const district = (name: string, size: number) => ({ id: name, size, root: digest(`roll of ${name}`) });

export const groupSize = 3;

/** Of these, the two small ones are joined. */
export function announcement(changes: Partial<Input<"sealed:announce">> = {}): Input<"sealed:announce"> {
  return {
    ...{ id, call: "call-2026", leastPlaces: 15, groupSize, graceMinutes: 1440 },
    areas: [district("1", 40), district("2", 50), district("3", 8), district("4", 10)],
    ...{ publishDays: 3, noticeHours: 0, bundle: digest("bundle") },
    ...changes,
  };
}

export async function withAnnounced(city: SealedTeller): Promise<void> {
  await withAdmitted(city, ids);
  await city.submit(people.officer, "sealed:announce", announcement());
}

export async function withKeys(city: SealedTeller): Promise<void> {
  await withAnnounced(city);
  for (const [index, issuer] of programs.issuers.entries())
    await city.submit(issuer, "sealed:offerKeys", keysOffered(id, issuerOf(index), 3));
  await city.submit(programs.relay, "sealed:offerServiceKey", { round: id, key: hex(publicKeys.relay) });
  await city.submit(programs.copyKeeper, "sealed:offerServiceKey", {
    round: id,
    key: hex(publicKeys.copyKeeper),
  });
  await city.submit(programs.opener, "sealed:offerServiceKey", { round: id, key: hex(publicKeys.opener) });
  for (const [index, trustee] of trustees.entries())
    await city.submit(trustee, "sealed:offerTrusteeKey", {
      round: id,
      key: hex(publicKeys.trustees[index] as Uint8Array),
    });
}

export async function withReveals(city: SealedTeller): Promise<void> {
  await withKeys(city);
  for (const [index, issuer] of programs.issuers.entries())
    await city.submit(issuer, "sealed:revealTie", { round: id, reveal: hex(tieOf(issuerOf(index))) });
}

export async function sealedFreeze(
  city: SealedTeller,
  changes: Partial<Input<"rounds:freeze">> = {},
): Promise<Input<"rounds:freeze">> {
  const { areas } = await city.record("sealing", id);
  const { drawCommitment: _, ...rest } = round(ids);
  return {
    ...rest,
    ballotKind: "sealed",
    rollSize: areas.reduce((sum, { size }) => sum + size, 0),
    rollRoot: digest(rollsText(areas)),
    ...changes,
  };
}

export async function withSealedFrozen(city: SealedTeller): Promise<void> {
  await withReveals(city);
  await city.submit(people.officer, "rounds:freeze", await sealedFreeze(city));
}

export async function withSealedOpen(city: SealedTeller): Promise<void> {
  await withSealedFrozen(city);
  await city.submit(people.officer, "rounds:open", { id });
}

/** Voters of an area; the same whenever they are asked for. */
export async function votersOf(city: SealedTeller, area: number): Promise<Elector[]> {
  const round = await roundOf(city);
  const name = `${hex(round.digest)} ${area}`;
  const found = kept.get(name) ?? electors(round, area, turnout[area - 1] as number);
  kept.set(name, found);
  return found;
}
const kept = new Map<string, Promise<Elector[]>>();

export async function castGroup(city: SealedTeller, casts: readonly Cast[]): Promise<CastAnswer> {
  const { input, envelopes } = group(id, casts);
  city.envelopes = envelopes;
  return (await answerOf(city.submit(programs.opener, "sealed:cast", input))) as unknown as CastAnswer;
}

export interface CastAnswer {
  ballots: { accepted: boolean; code?: string }[];
}

/** How many vote in each area: in the third too few. */
export const turnout = [26, 25, 9] as const;

export async function firstCasts(city: SealedTeller, area: number, choice = 1): Promise<Cast[]> {
  const round = await roundOf(city);
  const voters = await votersOf(city, area);
  return Promise.all(voters.map((voter) => castOf(round, voter, [choice])));
}

/** Three of the first area vote again, one of them twice. */
export async function laterCasts(city: SealedTeller): Promise<Cast[][]> {
  const round = await roundOf(city);
  const voters = (await votersOf(city, 1)).slice(0, 3);
  const again = await Promise.all(voters.map((voter) => castOf(round, voter, [2], 2)));
  const third = await Promise.all(voters.slice(0, 1).map((voter) => castOf(round, voter, [1, 2], 3)));
  return [again, third];
}

export async function withSealedVotes(city: SealedTeller): Promise<void> {
  await withSealedOpen(city);
  for (const area of [1, 2, 3]) await castGroup(city, await firstCasts(city, area));
  const [again = []] = await laterCasts(city);
  await castGroup(city, again);
}

/** The closing instant has passed: what was left has gone, and the round is closed. */
export async function withSealedClosed(city: SealedTeller): Promise<void> {
  await withSealedVotes(city);
  await closeVote(city);
}

export async function closeVote(city: SealedTeller): Promise<void> {
  await city.advanceTo("2026-02-11");
  const [, third = []] = await laterCasts(city);
  await castGroup(city, third);
  await city.submit(programs.relay, "sealed:endReception", await reception(city));
  await city.submit(people.service, "rounds:close", { id });
}

export async function reception(city: SealedTeller, count = 64): Promise<Input<"sealed:endReception">> {
  const freeze = (await roundOf(city)).digest;
  const held = { count, order: Uint8Array.from(Buffer.from(digest("order"), "hex")) };
  const sign = async (keeper: "relay" | "copy-keeper", secret: Uint8Array) =>
    hex(await nodePrimitives.ed25519Sign(secret, receptionEndMessage(keeper, freeze, held)));
  return {
    ...{ round: id, count, order: digest("order") },
    relaySignature: await sign("relay", secrets.relay),
    copyKeeperSignature: await sign("copy-keeper", secrets.copyKeeper),
  };
}

export async function withSealedListed(city: SealedTeller): Promise<void> {
  await withSealedClosed(city);
  await listAll(city);
}

export async function listAll(city: SealedTeller): Promise<void> {
  for (let done = false; !done; ) {
    const listed = await answerOf(city.submit(programs.opener, "sealed:list", { round: id }));
    done = listed.done === true;
  }
}

export async function withSealedPurged(city: SealedTeller): Promise<void> {
  await withSealedListed(city);
  await purgeAll(city);
}

export async function purgeAll(city: SealedTeller): Promise<void> {
  for (let left = 1; left > 0; ) {
    const purged = await answerOf(city.submit(programs.opener, "sealed:purge", { round: id }));
    left = Number(purged.left);
  }
}

/** The ballots that stand in an area that is opened. */
export async function finalCasts(city: SealedTeller, area: number): Promise<Cast[]> {
  const first = await firstCasts(city, area);
  if (area !== 1) return first;
  const [again = [], third = []] = await laterCasts(city);
  return [...third, ...again.slice(1), ...first.slice(3)];
}

export async function withSealedPublished(city: SealedTeller): Promise<void> {
  await withSealedPurged(city);
  await publishAll(city);
}

export async function publishAll(city: SealedTeller): Promise<void> {
  for (const area of [1, 2])
    await city.submit(programs.opener, "sealed:publish", published(id, await finalCasts(city, area)));
  await city.submit(programs.opener, "sealed:completePublication", { round: id });
}

export function released(index: number): Input<"sealed:release"> {
  return { round: id, secret: hex(secrets.trustees[index] as Uint8Array) };
}

export async function withSealedReleased(city: SealedTeller): Promise<void> {
  await withSealedPublished(city);
  for (const index of [0, 2]) await city.submit(trustees[index] as never, "sealed:release", released(index));
}

/** 23 and 25 ballots for the first project alone, one for both, two for the second. */
export const sealedOutcome = () => outcome([1], [49, 3], { ballots: 51, unopened: 9 });

function issuerOf(index: number): 1 | 2 | 3 {
  return ([1, 2, 3] as const)[index] as 1 | 2 | 3;
}
