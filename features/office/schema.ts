import { z } from "zod";
import { commentSteps } from "@/features/workflow/rules";
import { oneLineIfAny } from "@/lib/text-field";
import { transactionNames } from "@/protocol/workflow/table";

const of = {
  transaction: z.enum([...commentSteps, ...transactionNames]),
  record: z.string().min(1).max(200),
  /** Of what the page showed, so that nobody overwrites what they have not seen. */
  revision: z.coerce.number().int().min(0).max(1_000_000),
};

/** Empty means nobody. */
export const assignmentSchema = z.object({ ...of, assignee: oneLineIfAny(100) });

/** As offices write it: `12345/2026`, `PG 2026/0012345`, `I.4.12-88`. */
export const protocolNumberSchema = z.object({
  ...of,
  number: oneLineIfAny(40).pipe(
    z.string().regex(/^$|^(?=.*\d)[\p{L}\d][\p{L}\d ./_-]*$/u, "protocol_number_unreadable"),
  ),
});

export type AssignmentInput = z.input<typeof assignmentSchema>;
export type ProtocolNumberInput = z.input<typeof protocolNumberSchema>;

export const nothingSchema = z.object({});
