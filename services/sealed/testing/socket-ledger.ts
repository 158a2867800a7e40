/** The trial ledger for parts in processes of their own: the test serves it on a socket, `node:v8` carries the bytes. */
import { createServer, type Server } from "node:http";
import { deserialize, serialize } from "node:v8";
import { PartClient } from "@/lib/part-client";
import type { IssuerNumber } from "@/voting/sealed/round";
import { LedgerAway, LedgerRefusal, type SealedLedger } from "../ledger";
import type { TrialLedger } from "./trial-ledger";

type Question = { readonly method: keyof SealedLedger; readonly values: readonly unknown[] };
type Told = { readonly now: number } & (
  | { readonly answer: unknown }
  | { readonly refused: string }
  | { readonly away: true }
);

export function serveTrialLedger(trial: TrialLedger, issuer: IssuerNumber, socket: string): Promise<Server> {
  const ledger = trial.of(issuer);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", async () => {
      const { method, values } = deserialize(Buffer.concat(chunks)) as Question;
      const now = trial.now();
      let told: Told;
      try {
        const ask = ledger[method] as (...all: readonly unknown[]) => Promise<unknown>;
        told = { now, answer: await ask(...values) };
      } catch (error) {
        told = error instanceof LedgerRefusal ? { now, refused: error.code } : { now, away: true };
      }
      response.end(serialize(told));
    });
  });
  return new Promise((resolve) => server.listen(socket, () => resolve(server)));
}

export class SocketLedger implements SealedLedger {
  /** The test's clock, as of the last answer. */
  now = 0;

  constructor(private readonly socket: string) {}

  rounds = () => this.#ask("rounds") as ReturnType<SealedLedger["rounds"]>;
  day: SealedLedger["day"] = (...values) => this.#ask("day", ...values) as Promise<string>;
  recorded: SealedLedger["recorded"] = (...values) =>
    this.#ask("recorded", ...values) as Promise<Uint8Array | null>;
  vouched: SealedLedger["vouched"] = (...values) =>
    this.#ask("vouched", ...values) as ReturnType<SealedLedger["vouched"]>;
  submit: SealedLedger["submit"] = (...values) => this.#ask("submit", ...values);

  async #ask(method: keyof SealedLedger, ...values: readonly unknown[]): Promise<unknown> {
    let told: Told;
    try {
      const bytes = await new PartClient(this.socket).ask("POST", "/", serialize({ method, values }));
      told = deserialize(bytes) as Told;
    } catch {
      throw new LedgerAway("no answer");
    }
    this.now = told.now;
    if ("refused" in told) throw new LedgerRefusal(told.refused);
    if ("away" in told) throw new LedgerAway("away");
    return plain(told.answer);
  }
}

/** What `node:v8` gives back as a Buffer is a plain array of bytes again. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (value instanceof Date || value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)]));
}
