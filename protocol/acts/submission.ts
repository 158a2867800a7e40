/** How each transaction is submitted by somebody in a role. */
import type { Role } from "../primitives";
import type { TransactionName } from "../transactions";
import { isBinding } from "../transactions/binding";
import { type Submission, submissionOf } from "./roles";

/** The Comune vouches for its residents, but for what binds them. */
export function submissionFor(name: TransactionName, role: Role): Submission {
  return role === "resident" && isBinding(name) ? "act" : submissionOf(role);
}
