/** Who took an earlier step, as the records have it: whoever took it may not take some of the later ones. */
import type { Actor } from "../primitives";
import type { RecordOf } from "../records";
import type { Settings } from "../records/municipality";
import type { TransactionName } from "../transactions";
import type { Step } from "./step";
import { workflow } from "./table";

/** The records that are known of what a step is about. */
export interface Traces {
  proposal?: Pick<RecordOf<"proposal">, "beyond">;
  pact?: Pick<RecordOf<"pact">, "districtBy" | "giuntaBy">;
  pact_version?: Pick<RecordOf<"pact_version">, "draftedBy">;
  commitment?: Pick<RecordOf<"commitment">, "settlement">;
  milestone?: Pick<
    RecordOf<"milestone">,
    "submittedBy" | "witnesses" | "verifiedBy" | "countersigned" | "acceptedBy"
  >;
  office?: Pick<RecordOf<"office">, "proposedBy" | "suspension">;
  passkey?: Pick<RecordOf<"passkey">, "confirmations">;
  paper?: Pick<RecordOf<"paper">, "recordedBy">;
  /** Settings that are in force; without them the strictest hold. */
  settings?: Pick<Settings, "oneAccountant">;
  payment?: Pick<RecordOf<"payment">, "requestedBy" | "checkedBy" | "liquidatedBy" | "orderedBy">;
}

/** Where a step leaves who took it; the steps that a later one must not share its person with are all here. */
const takers: { readonly [T in TransactionName]?: (traces: Traces) => Pick<Actor, "person"> | undefined } = {
  "proposals:allowBeyond": ({ proposal }) => proposal?.beyond?.by,
  "pacts:draft": ({ pact_version: version }) => version?.draftedBy,
  "pacts:approveDistrict": ({ pact }) => pact?.districtBy,
  "pacts:noteGiunta": ({ pact }) => pact?.giuntaBy,
  "pacts:approveGiunta": ({ pact }) => pact?.giuntaBy,
  "funds:allowSettlement": ({ commitment }) => commitment?.settlement?.by,
  "offices:propose": ({ office }) => office?.proposedBy,
  "offices:suspend": ({ office }) => office?.suspension?.by,
  "passkeys:propose": ({ passkey }) => passkey?.confirmations[0]?.by,
  // Of a paper itself, or of the evidence that was signed on one.
  "papers:record": ({ paper, milestone }) => paper?.recordedBy ?? milestone?.witnesses?.[0],
  "papers:confirm": ({ milestone }) => milestone?.witnesses?.[1],
  "milestones:submitEvidence": ({ milestone }) => milestone?.submittedBy,
  "milestones:verify": ({ milestone }) => milestone?.verifiedBy,
  "milestones:countersign": ({ milestone }) => milestone?.countersigned?.by,
  "milestones:accept": ({ milestone }) => milestone?.acceptedBy,
  "payments:request": ({ payment }) => payment?.requestedBy,
  "payments:check": ({ payment }) => payment?.checkedBy,
  "payments:liquidate": ({ payment }) => payment?.liquidatedBy,
  "payments:order": ({ payment }) => payment?.orderedBy,
};

/** The steps among those a transaction names that a person took, as far as the records that are given show it. */
export function takenBefore(name: TransactionName, person: string, traces: Traces): TransactionName[] {
  return othersOf(name, traces).filter((other) => takers[other]?.(traces)?.person === person);
}

/** The people who took one of the steps that a transaction names, as far as the records that are given show it. */
export function takersBefore(name: TransactionName, traces: Traces): string[] {
  return [...new Set(othersOf(name, traces).flatMap((other) => takers[other]?.(traces)?.person ?? []))];
}

/** The steps whose takers may not take this one, as the settings have it. */
function othersOf(name: TransactionName, { settings }: Traces): readonly TransactionName[] {
  const { others, othersUnless }: Step = workflow[name];
  return othersUnless && !settings?.[othersUnless.setting] ? [...others, ...othersUnless.steps] : others;
}
