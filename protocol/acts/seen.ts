/**
 * Which records a person must have seen to sign an act: the one it moves, and those it names whose amounts, version
 * or parties may change under the signer.
 */
import type { RecordType } from "../records";
import { bundlePart } from "../records/desk";
import type { InputOf, TransactionName } from "../transactions";
import type { Asked } from "../transactions/binding";

/** `type/idParts…`. */
type Path = `${RecordType}/${string}`;

/** Input of the transactions that move one record of a type by its id. */
const own =
  (type: RecordType) =>
  ({ id }: { id: string }): Path[] => [`${type}/${id}`];
const municipal = ({ municipality }: { municipality: string }): Path[] => [`municipality/${municipality}`];
const nothing = (): Path[] => [];
const ofProposal = own("proposal");
const ofRound = own("round");
const ofItsRound = ({ round }: { round: string }): Path[] => [`round/${round}`];
const ofPact = own("pact");
const ofMilestone = own("milestone");
const ofPayment = own("payment");
const ofOffice = own("office");
const ofPasskey = own("passkey");
const ofSubject = own("subject");
const ofCommitment = ({ commitment }: { commitment: string }): Path[] => [`commitment/${commitment}`];
const ofItsProposal = ({ proposal }: { proposal: string }): Path[] => [`proposal/${proposal}`];
const withRound = ({ id, round }: { id: string; round: string }): Path[] => [
  `proposal/${id}`,
  `round/${round}`,
];
const optional = (type: RecordType, id: string | undefined): Path[] =>
  id === undefined ? [] : [`${type}/${id}`];
const subjectsOf = (parties: readonly { subject?: string | undefined }[]): Path[] =>
  parties.flatMap(({ subject }) => optional("subject", subject));

const ofItsMilestone = ({ milestone }: { milestone: string }): Path[] => [`milestone/${milestone}`];
const ofReport = own("report");
/** What the party must have seen, the witness must have seen as well. */
const ofAsked = ({ asked }: { asked: Asked }): Path[] => {
  if (asked.transaction === "pacts:sign") return ofPact(asked);
  if (asked.transaction === "milestones:submitEvidence") return ofMilestone(asked);
  return asked.transaction === "payments:request" ? ofItsMilestone(asked) : ofReport(asked);
};

