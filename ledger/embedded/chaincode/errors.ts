/** The peer could not run an invocation; the chaincode did not answer it. */
export class InvocationError extends Error {
  override readonly name: string = "InvocationError";
}

/** Its text ends as Fabric's, because the gateway tells by it that another peer may be tried. */
export class ChaincodeStreamTerminatedError extends InvocationError {
  override readonly name = "ChaincodeStreamTerminatedError";
  constructor() {
    super("error sending: chaincode stream terminated");
  }
}

export class ChaincodeTimeoutError extends InvocationError {
  override readonly name = "ChaincodeTimeoutError";
  constructor() {
    super("error sending: timeout expired while executing transaction");
  }
}
