/**
 * The bundle of a sealed round of many ballots, made by program: the story up to its opening is the contracts' own; casts,
 * list and envelopes are written as the contracts write them. Credentials are signed outright, which is what blinding,
 * signing and unblinding comes to.
 */
import { constants, type KeyObject, randomUUID, sign } from "node:crypto";
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { Input, Simulated } from "@/chaincode/testing/city";
import { digest } from "@/chaincode/testing/keys";
import { people, torino } from "@/chaincode/testing/people";
import { group, hex, issuersOf, published, sealedRoundOf } from "@/chaincode/testing/sealed-election";
import {
  id,
  programs,
  reception,
  released,
  trustees,
  withSealedOpen,
} from "@/chaincode/testing/sealed-story";
import { bundleFrames } from "@/ledger/evidence/bundle";
import { canonicalJson } from "@/protocol/canonical-json";
import { outcomeText } from "@/protocol/digests";
import type { Actor } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import type { TransactionName } from "@/protocol/transactions";
import { MerkleTree } from "@/voting/merkle-tree";
import { encodeBallot } from "@/voting/sealed/ballot-layout";
import { type Cast, signCast } from "@/voting/sealed/cast";
import { credentialMessage } from "@/voting/sealed/credentials";
import { envelopeDigest, sealEnvelope } from "@/voting/sealed/envelope";
import { finalLeaf } from "@/voting/sealed/final-list";
import { nodePrimitives } from "@/voting/sealed/node";
import type { SealedRound } from "@/voting/sealed/round";
import { bytes } from "@/voting/sealed/testing/trial-round";
import { ballotKey } from "@/voting/sealed/voter-keys";
import { ChainMaker } from "./chain-maker";
import { MadeOrganisations } from "./organisations";
import { keyOf, type PlainTransaction, RecordedCity } from "./recorded-city";

/** Ballots that one transaction takes. */
const GROUP = 100;

/** Writes the bundle. @returns the round's id */
export async function writeLargeRound(file: string, ballots: number): Promise<string> {
  await pipeline(
    bundleFrames(blocksOf(ballots), { municipality: torino, round: id }),
    createWriteStream(file),
  );
  return id;
}

class LargeCity extends RecordedCity {
  constructor(private readonly places: number) {
    super();
  }

  override submit<T extends TransactionName>(actor: Actor, name: T, input: Input<T>): Promise<Simulated> {
    if (name !== "sealed:announce") return super.submit(actor, name, input);
    const { areas, ...rest } = input as unknown as Input<"sealed:announce">;
    const [first, ...others] = areas;
    const large = { ...rest, areas: [{ ...first, size: this.places }, ...others] };
    return super.submit(actor, name, large as never);
  }

  /** A transaction that writes what is given, with nobody's rules asked. */
  written(
    actor: Actor,
    name: TransactionName,
    input: object,
    writes: PlainTransaction["writes"],
    privateWrites: PlainTransaction["privateWrites"] = [],
  ): PlainTransaction {
    const whole = { command: randomUUID(), municipality: torino, ...input };
    const argument = JSON.stringify(this.carriedBy(actor, name, whole));
    const { day } = this.record("day", "day");
    const entries = writes.map(([, value]) => JSON.parse(value));
    const event = canonicalJson({ actor, command: whole.command, day, entries, transaction: name });
    return {
      ...{ name, argument, submitter: this.submitter, at: this.now, reads: [keyOf("phase", id)] },
      ...{ writes, privateWrites, event },
    };
  }
}

async function* blocksOf(ballots: number): AsyncGenerator<Uint8Array> {
  const organisations = await MadeOrganisations.make();
  const maker = new ChainMaker(organisations, organisations.parts.Comune.orderer);
  await maker.add([organisations.configuration()], [0]);
  const city = await RecordedCity.told(new LargeCity(ballots));
  await withSealedOpen(city);
  for (const one of city.transactions) await maker.addTransaction(one);
  yield* maker.take();
  const told = city.transactions.length;

  const round = sealedRoundOf(city.record("round", id));
  const { schema } = city.record("sealing", id) as { schema?: number };
  const standing: Cast[] = [];
  for (let from = 0; from < ballots; from += GROUP) {
    const casts: Cast[] = [];
    for (let index = from; index < Math.min(from + GROUP, ballots); index++)
      casts.push(await castOf(round, index));
    await maker.addTransaction(castTransaction(city, casts, schema));
    yield* maker.take();
    // Only what the list and the publication need.
    standing.push(...casts.map((cast) => ({ ...cast, credentials: [] as never })));
    if (from % 5000 === 0) console.error(`${from} of ${ballots} ballots made`);
  }
  await city.advanceTo("2026-02-11");
  for (const one of city.transactions.slice(told)) await maker.addTransaction(one);
  for await (const one of closing(city, round, standing, schema)) {
    await maker.addTransaction(one);
    yield* maker.take();
  }
}

const secrets = [1, 2, 3].map((issuer) => issuersOf(1).secrets[issuer - 1] as KeyObject);

