import type { Client } from "@grpc/grpc-js";
import type { PeerHeight } from "./peers";

const everyMs = 3_000;
/** Looks in a row at which a peer did not answer, or had fewer blocks than another and no more than before. */
const looksTolerated = { silent: 2, behind: 3 };

/**
 * Watches the peer whose blocks are followed. A stream says nothing while there are no blocks, and as little when the
 * peer's host is cut off, or the peer gets no blocks that others have: then it is left for another's.
 */
export class StreamWatch {
  readonly #timer: NodeJS.Timeout;
  #looking = false;
  #looks = 0;
  #last = -1;
  #fault: string | undefined;

  /**
   * @param heights what each peer has, within a few seconds
   * @param leave called once, when `fault` has come to say why
   */
  constructor(
    private readonly client: Client,
    private readonly heights: () => Promise<readonly PeerHeight[]>,
    private readonly leave: () => void,
  ) {
    this.#timer = setInterval(() => void this.#look(), everyMs).unref();
  }

  /** Why the peer was left. */
  get fault(): string | undefined {
    return this.#fault;
  }

  end(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#looking || this.#fault !== undefined) return;
    this.#looking = true;
    const heights = await this.heights();
    this.#looking = false;
    const own = heights.find(({ client }) => client === this.client)?.height ?? null;
    const highest = Math.max(-1, ...heights.map(({ height }) => height ?? -1));
    // Where nobody answers there is nobody to go to.
    const behind = highest >= 0 && (own === null || (own < highest && own === this.#last));
    this.#last = own ?? this.#last;
    this.#looks = behind ? this.#looks + 1 : 0;
    if (this.#looks < looksTolerated[own === null ? "silent" : "behind"]) return;
    this.#fault =
      own === null
        ? "the followed peer does not answer"
        : `the followed peer stays at ${own} of ${highest} blocks`;
    this.end();
    this.leave();
  }
}
