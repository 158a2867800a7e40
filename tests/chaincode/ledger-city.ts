import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { EndorseError, GatewayError } from "@hyperledger/fabric-gateway";
import * as x509 from "@peculiar/x509";
import type { Input, Teller } from "@/chaincode/testing/city";
import { digest, type RegistrarKey } from "@/chaincode/testing/keys";
import { withPartyKeys } from "@/chaincode/testing/party-keys";
import { people, person } from "@/chaincode/testing/people";
import { keyOf, originOf } from "@/chaincode/testing/register";
import { actOf, type Sight, signedBy } from "@/chaincode/testing/signed-acts";
import { CaClient, type KeyPair } from "@/ledger/client/ca-client";
import { type Connection, readConnection } from "@/ledger/client/connection";
import { refusalOf as whyRefused } from "@/ledger/client/gateway/refusal";
import { newKeyAndRequest } from "@/ledger/client/key-pair";
import type { Carried } from "@/protocol/acts/carried";
import { relyingPartyId } from "@/protocol/acts/origins";
import { submissionOf } from "@/protocol/acts/roles";
import { recordKeyOf, seenFor } from "@/protocol/acts/seen";
import { submissionFor } from "@/protocol/acts/submission";
import { canonicalJson } from "@/protocol/canonical-json";
import { parseRuleError, type RuleError } from "@/protocol/errors";
import type { Actor } from "@/protocol/primitives";
import type { RecordOf, RecordType } from "@/protocol/records";
import type { QueryName, QueryOf, TransactionName } from "@/protocol/transactions";
import { openSession, organisationOf, registrarOf } from "@/tests/fabric/people";
import { type EmbeddedLedger, startEmbedded } from "../conformance/embedded";
import { buildChaincode } from "./built-chaincode";
import { foundingOnLedger, recoveryKeysOnLedger } from "./founding";

const root = fileURLToPath(new URL("../..", import.meta.url));

type Session = ReturnType<typeof openSession>;

/** Peers on a machine that does much else are behind each other for a while, never for so long. */
const MOST_BEHIND_MS = 30_000;

/**
 * A municipality on a ledger with this chaincode: people in office sign acts with keys in memory, the Comune's service
 * carries them and vouches for residents, and programs enrol when they first act.
 */
export class LedgerCity implements Teller {
  readonly #sessions = new Map<string, Promise<Session>>();
  readonly #keys = new Map<string, RegistrarKey>();
  /** Whose peer has committed what was submitted last: it has all that came before. */
  #latest: Actor = people.service;
  /** What travels beside the next casts of sealed ballots. */
  envelopes: readonly string[] | undefined;

  private constructor(
    readonly connection: Connection,
    private readonly embedded: EmbeddedLedger | undefined,
  ) {}

  /**
   * The municipality of the story, founded on the ledger that CHAINCODE_CONNECTION names (with this chaincode
   * deployed, configured with the story's recovery keys, and nothing on it yet), or on an embedded one that ends with
   * `close`.
   * @param inOffice everybody who holds an office from the start; without it the people of the story
   */
  static async founded(inOffice?: readonly Actor[]): Promise<LedgerCity> {
    const city = await LedgerCity.started();
    await city.submit(people.service, "municipality:found", foundingOnLedger(inOffice));
    await withPartyKeys(city);
    return city;
  }

  /** A ledger that somebody else started and ends, as it stands. */
  static on(connection: Connection): LedgerCity {
    return new LedgerCity(connection, undefined);
  }

  /** The same ledger with nothing on it. */
  static async started(): Promise<LedgerCity> {
    const file = process.env.CHAINCODE_CONNECTION;
    const embedded = file ? undefined : await startBuilt();
    return new LedgerCity(embedded?.connection ?? (await readConnection(file ?? "")), embedded);
  }

  holdsKey(actor: Actor, key: RegistrarKey): void {
    this.#keys.set(nameOf(actor), key);
  }

