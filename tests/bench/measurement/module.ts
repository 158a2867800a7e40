import { z } from "zod";

const ledgers = ["embedded", "fabric"] as const;
export type LedgerKind = (typeof ledgers)[number];
export const ledgerKind = z.enum(ledgers);

/** What the command line says to all measurements. */
export interface Options {
  readonly ledger: LedgerKind;
}

/** What a module of `tests/bench` exports. */
export const measurementModule = z.object({
  /** Measures and returns an object for the results. @throws NotMeasurable */
  default: z.custom<(options: Options) => Promise<object>>((value) => typeof value === "function"),
  /** What must have been built: nothing, the contracts and the database's client, or the site too. */
  needs: z.enum(["nothing", "contracts", "site"]),
  /** Left out unless it is named: it takes minutes. */
  onlyByName: z.boolean().default(false),
});

/** Something that a measurement needs is not on this machine; the message says what. */
export class NotMeasurable extends Error {
  override readonly name = "NotMeasurable";
}
