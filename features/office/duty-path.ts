/** A transaction in an address: its colon would be written as %3A by some browsers and not by others. Pure. */
import { commentSteps } from "@/features/workflow/rules";
import { transactionNames } from "@/protocol/workflow/table";

export function dutyPathPart(transaction: string): string {
  return transaction.replace(":", ".");
}

/** The transaction that a part of an address names; undefined where it names none. */
export function transactionOfPath(part: string): string | undefined {
  return [...transactionNames, ...commentSteps].find((name) => dutyPathPart(name) === part);
}