  /**
   * Submits and waits for the commit. Peers of a network that are a block apart do not agree on what follows from it:
   * then it is endorsed again a little later, as the outbox does.
   * @returns what the function answered
   */
  async submit<T extends TransactionName>(actor: Actor, name: T, input: Input<T>): Promise<{ txId: string }> {
    return this.submitText(carrierOf(actor), name, await this.argument(actor, name, input));
  }

  /** The same with whatever text as its argument, by a program. */
  async submitText(program: Actor, name: TransactionName, submitted: string): Promise<{ txId: string }> {
    await this.#waitForLatest(program);
    const { contract } = await this.session(program);
    const until = Date.now() + MOST_BEHIND_MS;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const result = await contract.submit(name, {
          arguments: [submitted],
          ...(name === "sealed:cast" ? { transientData: { envelopes: JSON.stringify(this.envelopes) } } : {}),
        });
        this.#latest = program;
        return JSON.parse(Buffer.from(result).toString("utf8"));
      } catch (error) {
        if (!(error instanceof EndorseError)) throw error;
        const why = whyRefused(error);
        if (why.kind !== "other") throw error;
        if (Date.now() > until) throw new Error(`${name}: ${why.message}`, { cause: error });
        await sleep(Math.min(1000, 200 * attempt));
      }
    }
  }

  /** A peer that is behind would refuse what rests on the last transaction. */
  async #waitForLatest(program: Actor): Promise<void> {
    if (this.embedded || program.organisation === this.#latest.organisation) return;
    const height = await (await this.session(this.#latest)).height();
    const own = await this.session(program);
    const until = Date.now() + MOST_BEHIND_MS;
    while ((await own.height()) < height) {
      if (Date.now() > until)
        throw new Error(`the peer of ${program.organisation} stays behind block ${height}`);
      await sleep(50);
    }
  }

  /** What a program carries for somebody: their act, signed over what the ledger holds now, or what they ask for. */
  async argument<T extends TransactionName>(actor: Actor, name: T, input: Input<T>): Promise<string> {
    const whole = { command: randomUUID(), municipality: actor.municipality, ...input };
    return JSON.stringify(await this.#carried(actor, name, whole));
  }

  /** The refusal of a transaction that must be refused, as a client of the gateway gets it. */
  async refused<T extends TransactionName>(actor: Actor, name: T, input: Input<T>): Promise<RuleError> {
    return refusalOf(this.submit(actor, name, input));
  }

  /** The refusal with which a transaction is not endorsed, whatever its argument. */
  async refusedText(program: Actor, name: TransactionName, text: string): Promise<RuleError> {
    const { contract } = await this.session(program);
    return refusalOf(contract.evaluateTransaction(name, text));
  }

  /** What the ledger says to a transaction that is not submitted: its refusal, or nothing where it would take it. */
  async triedText(program: Actor, name: TransactionName, text: string): Promise<RuleError | undefined> {
    const { contract } = await this.session(program);
    try {
      await contract.evaluateTransaction(name, text);
      return undefined;
    } catch (error) {
      return refusalOf(Promise.reject(error));
    }
  }

  async ask<Q extends QueryName>(program: Actor, name: Q, question: QueryOf<Q>): Promise<unknown> {
    const { contract } = await this.session(program);
    const answer = await contract.evaluateTransaction(name, JSON.stringify(question));
    return JSON.parse(Buffer.from(answer).toString("utf8"));
  }

  async record<T extends RecordType>(type: T, ...idParts: string[]): Promise<RecordOf<T>> {
    const { municipality } = people.service;
    return (await this.ask(this.#latest, "records:get", { municipality, type, idParts })) as RecordOf<T>;
  }

  advanceTo(day: string): Promise<unknown> {
    return this.submit(people.service, "municipality:advanceDay", { day });
  }

  session(program: Actor): Promise<Session> {
    const name = nameOf(program);
    const session = this.#sessions.get(name) ?? this.#enrol(program, this.#keys.get(name));
    this.#sessions.set(name, session);
    return session;
  }

  async close(): Promise<void> {
    for (const session of this.#sessions.values()) (await session).close();
    await this.embedded?.stop();
  }

  async #carried(actor: Actor, name: TransactionName, input: object): Promise<Carried> {
    const submission = submissionFor(name, actor.role);
    if (submission === "service") return { by: "service", input: { ...input } };
    if (submission === "resident") return { by: "resident", person: actor.person, input: { ...input } };
    const origin = originOf[actor.role === "resident" ? "Comune" : actor.organisation];
    const act = actOf(actor, name, input, await this.#sightOf(name, input));
    return signedBy(keyOf(actor.person), act, { origin, rpId: relyingPartyId(origin) });
  }

  async #sightOf(name: TransactionName, input: object): Promise<Sight> {
    const [{ day }, ...seen] = await Promise.all([
      this.record("day", "day"),
      ...seenFor(name, input as never).map(async (path) => {
        const record: object | null = await this.record(...recordKeyOf(path));
        return record === null ? [] : [[path, digest(canonicalJson(record))]];
      }),
    ]);
    return { day, seen: Object.fromEntries(seen.flat()) };
  }

  async #enrol(actor: Actor, key: RegistrarKey | undefined): Promise<Session> {
    const organisation = organisationOf(this.connection, actor.organisation.toLowerCase());
    const { registrar } = await registrarOf(organisation);
    const ca = new CaClient(organisation.ca);
    const enrolmentId = randomBytes(12).toString("hex");
    const secret = await ca.register(registrar, {
      enrolmentId,
      type: "client",
      attributes: {
        "cocity.role": actor.role,
        "cocity.municipality": actor.municipality,
        "cocity.person": actor.person,
      },
    });
    const { privateKeyPem, csrPem } = key
      ? await requestFor(enrolmentId, key.privateKeyPem)
      : await newKeyAndRequest(enrolmentId);
    const { certificatePem } = await ca.enrol({ enrolmentId, secret, csrPem });
    const pair: KeyPair = { certificatePem, privateKeyPem };
    return openSession(this.connection, { enrolmentId, organisation, ...pair });
  }
}

async function startBuilt(): Promise<EmbeddedLedger> {
  buildChaincode();
  const env = { COCITY_RECOVERY_KEYS: recoveryKeysOnLedger.join(",") };
  return startEmbedded({ chaincodeDir: `${root}/chaincode`, env });
}

/** Whose certificate a transaction of somebody comes with: a program's own, or the Comune's service for people. */
export function carrierOf(actor: Actor): Actor {
  if (submissionOf(actor.role) === "service") return actor;
  return person("service-comune", "service", "Comune", actor.municipality);
}

/** The refusal of the chaincode inside what the gateway client throws. */
export async function refusalOf(attempt: Promise<unknown>): Promise<RuleError> {
  try {
    await attempt;
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    const text = [error.message, ...error.details.map(({ message }) => message)].join("\n");
    const refusal = parseRuleError(text);
    if (!refusal) throw error;
    return refusal;
  }
  throw new Error("it was not refused");
}

function nameOf({ person, role, organisation, municipality }: Actor): string {
  return [person, role, organisation, municipality].join(" ");
}

/** A certificate request for a key that is there already. */
async function requestFor(commonName: string, privateKeyPem: string) {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
  const pkcs8 = x509.PemConverter.decodeFirst(privateKeyPem);
  const privateKey = await crypto.subtle.importKey("pkcs8", pkcs8, algorithm, true, ["sign"]);
  const { d: _, key_ops: __, ...jwk } = await crypto.subtle.exportKey("jwk", privateKey);
  const publicKey = await crypto.subtle.importKey("jwk", jwk, algorithm, true, ["verify"]);
  const request = await x509.Pkcs10CertificateRequestGenerator.create(
    {
      name: new x509.Name([{ CN: [commonName] }]).toString(),
      keys: { privateKey, publicKey },
      signingAlgorithm: algorithm,
    },
    crypto,
  );
  return { privateKeyPem, csrPem: request.toString("pem") };
}
