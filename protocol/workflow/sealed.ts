/** A round with sealed ballots, from its announcement to the release of two trustees' keys. */
import type { sealedTransactions } from "../transactions/sealed";
import { keeps, makes, moves, type Step, step } from "./step";

const gathering = keeps("sealing", ["gathering"]);
/** Its round has closed and is not annulled. */
const closed = keeps("round", ["closed"]);

export const sealedSteps = {
  "sealed:announce": step(makes("sealing", "gathering")),
  "sealed:offerKeys": step([gathering, makes("issuer_key", "offered")]),
  "sealed:offerServiceKey": step(gathering),
  "sealed:offerTrusteeKey": step(gathering, {
    awaited: { sealing: ["gathering"] },
    by: "organisations",
  }),
  "sealed:revealTie": step(gathering),
  "sealed:reportIssued": step(makes("issuance", "told"), {
    asks: [keeps("sealing", ["frozen"]), keeps("round", ["frozen", "open", "closed"])],
  }),
  "sealed:cast": step(makes("sealed_ballot", "cast"), {
    asks: [keeps("round", ["open"], { refusal: "round_not_open" })],
  }),
  "sealed:endReception": step(keeps("sealing", ["frozen"]), {
    asks: [keeps("round", ["open", "closed"])],
  }),
  "sealed:prolong": step(keeps("sealing", ["frozen"]), {
    asks: [keeps("round", ["frozen", "open"])],
    disinterested: true,
  }),
  "sealed:list": step(moves("sealing", ["frozen"], ["listed"], { mayStay: true }), { asks: [closed] }),
  "sealed:purge": step(keeps("sealing", ["listed"]), { asks: [closed] }),
  "sealed:publish": step(makes("sealed_envelope", "published"), {
    asks: [keeps("sealing", ["listed"]), closed],
  }),
  "sealed:completePublication": step(moves("sealing", ["listed"], ["published"]), { asks: [closed] }),
  "sealed:release": step(moves("sealing", ["published"], ["released"], { mayStay: true }), {
    asks: [closed],
    awaited: { sealing: ["published"] },
    by: "organisations",
  }),
} as const satisfies Record<keyof typeof sealedTransactions, Step>;
