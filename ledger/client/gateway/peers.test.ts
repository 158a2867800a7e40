import { status } from "@grpc/grpc-js";
import { GatewayError } from "@hyperledger/fabric-gateway";
import { expect, it } from "vitest";
import { isGone } from "./peers";

const answer = (code: status, message: string) =>
  new GatewayError({
    code,
    message,
    details: [],
    cause: Object.assign(new Error(message), { code }) as never,
  });

it("a peer that has as many calls as it may is asked later, as one that does not answer", () => {
  const busy = "too many requests for /gateway.Gateway, exceeding concurrency limit (500)";
  expect(isGone(answer(status.UNKNOWN, busy))).toBe(true);
  expect(isGone(answer(status.UNAVAILABLE, "no connection"))).toBe(true);
  expect(isGone(answer(status.UNKNOWN, "chaincode response 500, not today"))).toBe(false);
});