/** For every transaction that somebody can sign; a record that is not there need not have been seen. */
export const seenBy: { readonly [T in TransactionName]?: (input: InputOf<T>) => Path[] } = {
  "municipality:proposeSettings": municipal,
  "municipality:confirmSettings": municipal,
  "municipality:advanceDay": nothing,
  "municipality:withdrawSigningKey": own("signing_key"),
  "municipality:proposeOrigin": municipal,
  "municipality:confirmOrigin": municipal,
  "municipality:retireOrigin": municipal,
  "offices:propose": ({ person, substituteFor }) => [
    `official/${person}`,
    ...optional("office", substituteFor),
  ],
  "offices:confirm": ofOffice,
  "offices:withdraw": ofOffice,
  "offices:suspend": ofOffice,
  "offices:confirmWithdrawal": ofOffice,
  "passkeys:propose": ({ person }) => [`official/${person}`],
  "passkeys:confirm": ofPasskey,
  "passkeys:withdraw": ofPasskey,
  "recovery:stop": own("recovery"),
  "subjects:registerPayee": nothing,
  "subjects:recogniseEligibility": ofSubject,
  "subjects:replaceRepresentative": ofSubject,
  "subjects:declareInterest": ofSubject,
  "commons:register": nothing,
  "documents:record": ({ corrects }) => optional("document", corrects),
  "calls:publish": nothing,
  "calls:extend": own("call"),
  "proposals:publish": ofProposal,
  "proposals:merge": ({ id, into }) => [`proposal/${id}`, `proposal/${into}`],
  "proposals:separate": ofProposal,
  "proposals:startAssessment": ofProposal,
  "proposals:requestIntegration": ofProposal,
  "proposals:declareConflict": ofItsProposal,
  "proposals:score": ofItsProposal,
  "proposals:admit": ofProposal,
  "proposals:reject": ofProposal,
  "proposals:fund": withRound,
  "proposals:reserve": withRound,
  "proposals:allowBeyond": ofProposal,
  "proposals:startCoDesign": ofProposal,
  "proposals:readyForPact": ofProposal,
  "proposals:abandon": ofProposal,
  "rounds:freeze": ({ id, call, ballotKind }) => [
    `call/${call}`,
    ...(ballotKind === "sealed" ? ([`sealing/${id}`] as const) : []),
  ],
  "rounds:place": ofRound,
  "rounds:open": ofRound,
  "rounds:close": ofRound,
  "rounds:count": ofRound,
  "rounds:attest": ofRound,
  "rounds:decideObjection": own("objection"),
  "rounds:finalise": ofRound,
  "rounds:annul": ofRound,
  "rounds:release": ofRound,
  "sealed:announce": ({ call }) => [`call/${call}`],
  // Others offer keys meanwhile.
  "sealed:offerTrusteeKey": nothing,
  "sealed:release": ({ round }) => [`round/${round}`],
  "sealed:prolong": ({ round }) => [`round/${round}`],
  "desk:openStation": ofItsRound,
  "desk:vouch": nothing,
  "desk:confirmVoucher": ({ round, voucher }) => [`voucher/${round}/${voucher}`],
  // Its own record may have been told by somebody else meanwhile: what is told takes its place.
  "desk:tellBalance": ofItsRound,
  "desk:closeStation": ({ round, station }) => [`station/${round}/${station}`],
  "desk:enterSheets": ofItsRound,
  "desk:confirmSheets": ({ round, bundle }) => [`sheets/${round}/${bundlePart(bundle)}`],
  "pacts:draft": ({ proposal, renews, parties }) => [
    `proposal/${proposal}`,
    ...optional("pact", renews),
    ...subjectsOf(parties),
  ],
  "pacts:revise": ({ id, parties }) => [`pact/${id}`, ...subjectsOf(parties)],
  "pacts:approveDistrict": ofPact,
  "pacts:noteGiunta": ofPact,
  "pacts:approveGiunta": ofPact,
  "pacts:sign": ofPact,
  "pacts:recordInsurance": ofPact,
  "pacts:recordSafetyBriefing": ofPact,
  "pacts:activate": ofPact,
  "pacts:suspend": ofPact,
  "pacts:resume": ofPact,
  "pacts:terminate": ofPact,
  "pacts:withdraw": ofPact,
  "pacts:expire": ofPact,
  "funds:openLine": nothing,
  "funds:changeBudget": own("budget_line"),
  "funds:commit": ({ line, pact, beneficiary, payee }) => [
    `budget_line/${line}`,
    `pact/${pact}`,
    `subject/${beneficiary}`,
    `subject/${payee}`,
  ],
  "funds:publishGrant": ofCommitment,
  "funds:planMilestones": ofCommitment,
  "funds:release": ({ commitment, milestone }) => [
    `commitment/${commitment}`,
    ...optional("milestone", milestone),
  ],
  "funds:carryOver": ({ commitment, line }) => [`commitment/${commitment}`, `budget_line/${line}`],
  "funds:allowSettlement": ofCommitment,
  "milestones:cancel": ofMilestone,
  "milestones:countersign": ofMilestone,
  "milestones:submitEvidence": ofMilestone,
  "milestones:verify": ofMilestone,
  "milestones:returnEvidence": ofMilestone,
  "milestones:accept": ofMilestone,
  "milestones:reject": ofMilestone,
  "milestones:decideObjection": ofMilestone,
  "payments:request": ofItsMilestone,
  "payments:check": ofPayment,
  "payments:reduce": ofPayment,
  "payments:refuse": ofPayment,
  "payments:liquidate": ofPayment,
  "payments:order": ofPayment,
  "payments:recordPaid": ofPayment,
  "payments:recordReturned": ofPayment,
  "payments:recover": ofPayment,
  "reports:submit": ofReport,
  "papers:record": ofAsked,
  "papers:confirm": ({ id, asked }) => [`paper/${id}`, ...ofAsked({ asked })],
  "papers:withdraw": own("paper"),
};

/** The records that whoever signs a transaction must have seen, each once. */
export function seenFor<T extends TransactionName>(name: T, input: InputOf<T>): string[] {
  const paths = seenBy[name] as ((input: InputOf<T>) => Path[]) | undefined;
  return [...new Set(paths?.(input) ?? [])];
}

/** The key of a record below its municipality. */
export function recordKeyOf(path: string): [type: RecordType, ...idParts: string[]] {
  return path.split("/") as [RecordType, ...string[]];
}
