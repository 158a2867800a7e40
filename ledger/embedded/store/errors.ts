/** A folder that cannot be opened as a ledger. `reason` is stable; the message is for the log. */
export class LedgerOpenError extends Error {
  override readonly name = "LedgerOpenError";
  constructor(
    readonly reason: "format" | "locked" | "acknowledgement" | "database" | "private" | "foreign",
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A block that was written and is no longer what was written. Nothing has been changed on disk. */
export class DamagedBlockError extends Error {
  override readonly name = "DamagedBlockError";
  constructor(
    readonly block: number,
    /** Byte in the block file at which its record begins. */
    readonly offset: number,
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(`block ${block} (byte ${offset} of the block file): ${detail}`, options);
  }
}

/** The batch was not kept: the disk refused it. The ledger goes on if `usable`; otherwise it must be opened again. */
export class CommitError extends Error {
  override readonly name = "CommitError";
  constructor(
    readonly usable: boolean,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export class LedgerClosedError extends Error {
  override readonly name = "LedgerClosedError";
  constructor() {
    super("the ledger is closed");
  }
}

/** What Fabric's simulator refuses, with Fabric's message. */
export class SimulationError extends Error {
  override readonly name = "SimulationError";
}
