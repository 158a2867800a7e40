/**
 * The one chaincode event of a transaction. It says who did what and carries each record as the transaction left
 * it, so that tables can be built from blocks alone.
 */
import { z } from "zod";
import { Actor, Digest, Id, IstatCode, Organisation } from "./primitives";
import type { RecordOf, RecordType } from "./records";
import type { TransactionName } from "./transactions";

export const EVENT_NAME = "cocity";
export const EVENT_VERSION = 1;

export const Event = z.strictObject({
  version: z.literal(EVENT_VERSION),
  transaction: z.string(),
  command: z.uuid(),
  municipality: IstatCode,
  actor: Actor,
  /** The organisation and program whose certificate carried it, where somebody else acts. */
  carriedBy: z.strictObject({ organisation: Organisation, program: Id }).optional(),
  /** Digest of the act that the actor signed, and the key they signed with. */
  signed: z.strictObject({ act: Digest, passkey: Digest }).optional(),
  /** The chain's day when it was endorsed. */
  day: z.iso.date(),
  /** The commons whose thread this belongs to. */
  commons: z.array(Id).max(500),
  entries: z.array(z.strictObject({ type: z.string(), idParts: z.array(z.string()), record: z.unknown() })),
});

export type EventEntry = {
  [T in RecordType]: { type: T; idParts: string[]; record: RecordOf<T> };
}[RecordType];
export type Event = Omit<z.infer<typeof Event>, "entries" | "transaction"> & {
  transaction: TransactionName;
  entries: EventEntry[];
};
