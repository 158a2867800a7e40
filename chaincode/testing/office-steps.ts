/** Signed transactions that the story does not tell, each with whoever may sign it and an input of its form. */
import type { Actor } from "../../protocol/primitives";
import type { TransactionName } from "../../protocol/transactions";
import type { Input } from "./city";
import { act, registration } from "./founding-inputs";
import { digest } from "./keys";
import { people } from "./people";
import { signedPaper } from "./refusals/papers";
import { newcomer } from "./refusals/register";
import { administrators, keyOf, officeOf, passkeyId, passkeyOf } from "./register";

export interface OfficeStep {
  actor: Actor;
  name: TransactionName;
  input: object;
}

function step<T extends TransactionName>(actor: Actor, name: T, input: Input<T>): OfficeStep {
  return { actor, name, input };
}

const { settings } = registration({ leastAge: 18 });
const { officer, giunta, guarantor, coordinator, treasurer, district } = people;
const administrator = administrators.Comune;
const reasonDigest = digest("why");
const office = { id: officeOf(people.technician).id };
const key = passkeyId(keyOf(people.technician.person));
const returned = { reference: "CRO 2", documentHash: digest("receipt 2") };

export const untoldSteps: readonly OfficeStep[] = [
  step(administrator, "municipality:proposeSettings", { settings, act: act("settings", "delibera") }),
  step(guarantor, "municipality:confirmSettings", { settings }),
  step(administrator, "municipality:advanceDay", { day: "2026-04-01" }),
  step(administrator, "municipality:withdrawSigningKey", { id: "case-registrar-key" }),
  step(administrator, "municipality:proposeOrigin", { origin: "https://new.example", act: act("domain") }),
  step(guarantor, "municipality:confirmOrigin", { part: "Comune", origin: "https://new.example" }),
  step(administrator, "municipality:retireOrigin", { origin: "https://comune.example" }),
  step(administrator, "offices:propose", officeOf(newcomer)),
  step(guarantor, "offices:confirm", office),
  step(people.technician, "offices:withdraw", office),
  step(administrator, "offices:suspend", { ...office, reasonDigest }),
  step(guarantor, "offices:confirmWithdrawal", office),
  step(administrator, "passkeys:propose", {
    ...passkeyOf(people.technician.person, keyOf("another key")),
    code: digest("code"),
  }),
  step(guarantor, "passkeys:confirm", { id: key, code: digest("code") }),
  step(people.technician, "passkeys:withdraw", { id: key }),
  step(people.councillor, "recovery:stop", { id: "recovery-1", reasonDigest }),
  step(officer, "subjects:registerPayee", { id: "payee-2", kind: "company", digest: digest("payee") }),
  step(officer, "subjects:replaceRepresentative", {
    ...{ id: "garden-friends", representative: "bruno-resident", act: act("representative") },
  }),
  step(people.assessor, "subjects:declareInterest", { id: "garden-friends" }),
  step(coordinator, "commons:register", { id: "commons-new", kind: "square", digest: digest("square") }),
  step(officer, "documents:record", { id: "document-1", kind: "act", hash: digest("document") }),
  step(officer, "calls:extend", { id: "call-2026", closesOn: "2026-12-31", act: act("extension") }),
  step(officer, "proposals:merge", { id: "garden", into: "school", act: act("merge") }),
  step(officer, "proposals:separate", { id: "garden", act: act("separation") }),
  step(people.technician, "proposals:requestIntegration", {
    id: "garden",
    reasonDigest,
    dueOn: "2026-12-31",
  }),
  step(people.assessor, "proposals:declareConflict", { proposal: "garden", reasonDigest }),
  step(officer, "proposals:reject", { id: "garden", act: act("rejection"), reasonDigest }),
  step(giunta, "proposals:reserve", { id: "garden", round: "round-2026", act: act("reserve") }),
  step(giunta, "proposals:allowBeyond", { id: "garden", lines: [], beneficiaries: [], act: act("beyond") }),
  step(coordinator, "proposals:abandon", { id: "garden", act: act("end"), reasonDigest }),
  step(officer, "rounds:place", { id: "round-2026" }),
  step(guarantor, "rounds:close", { id: "round-2026" }),
  step(guarantor, "rounds:decideObjection", { id: "objection-1", upheld: true, digest: digest("decision") }),
  step(guarantor, "rounds:annul", { id: "round-2026", act: act("annulment"), reasonDigest }),
  step(guarantor, "rounds:release", { id: "round-2026" }),
  step(officer, "sealed:announce", {
    ...{ id: "round-sealed", call: "call-2026", leastPlaces: 10, groupSize: 20, graceMinutes: 60 },
    areas: [{ id: "all", size: 20, root: digest("roll") }],
    ...{ publishDays: 3, noticeHours: 0, bundle: digest("bundle") },
  }),
  step(guarantor, "sealed:offerTrusteeKey", { round: "round-2026", key: digest("key") }),
  step(guarantor, "sealed:prolong", {
    ...{ round: "round-2026", closesAt: "2026-03-01T20:00:00Z", act: act("prolonged"), reasonDigest },
  }),
  step(guarantor, "sealed:release", { round: "round-2026", secret: digest("secret") }),
  step(officer, "desk:openStation", {
    ...{ round: "round-2026", station: "casa-one", delivered: [{ area: 1, sheets: 20 }] },
  }),
  step(coordinator, "desk:vouch", {
    ...{ round: "round-2026", station: "casa-one", area: 1, purpose: "paper", voucher: digest("voucher") },
  }),
  step(officer, "desk:confirmVoucher", { round: "round-2026", voucher: digest("voucher") }),
  step(coordinator, "desk:tellBalance", {
    ...{ round: "round-2026", station: "casa-one" },
    areas: [{ area: 1, given: 10, spoiled: 0, unused: 10, lost: 0, cast: 10 }],
  }),
  step(guarantor, "desk:closeStation", { round: "round-2026", station: "casa-one" }),
  step(coordinator, "desk:enterSheets", {
    ...{ round: "round-2026", bundle: 1, area: 1 },
    sheets: Array.from({ length: 10 }, () => ({ choices: [1] })),
  }),
  step(guarantor, "desk:confirmSheets", { round: "round-2026", bundle: 1 }),
  step(coordinator, "pacts:revise", {
    ...{ id: "pact-garden", documentHash: digest("pact 2"), startsOn: "2026-03-01", endsOn: "2028-03-01" },
    parties: [
      { id: "friends", subject: "garden-friends" },
      { id: "comune", organisation: "Comune" },
    ],
  }),
  step(district, "pacts:approveDistrict", { id: "pact-garden", act: act("district") }),
  step(giunta, "pacts:noteGiunta", { id: "pact-garden", act: act("note", "presa_d_atto") }),
  step(officer, "pacts:suspend", { id: "pact-garden", reasonDigest }),
  step(officer, "pacts:resume", { id: "pact-garden", reasonDigest }),
  step(officer, "pacts:terminate", { id: "pact-garden", reasonDigest }),
  step(officer, "pacts:withdraw", { id: "pact-garden", reasonDigest, act: act("withdrawal") }),
  step(administrator, "pacts:expire", { id: "pact-garden" }),
  step(officer, "funds:changeBudget", { id: "line-2026", budgetCents: 9_000_000, act: act("variation") }),
  step(officer, "funds:release", {
    ...{ commitment: "commitment-1", amountCents: 100, reasonDigest, act: act("release") },
  }),
  step(people.accountant, "funds:carryOver", {
    ...{ id: "commitment-2", commitment: "commitment-1", line: "line-2027" },
    ...{ name: "Lavori 2027", year: 2027, amountCents: 400_000, act: act("riaccertamento") },
  }),
  step(giunta, "funds:allowSettlement", { commitment: "commitment-1", act: act("settlement") }),
  step(officer, "milestones:cancel", { id: "commitment-1-m1", reasonDigest, act: act("cancellation") }),
  step(guarantor, "milestones:countersign", { id: "commitment-1-m1", reportHash: digest("second visit") }),
  step(coordinator, "milestones:returnEvidence", { id: "commitment-1-m1", reasonDigest }),
  step(officer, "milestones:reject", { id: "commitment-1-m1", reasonDigest }),
  step(guarantor, "milestones:decideObjection", {
    ...{ id: "commitment-1-m1", objection: "objection-1", upheld: true, digest: digest("decision") },
  }),
  step(officer, "payments:reduce", { id: "payment-1", amountCents: 100, reasonDigest }),
  step(officer, "payments:refuse", { id: "payment-1", reasonDigest }),
  step(treasurer, "payments:recordPaid", { id: "payment-1", on: "2026-02-16", ...returned }),
  step(treasurer, "payments:recordReturned", { id: "payment-1", on: "2026-02-16", ...returned }),
  step(treasurer, "payments:recover", { id: "payment-1", amountCents: 100, ...returned }),
  step(people.resident, "reports:submit", { id: "report-1", digest: digest("report") }),
  step(coordinator, "papers:record", signedPaper),
  step(guarantor, "papers:confirm", signedPaper),
  step(coordinator, "papers:withdraw", { id: signedPaper.id }),
];
