import { status } from "@grpc/grpc-js";
import { RpcError } from "./errors";

/** How many calls of one gRPC service are answered at a time (`internal/peer/node/grpc_limiters.go`). */
export class ConcurrencyLimit {
  #running = 0;

  /** @param service full name, as in `/gateway.Gateway` */
  constructor(
    private readonly service: string,
    private readonly limit: number,
  ) {}

  /**
   * Counts a call.
   * @returns to be called once it has ended, however often
   * @throws RpcError in Fabric's words when as many are being answered as may be
   */
  enter(): () => void {
    if (this.#running >= this.limit)
      throw new RpcError(
        status.UNKNOWN,
        `too many requests for ${this.service}, exceeding concurrency limit (${this.limit})`,
      );
    this.#running += 1;
    let isIn = true;
    return () => {
      if (isIn) this.#running -= 1;
      isIn = false;
    };
  }
}
