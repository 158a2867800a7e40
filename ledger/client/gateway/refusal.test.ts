import { status } from "@grpc/grpc-js";
import { GatewayError } from "@hyperledger/fabric-gateway";
import { expect, it } from "vitest";
import { RuleError } from "../../../protocol/errors";
import { refusalOf } from "./refusal";

const rule = new RuleError("not_found", { type: "call", id: "call-1" });

/** As a gateway answers: its own sentence, and what each endorser said. */
function answered(message: string): GatewayError {
  const said = { address: "case", mspId: "CaseMSP", message: `chaincode response 500, ${rule.message}` };
  return new GatewayError({
    code: status.ABORTED,
    details: [said],
    message,
    cause: Object.assign(new Error(message), {
      code: status.ABORTED,
      details: message,
      metadata: undefined as never,
    }),
  });
}

it("a rule that the gateway's own peer states is final", () => {
  const refusal = refusalOf(answered("failed to endorse transaction, see attached details for more info"));
  expect(refusal).toMatchObject({ kind: "rule", rule: { code: "not_found" } });
});

it("a rule that only other peers state may pass, since they can be a block behind", () => {
  const error = answered(
    "failed to collect enough transaction endorsements, see attached details for more info",
  );
  expect(refusalOf(error)).toMatchObject({ kind: "other", rule: { code: "not_found" } });
});