async function castOf(round: SealedRound, index: number): Promise<Cast> {
  const secret = bytes(`voter ${index}`);
  const voter = await nodePrimitives.ed25519PublicKey(secret);
  const place = { area: 1, voter, seq: 1 };
  const choices = index % 3 === 0 ? ["2"] : ["1"];
  const plaintext = encodeBallot(round.layout, { attempt: 1, content: { type: "approval", choices } });
  const key = ballotKey(bytes(`root ${index}`), round, place, plaintext);
  const envelope = await sealEnvelope(nodePrimitives, round, place, key, plaintext);
  const message = credentialMessage(round.digest, 1, voter);
  const [first, second, third] = secrets.map(
    (key): Uint8Array =>
      Uint8Array.from(
        sign("sha384", message, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 0 }),
      ),
  ) as [Uint8Array, Uint8Array, Uint8Array];
  return signCast(nodePrimitives, round, place, secret, [first, second, third], envelope);
}

function castTransaction(
  city: LargeCity,
  casts: readonly Cast[],
  schema: number | undefined,
): PlainTransaction {
  const { input } = group(id, casts);
  const writes = input.ballots.flatMap((ballot): [string, string][] => {
    const { key, seq, digest: signed } = ballot;
    const record = { municipality: torino, round: id, area: 1, ...ballot, schema };
    return [
      [keyOf("sealed_ballot", id, "00001", key, "01"), JSON.stringify(record)],
      [keyOf("last_ballot", id, "00001", key.slice(0, 2), key), JSON.stringify({ key, seq, digest: signed })],
    ];
  });
  const envelopes = casts.map(({ voter, envelope }): [string, Uint8Array] => [
    keyOf("envelope", id, "00001", hex(voter), "01"),
    envelope,
  ]);
  return city.written(programs.opener, "sealed:cast", input, writes, envelopes);
}

/** From the end of the reception to the outcome. */
async function* closing(
  city: LargeCity,
  round: SealedRound,
  standing: Cast[],
  schema: number | undefined,
): AsyncGenerator<PlainTransaction> {
  let sealing = city.record("sealing", id);
  let record = city.record("round", id);
  const sealingIs = (changes: Partial<RecordOf<"sealing">>): [string, string] => {
    sealing = { ...sealing, ...changes };
    return [keyOf("sealing", id), JSON.stringify(sealing)];
  };
  const roundIs = (changes: Partial<RecordOf<"round">>): [string, string] => {
    record = { ...record, ...changes };
    return [keyOf("round", id), JSON.stringify(record)];
  };
  const { round: _, ...held } = await reception(city, standing.length);
  yield city.written(programs.relay, "sealed:endReception", { round: id, ...held }, [
    sealingIs({ reception: held as never }),
  ]);
  yield city.written(people.service, "rounds:close", { id }, [roundIs({ state: "closed" })]);
  standing.sort((a, b) => Buffer.compare(a.voter, b.voter));
  const tree = new MerkleTree();
  for (const cast of standing) tree.add(finalLeaf(round, { ...cast, digest: envelopeDigest(cast.envelope) }));
  const on = "2026-02-11";
  const count = standing.length;
  const areas = [count, 0, 0].map((ballots, index) => ({
    number: index + 1,
    ballots,
    opened: ballots >= 10,
  }));
  yield city.written(programs.opener, "sealed:list", { round: id }, [
    sealingIs({ state: "listed", list: { root: hex(tree.root()), count, superseded: 0, areas, on } }),
  ]);
  for (let from = 0; from < count; from += GROUP) {
    const input = published(id, standing.slice(from, from + GROUP));
    const writes = input.envelopes.map((one): [string, string] => [
      keyOf("sealed_envelope", id, "00001", one.key),
      JSON.stringify({ municipality: torino, round: id, ...one, schema }),
    ]);
    yield city.written(programs.opener, "sealed:publish", input, writes);
  }
  yield city.written(programs.opener, "sealed:completePublication", { round: id }, [
    sealingIs({ state: "published", publication: { published: count, missing: 0, on } }),
  ]);
  for (const index of [0, 1]) {
    const { organisation, person } = trustees[index] as Actor;
    const { secret } = released(index);
    const own = [...sealing.released, { organisation, person, secret, on }];
    const state = index === 1 ? "released" : "published";
    yield city.written(trustees[index] as Actor, "sealed:release", { round: id, secret }, [
      sealingIs({ state, released: own }),
    ]);
  }
  const ones = Array.from({ length: count }, (_one, index) => index).filter(
    (index) => index % 3 !== 0,
  ).length;
  const votes = [ones, count - ones].map((each, index) => ({ number: index + 1, votes: each }));
  const told = { selected: [1], votes, ballots: count, void: 0, costCents: 1_000_000 };
  const outcome = { digest: digest(outcomeText(told)), ...told };
  yield city.written(people.officer, "rounds:count", { id, outcome }, [
    roundIs({ state: "counted", counts: 1, outcome }),
  ]);
}
