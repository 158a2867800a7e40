import { GatewayError } from "@hyperledger/fabric-gateway";

/** A gateway's error with what each node had to say about it. */
export function fullMessage(error: unknown): string {
  if (error instanceof GatewayError)
    return [error.message, ...error.details.map(({ mspId, message }) => `${mspId}: ${message}`)].join("; ");
  return error instanceof Error ? error.message : String(error);
}
