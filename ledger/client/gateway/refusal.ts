import { status } from "@grpc/grpc-js";
import { GatewayError } from "@hyperledger/fabric-gateway";
import { parseRuleError, type RuleError } from "../../../protocol/errors";
import { CaError } from "../ca-client";
import { fullMessage } from "./full-message";
import { isGone, LedgerUnavailableError } from "./peers";

/** What an error of a question or a proposal means for whoever asked. */
export type Refusal =
  /** A rule of the chaincode: final. */
  | { readonly kind: "rule"; readonly rule: RuleError }
  /** Nobody answered, or the chaincode is not up: later. */
  | { readonly kind: "unavailable"; readonly message: string }
  /** The peers do not accept the certificate: final for this identity. */
  | { readonly kind: "certificate"; readonly message: string }
  /**
   * Anything else a peer says; a passing state of the network among it. `rule` where the gateway's own peer accepted
   * and another refused: they are at different heights, or differ for good.
   */
  | { readonly kind: "other"; readonly message: string; readonly rule?: RuleError };

/** Texts by which peers say that a creator's certificate is not accepted (`msgvalidation.go`, `msp`, channel ACL). */
const certificateRefused =
  /access denied|creator (certificate|identity)|identity expired|certificate.*(revoked|expired)|could not deserialize creator|creator's signature/i;

/** What a gateway says when its own peer has endorsed and too few of the others have (`internal/pkg/gateway/endorse.go`). */
const othersRefused = /failed to collect enough transaction endorsements/;

/** @throws the error itself where it comes neither from the ledger nor from a CA */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof CaError)
    return { kind: error.code === 0 ? "unavailable" : "other", message: error.message };
  if (!(error instanceof GatewayError) && !(error instanceof LedgerUnavailableError)) throw error;
  const message = fullMessage(error);
  const rule = parseRuleError(message);
  if (rule && othersRefused.test(message)) return { kind: "other", message, rule };
  if (rule) return { kind: "rule", rule };
  if (error instanceof LedgerUnavailableError || isGone(error)) return { kind: "unavailable", message };
  if (error instanceof GatewayError && error.code === status.PERMISSION_DENIED)
    return { kind: "certificate", message };
  if (certificateRefused.test(message)) return { kind: "certificate", message };
  return { kind: "other", message };
}

/**
 * An orderer's own no to an envelope, for what the envelope is (`common.Status` BAD_REQUEST, FORBIDDEN,
 * REQUEST_ENTITY_TOO_LARGE): unlike every other error of a submission it says that this attempt went nowhere.
 */
export function isRefusedByOrderer(error: unknown): boolean {
  return error instanceof GatewayError && ordererRefused.test(fullMessage(error));
}

const ordererRefused = /status=(BAD_REQUEST|FORBIDDEN|REQUEST_ENTITY_TOO_LARGE)/;
