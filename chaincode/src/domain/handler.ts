import type { InputOf, TransactionName } from "../../../protocol/transactions";
import type { Tx } from "./tx";

/** What a transaction hands back to whoever submitted it, beside its id. */
export type Result = Record<string, unknown> | undefined;

/**
 * The rule of one transaction: reads and writes records through `tx`.
 * @throws {RuleError} the refusal; nothing is written then
 */
export type Handler<T extends TransactionName> = (tx: Tx, input: InputOf<T>) => Promise<Result> | Result;
