import { randomBytes, X509Certificate } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { type Connection, type ConnectionOrganisation, readConnection } from "@/ledger/client/connection";
import { newKeyAndRequest } from "@/ledger/client/key-pair";
import { newPerson, openSession, organisationOf, type Person, registrarOf } from "@/tests/fabric/people";
import { startEmbedded } from "./embedded";

export type Session = ReturnType<typeof openSession>;

/**
 * The ledger that the suite runs against: the one that `CONFORMANCE_CONNECTION` names (with the conformance
 * chaincode deployed), or an embedded one started for the test file.
 */
export interface Target {
  readonly connection: Connection;
  /** A new person of an organisation. */
  person(organisation?: "comune" | "case" | "garanti", role?: string): Promise<Person>;
  /** A session of a person, of a new one of the Comune where none is given; closed with the target. */
  session(person?: Person, through?: ConnectionOrganisation): Promise<Session>;
  /** Somebody whose certificate has expired. The CA must have a profile of a few seconds: `brief`, on Fabric `tls`. */
  expiredPerson(): Promise<Person>;
  close(): Promise<void>;
}

const briefSeconds = 3;
const longestLife = 120_000;

export async function openTarget(): Promise<Target> {
  const file = process.env.CONFORMANCE_CONNECTION;
  const embedded = file ? undefined : await startEmbedded({ args: ["--ca-profile", `tls=${briefSeconds}`] });
  const connection = embedded ? embedded.connection : await readConnection(file ?? "");
  const sessions: Session[] = [];
  const person: Target["person"] = (name = "comune", role = "assessor") =>
    newPerson(organisationOf(connection, name), role);
  return {
    connection,
    person,
    async session(who, through) {
      const session = openSession(connection, who ?? (await person()), through);
      sessions.push(session);
      return session;
    },
    expiredPerson: () => enrolBriefly(organisationOf(connection, "comune")),
    async close() {
      for (const session of sessions) session.close();
      await embedded?.stop();
    },
  };
}

export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8");
}

/** A key that no other test uses, so that the suite can run again and again on one ledger. */
export function freshKey(name: string): string {
  return `${name}-${randomBytes(6).toString("hex")}`;
}

/** What a rejected promise was rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("it succeeded");
}

/** The profile `tls` is for nodes; here it is set to a short life, since people never ask for it. */
async function enrolBriefly(organisation: ConnectionOrganisation): Promise<Person> {
  const { ca, registrar } = await registrarOf(organisation);
  const enrolmentId = randomBytes(12).toString("hex");
  const secret = await ca.register(registrar, { enrolmentId, type: "client" });
  const { privateKeyPem, csrPem } = await newKeyAndRequest(enrolmentId);
  const { certificatePem } = await ca.enrol({ enrolmentId, secret, csrPem, profile: "tls" });
  const expiry = new X509Certificate(certificatePem).validToDate.getTime();
  if (expiry > Date.now() + longestLife) throw new Error("the CA's profile tls is not set to a short life");
  await pause(Math.max(0, expiry - Date.now()) + 1000);
  return { enrolmentId, organisation, certificatePem, privateKeyPem };
}
