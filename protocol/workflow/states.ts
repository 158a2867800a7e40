/** The states of each record of the ledger, and how a record says in which it is. Pure. */
import type { RecordOf, RecordType } from "../records";
import { sheetsStates, stationStates, voucherStates } from "../records/desk";
import { milestoneStates, paymentStates } from "../records/money";
import { pactStates } from "../records/pacts";
import { paperStates } from "../records/papers";
import { proposalStates } from "../records/proposals";
import { officeStates, passkeyStates, recoveryStates } from "../records/register";
import { roundStates } from "../records/rounds";
import { sealingStates } from "../records/sealed";

export const recordStates = {
  municipality: ["settled", "settings_proposed"],
  day: ["set"],
  signing_key: ["counting", "withdrawn"],
  subject: ["registered", "eligible"],
  commons: ["registered"],
  document: ["recorded"],
  call: ["published"],
  proposal: proposalStates,
  adhesion: ["given", "withdrawn"],
  assessment: ["scored", "conflict"],
  round: roundStates,
  admission: ["admitted"],
  ballot: ["cast"],
  objection: ["raised", "decided"],
  pact: pactStates,
  pact_version: ["kept"],
  budget_line: ["open"],
  commitment: ["committed"],
  milestone: milestoneStates,
  payment: paymentStates,
  report: ["owed", "submitted"],
  official: ["registered"],
  office: officeStates,
  passkey: passkeyStates,
  recovery: recoveryStates,
  paper: paperStates,
  sealing: sealingStates,
  issuer_key: ["offered"],
  issuance: ["told"],
  sealed_ballot: ["cast"],
  sealed_envelope: ["published"],
  station: stationStates,
  voucher: voucherStates,
  sheets: sheetsStates,
} as const satisfies { [T in RecordType]: readonly string[] };

export type StateOf<T extends RecordType> = (typeof recordStates)[T][number];

/** For the records that have no member `state` and more than one state. */
const readers: { [T in RecordType]?: (record: RecordOf<T>) => StateOf<T> } = {
  municipality: ({ proposedSettings }) => (proposedSettings ? "settings_proposed" : "settled"),
  signing_key: ({ withdrawn }) => (withdrawn ? "withdrawn" : "counting"),
  subject: ({ eligible }) => (eligible ? "eligible" : "registered"),
  adhesion: ({ withdrawn }) => (withdrawn ? "withdrawn" : "given"),
  assessment: ({ conflict }) => (conflict ? "conflict" : "scored"),
  objection: ({ decision }) => (decision ? "decided" : "raised"),
  report: ({ submittedOn }) => (submittedOn === undefined ? "owed" : "submitted"),
};

/** The state a record is in. */
export function stateOf<T extends RecordType>(type: T, record: RecordOf<T>): StateOf<T> {
  if ("state" in record) return record.state as StateOf<T>;
  const read = readers[type] as ((record: RecordOf<T>) => StateOf<T>) | undefined;
  return read ? read(record) : (recordStates[type][0] as StateOf<T>);
}
