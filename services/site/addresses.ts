import type { IncomingMessage } from "node:http";
import { isIP, isIPv6, type Socket } from "node:net";
import { Refusal } from "./refusal";

/** Many people may share one address: a school, an office, a telephone company. */
const MOST_AT_ONCE = 256;
const MOST_BODIES_AT_ONCE = 64;
const MOST_AT_ONCE_OF_ALL = 2_000;
const MOST_HELD_BYTES = 200_000_000;
/** Five forms with the largest files. */
const MOST_HELD_BYTES_OF_ONE = 60_000_000;
/** A quarter of the server's, whether anything is asked on them or not. */
const MOST_CONNECTIONS = 1_000;

/** What is being answered, by the address it comes from. */
export class Addresses {
  readonly #requests = new Map<string, number>();
  readonly #bodies = new Map<string, number>();
  readonly #connections = new Map<string, number>();
  readonly #heldOf = new Map<string, number>();
  #all = 0;
  #held = 0;

  /**
   * Counts a connection that has just been made, except a proxy's, which are of many people.
   * @returns what ends it; undefined where there are too many, and it is closed
   */
  connect(socket: Socket, proxies: ReadonlySet<string>): (() => void) | undefined {
    const peer = plain(socket.remoteAddress ?? "");
    if (proxies.has(peer)) return () => undefined;
    const address = network(peer);
    if ((this.#connections.get(address) ?? 0) < MOST_CONNECTIONS)
      return count(this.#connections, address, MOST_CONNECTIONS);
    socket.destroy();
    return undefined;
  }

  /** @returns what ends it; may be called more than once. @throws Refusal when there are too many */
  enter(address: string): () => void {
    if (this.#all >= MOST_AT_ONCE_OF_ALL) throw busy();
    const leave = count(this.#requests, address, MOST_AT_ONCE);
    this.#all += 1;
    return once(() => {
      this.#all -= 1;
      leave();
    });
  }

  /** A body that is received and held in memory. @throws Refusal when there are too many, or they hold too much */
  hold(address: string): { count(bytes: number): void; release(): void } {
    const leave = count(this.#bodies, address, MOST_BODIES_AT_ONCE);
    let own = 0;
    return {
      count: (bytes) => {
        if (this.#held + bytes > MOST_HELD_BYTES) throw busy();
        const held = this.#heldOf.get(address) ?? 0;
        if (held + bytes > MOST_HELD_BYTES_OF_ONE) throw tooMany();
        this.#held += bytes;
        this.#heldOf.set(address, held + bytes);
        own += bytes;
      },
      release: once(() => {
        this.#held -= own;
        const left = (this.#heldOf.get(address) ?? 0) - own;
        if (left > 0) this.#heldOf.set(address, left);
        else this.#heldOf.delete(address);
        leave();
      }),
    };
  }
}

function count(counts: Map<string, number>, address: string, most: number): () => void {
  const now = counts.get(address) ?? 0;
  if (now >= most) throw tooMany();
  counts.set(address, now + 1);
  return () => {
    const left = (counts.get(address) ?? 1) - 1;
    if (left > 0) counts.set(address, left);
    else counts.delete(address);
  };
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}

function tooMany(): Refusal {
  return new Refusal(429, "too_many_at_once", { headers: { "retry-after": "5" } });
}

function busy(): Refusal {
  return new Refusal(503, "busy", { headers: { "retry-after": "5" } });
}

/**
 * The address of the person who asks: the connection's, or what a proxy of the operator's says. An address of IPv6
 * counts by its network, as one person has a whole one.
 * @param proxies addresses whose `x-forwarded-for` is believed
 */
export function addressOf(request: IncomingMessage, proxies: ReadonlySet<string>): string {
  const peer = plain(request.socket.remoteAddress ?? "");
  const forwarded = String(request.headers["x-forwarded-for"] ?? "")
    .split(",")
    .at(-1)
    ?.trim();
  const address = proxies.has(peer) && forwarded ? plain(forwarded) : peer;
  return network(isIP(address) ? address : peer);
}

function network(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = [], tail] = address
    .toLowerCase()
    .split("::", 2)
    .map((half) => half.split(":").filter(Boolean));
  const zeros = tail ? new Array<string>(Math.max(0, 8 - head.length - tail.length)).fill("0") : [];
  return [...head, ...zeros, ...(tail ?? [])]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}

function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "");
}
