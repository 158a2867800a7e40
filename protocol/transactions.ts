/**
 * Every transaction of the chaincode: its name, the schema of its one argument (JSON) and the roles that may
 * submit it. The name is `contract:function`. `command` makes sending twice harmless: the second is refused
 * with `already_done` and the id of the first transaction.
 */
import { z } from "zod";
import { Ed25519PublicKey, Id, IstatCode } from "./primitives";
import { type RecordType, records } from "./records";
import { AreaNumber, atOnce, Seq } from "./records/sealed";
import { commonsTransactions } from "./transactions/commons";
import { deskTransactions } from "./transactions/desk";
import { moneyTransactions } from "./transactions/money";
import { municipalityTransactions } from "./transactions/municipality";
import { pactsTransactions } from "./transactions/pacts";
import { papersTransactions } from "./transactions/papers";
import { proposalsTransactions } from "./transactions/proposals";
import { registerTransactions } from "./transactions/register";
import { roundsTransactions } from "./transactions/rounds";
import { sealedTransactions } from "./transactions/sealed";

export const transactions = {
  ...municipalityTransactions,
  ...registerTransactions,
  ...commonsTransactions,
  ...proposalsTransactions,
  ...roundsTransactions,
  ...sealedTransactions,
  ...deskTransactions,
  ...pactsTransactions,
  ...moneyTransactions,
  ...papersTransactions,
} as const;

export type TransactionName = keyof typeof transactions;
/** The argument a caller gives, before defaults. */
export type InputOf<T extends TransactionName> = z.infer<(typeof transactions)[T]["input"]>;

const RecordTypeName = z.enum(Object.keys(records) as [RecordType, ...RecordType[]]);
/** Components of a key after municipality and type: nothing that could reach outside its own key. */
const KeyPart = z.string().regex(/^[A-Za-z0-9-]{1,64}$/);

/** Questions that change nothing; asked with Evaluate. Their answers are JSON. */
export const queries = {
  /** One record as it stands, or null: `idParts` follow municipality and type in the key. */
  "records:get": z.strictObject({
    municipality: IstatCode,
    type: RecordTypeName,
    idParts: z.array(KeyPart).min(1).max(4),
  }),
  /** Every state a record has had, newest first: `[{ txId, timestamp, record }]`. */
  "records:history": z.strictObject({
    municipality: IstatCode,
    type: RecordTypeName,
    idParts: z.array(KeyPart).min(1).max(4),
  }),
  /** A page of the records of a type below a key prefix: `{ records, bookmark }`. */
  "records:list": z.strictObject({
    municipality: IstatCode,
    type: RecordTypeName,
    prefix: z.array(KeyPart).max(3),
    pageSize: z.int().min(1).max(1000),
    bookmark: z.string().max(1000),
  }),
  /**
   * Envelopes of recorded sealed ballots out of the private collection of the organisation that is asked, for the services
   * that publish them: `{ envelopes }`, base64, null where one is not there.
   */
  "records:envelopes": z.strictObject({
    municipality: IstatCode,
    round: Id,
    ballots: z
      .array(z.strictObject({ area: AreaNumber, key: Ed25519PublicKey, seq: Seq }))
      .min(1)
      .max(atOnce.published),
  }),
} as const;
export type QueryName = keyof typeof queries;
export type QueryOf<Q extends QueryName> = z.infer<(typeof queries)[Q]>;
