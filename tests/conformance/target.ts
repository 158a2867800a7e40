import { randomBytes } from "node:crypto";
import { request } from "node:https";
import { setTimeout as pause } from "node:timers/promises";
import { type Connection, type ConnectionOrganisation, readConnection } from "@/ledger/connection";
import { newKeyAndRequest } from "@/ledger/key-pair";
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

export async function openTarget(): Promise<Target> {
  const file = process.env.CONFORMANCE_CONNECTION;
  const embedded = file
    ? undefined
    : await startEmbedded({ args: ["--ca-profile", `brief=${briefSeconds}`] });
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
    expiredPerson: () => enrolBriefly(organisationOf(connection, "comune"), embedded ? "brief" : "tls"),
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

async function enrolBriefly(organisation: ConnectionOrganisation, profile: string): Promise<Person> {
  const { ca, registrar } = await registrarOf(organisation);
  const enrolmentId = randomBytes(12).toString("hex");
  const secret = await ca.register(registrar, { enrolmentId, type: "client" });
  const { privateKeyPem, csrPem } = await newKeyAndRequest(enrolmentId);
  const answer = await post(
    `${organisation.ca.url}/api/v1/enroll`,
    { caname: organisation.ca.name, certificate_request: csrPem, profile },
    `${enrolmentId}:${secret}`,
    organisation.ca.tlsCaPem,
  );
  const certificatePem = Buffer.from(answer.result.Cert, "base64").toString("utf8");
  await pause((briefSeconds + 1) * 1000);
  return { enrolmentId, organisation, certificatePem, privateKeyPem };
}

/** The application's CA client never asks for a short life, so this request is made by hand. */
function post(
  url: string,
  body: object,
  credentials: string,
  ca: string | undefined,
): Promise<{ result: { Cert: string } }> {
  const bytes = Buffer.from(JSON.stringify(body));
  const headers = {
    authorization: `Basic ${Buffer.from(credentials).toString("base64")}`,
    "content-type": "application/json",
    "content-length": bytes.length,
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", ca, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => resolve(JSON.parse(Buffer.concat(chunks).toString("utf8"))));
    });
    sent.on("error", reject);
    sent.end(bytes);
  });
}
