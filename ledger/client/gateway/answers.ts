import { z } from "zod";
import type { RecordOf, RecordType } from "../../../protocol/records";
import type { QueryName } from "../../../protocol/transactions";

const record = z.custom<RecordOf<RecordType>>((value) => typeof value === "object" && value !== null);

/** What the chaincode answers to each of its queries. Records are as they were written: the chaincode checked them. */
export const answers = {
  "records:get": record.nullable(),
  "records:history": z.array(
    z.object({ txId: z.string(), timestamp: z.string(), record: record.nullable() }),
  ),
  "records:list": z.object({ records: z.array(record), bookmark: z.string() }),
  "records:envelopes": z.object({ envelopes: z.array(z.string().nullable()) }),
} as const satisfies Record<QueryName, z.ZodType>;

export type AnswerOf<Q extends QueryName> = z.infer<(typeof answers)[Q]>;
