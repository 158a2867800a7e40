/** How a step of the workflow looks wherever it is shown. Pure. */
import type { IconName } from "@/components/ui/icon";
import { answering, moderating } from "@/lib/permissions";
import type { Role } from "@/protocol/primitives";
import { type TransactionName, transactions } from "@/protocol/transactions";

/** What waits for an office and ends in the database alone. */
export const commentSteps = ["comments:decide", "comments:decideAppeal", "comments:answer"] as const;
export type CommentStep = (typeof commentSteps)[number];
/** All that can wait for somebody: what ends as a transaction, and what is done about comments. */
export type StepName = TransactionName | CommentStep;

/** Every transaction has its own sign, or that of what it is about. */
const icons: { readonly [T in StepName]: IconName } = {
  "comments:decide": "flag",
  "comments:decideAppeal": "scale",
  "comments:answer": "message",
  "municipality:proposeSettings": "tools",
  "municipality:confirmSettings": "seal",
  "municipality:advanceDay": "calendar",
  "municipality:registerSigningKey": "lock",
  "municipality:withdrawSigningKey": "lock",
  "municipality:found": "building",
  "municipality:introduceRegister": "building",
  "municipality:proposeOrigin": "link",
  "municipality:confirmOrigin": "link",
  "municipality:retireOrigin": "link",
  "offices:propose": "people",
  "offices:confirm": "seal",
  "offices:withdraw": "x-circle",
  "offices:suspend": "hourglass",
  "offices:confirmWithdrawal": "seal",
  "passkeys:propose": "lock",
  "passkeys:confirm": "lock",
  "passkeys:withdraw": "x-circle",
  "recovery:propose": "warning",
  "recovery:stop": "x-circle",
  "recovery:complete": "check-circle",
  "subjects:register": "people",
  "subjects:registerPayee": "people",
  "subjects:recogniseEligibility": "people",
  "subjects:replaceRepresentative": "people",
  "subjects:declareInterest": "warning",
  "commons:register": "map-pin",
  "documents:record": "document",
  "calls:publish": "idea",
  "calls:extend": "calendar",
  "proposals:submit": "document",
  "proposals:publish": "eye",
  "proposals:withdraw": "x-circle",
  "proposals:merge": "link",
  "proposals:separate": "arrow-up-down",
  "proposals:adhere": "handshake",
  "proposals:withdrawAdhesion": "x-circle",
  "proposals:startAssessment": "scale",
  "proposals:requestIntegration": "edit",
  "proposals:integrate": "edit",
  "proposals:declareConflict": "warning",
  "proposals:score": "scale",
  "proposals:admit": "check-circle",
  "proposals:reject": "x-circle",
  "proposals:fund": "check-circle",
  "proposals:reserve": "hourglass",
  "proposals:allowBeyond": "seal",
  "proposals:startCoDesign": "people",
  "proposals:readyForPact": "people",
  "proposals:abandon": "x-circle",
  "rounds:freeze": "ballot",
  "rounds:place": "ballot",
  "rounds:draw": "ballot",
  "rounds:open": "ballot",
  "rounds:admit": "ballot",
  "rounds:cast": "ballot",
  "rounds:close": "lock",
  "rounds:count": "scale",
  "rounds:attest": "seal",
  "rounds:object": "message",
  "rounds:decideObjection": "message",
  "rounds:finalise": "check-circle",
  "rounds:annul": "x-circle",
  "rounds:release": "ballot",
  "sealed:announce": "ballot",
  "sealed:offerKeys": "lock",
  "sealed:offerServiceKey": "lock",
  "sealed:offerTrusteeKey": "lock",
  "sealed:revealTie": "ballot",
  "sealed:reportIssued": "people",
  "sealed:cast": "ballot",
  "sealed:endReception": "flag",
  "sealed:prolong": "calendar",
  "sealed:list": "ballot",
  "sealed:purge": "x-circle",
  "sealed:publish": "eye",
  "sealed:completePublication": "check-circle",
  "sealed:release": "lock",
  "desk:openStation": "flag",
  "desk:vouch": "people",
  "desk:confirmVoucher": "people",
  "desk:tellBalance": "scale",
  "desk:closeStation": "seal",
  "desk:enterSheets": "ballot",
  "desk:confirmSheets": "seal",
  "pacts:draft": "edit",
  "pacts:revise": "edit",
  "pacts:approveDistrict": "seal",
  "pacts:noteGiunta": "seal",
  "pacts:approveGiunta": "seal",
  "pacts:sign": "handshake",
  "pacts:recordInsurance": "shield",
  "pacts:recordSafetyBriefing": "tools",
  "pacts:activate": "check-circle",
  "pacts:suspend": "pause",
  "pacts:resume": "handshake",
  "pacts:terminate": "x-circle",
  "pacts:withdraw": "x-circle",
  "pacts:expire": "flag",
  "funds:openLine": "euro",
  "funds:changeBudget": "euro",
  "funds:commit": "euro",
  "funds:publishGrant": "eye",
  "funds:planMilestones": "flag",
  "funds:release": "euro",
  "funds:carryOver": "calendar",
  "funds:allowSettlement": "seal",
  "milestones:cancel": "x-circle",
  "milestones:countersign": "eye",
  "milestones:submitEvidence": "upload",
  "milestones:verify": "eye",
  "milestones:returnEvidence": "edit",
  "milestones:accept": "check",
  "milestones:reject": "x-circle",
  "milestones:object": "message",
  "milestones:decideObjection": "scale",
  "payments:request": "euro",
  "payments:check": "euro",
  "payments:reduce": "euro",
  "payments:refuse": "x-circle",
  "payments:liquidate": "euro",
  "payments:order": "send",
  "payments:recordPaid": "check-circle",
  "payments:recordReturned": "warning",
  "payments:recover": "euro",
  "reports:submit": "document",
  "papers:record": "document",
  "papers:confirm": "handshake",
  "papers:withdraw": "x-circle",
};

const ofComments: { readonly [T in CommentStep]: readonly Role[] } = {
  "comments:decide": moderating,
  "comments:decideAppeal": ["guarantor", ...moderating],
  "comments:answer": answering,
};

/** The roles that take a step. */
export function rolesOf(step: StepName): readonly Role[] {
  return isCommentStep(step) ? ofComments[step] : transactions[step].roles;
}

export function isCommentStep(step: StepName): step is CommentStep {
  return (commentSteps as readonly StepName[]).includes(step);
}

/** The sign of a step; of a transaction that an earlier version knew, a general one. */
export function stepIcon(transaction: string): IconName {
  return icons[transaction as StepName] ?? "info";
}

type Dotted<Name> = Name extends `${infer Contract}:${infer Function}` ? `${Contract}.${Function}` : never;
type Values = Record<string, string | number>;

/** What the name of a step can say of its record, when nothing of it is known. */
const nothingKnown: Values = { hasParties: "no", hasNumber: "no", hasAmount: "no", reportKind: "any" };

/** The name of a step, from the texts under `workflow.steps`. */
export function stepName(
  t: (key: Dotted<StepName>, values: Values) => string,
  transaction: StepName,
  known: Values = {},
): string {
  const key = transaction.replace(":", ".") as Dotted<StepName>;
  return t(key, { signatures: 0, parties: "", number: "", amount: "", ...nothingKnown, ...known });
}
