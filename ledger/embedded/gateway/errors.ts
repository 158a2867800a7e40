import { Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { bytesField, integerField, messageOf, stringField } from "../wire";

/** What one node had to say about a failure (`gateway.ErrorDetail`). */
export interface ErrorDetail {
  readonly address: string;
  readonly mspId: string;
  readonly message: string;
}

/** An error of the gateway as gRPC carries it. */
export class RpcError extends Error implements ServiceError {
  override readonly name = "RpcError";
  readonly details: string;
  readonly metadata = new Metadata();

  constructor(
    readonly code: status,
    message: string,
    details: readonly ErrorDetail[] = [],
  ) {
    super(message);
    this.details = message;
    if (details.length > 0) this.metadata.set("grpc-status-details-bin", statusBytes(code, message, details));
  }
}

/** `google.rpc.Status` with one `google.protobuf.Any` for each detail. */
function statusBytes(code: status, message: string, details: readonly ErrorDetail[]): Buffer {
  const fields = details.map(({ address, mspId, message: text }) => {
    const detail = messageOf(stringField(1, address), stringField(2, mspId), stringField(3, text));
    const type = stringField(1, "type.googleapis.com/gateway.ErrorDetail");
    return bytesField(3, messageOf(type, bytesField(2, detail)));
  });
  return Buffer.from(messageOf(integerField(1, code), stringField(2, message), ...fields));
}

export function invalidArgument(message: string): RpcError {
  return new RpcError(status.INVALID_ARGUMENT, message);
}

/** No answer may show what went wrong inside; the log has it. */
export function internalError(): RpcError {
  return new RpcError(status.INTERNAL, "the ledger could not answer; its log says why");
}
