/** Files of a recovery: what whoever prepares it writes, and what is made of it. */
import { z } from "zod";
import { FoundingId, IstatCode, Organisation } from "@/protocol/primitives";
import { MunicipalOrganisation } from "@/protocol/records/municipality";
import { transactions } from "@/protocol/transactions";
import { ActOnPaper, Owner, Person } from "../found/description";

const { origin, recoveryKey } = MunicipalOrganisation.shape;

export const Description = z.strictObject({
  municipality: IstatCode,
  /** The organisation that is set right. */
  part: Organisation,
  /** Ends every office of the organisation and withdraws every key of its people, before these people come in. */
  endAll: z.boolean(),
  people: z.array(Person.omit({ organisation: true })).min(1),
  /** Where its people sign from then on, and its recovery key, where they change. */
  ...{ origin: origin.optional(), recoveryKey: recoveryKey.optional() },
  /** The decision, with the path of its file. */
  act: ActOnPaper,
});
export type Description = z.infer<typeof Description>;

const { input } = transactions["recovery:propose"];

/** All of a recovery but the keys of its people and the signatures. */
export const Preparation = z.strictObject({
  command: z.uuid(),
  completeCommand: z.uuid(),
  founding: FoundingId,
  /** Where its people make their keys. */
  origin,
  plan: input.omit({ command: true, signatures: true, passkeys: true }),
  people: z.array(Owner),
});
export type Preparation = z.infer<typeof Preparation>;
