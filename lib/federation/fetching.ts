/** Requests to members of the federation: so many, so long and so much of one budget. */
import { ask, type Question } from "@/lib/outside/asking";
import { Unreachable } from "@/lib/outside/unreachable";
import { FederationRefusal } from "./refusal";

export interface Bounds {
  /** Requests of one budget, for example of one trust chain. */
  readonly requests: number;
  /** Of each answer. */
  readonly bytes: number;
  /** All requests of the budget together. */
  readonly milliseconds: number;
}

export const usualBounds: Bounds = { requests: 20, bytes: 100_000, milliseconds: 10_000 };

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** One budget of requests. */
export class Fetching {
  #left: number;
  readonly #until: AbortSignal;

  /** @param thisMachine whether addresses of this machine, also by http, are good: only for a site that is itself there */
  constructor(
    private readonly thisMachine: boolean,
    private readonly bounds: Bounds = usualBounds,
  ) {
    this.#left = bounds.requests;
    this.#until = AbortSignal.timeout(bounds.milliseconds);
  }

  /** The text of an answer 200. @throws FederationRefusal `unreachable` */
  async text(address: string, question: Question = {}): Promise<string> {
    const { status, text } = await this.ask(address, question);
    if (status !== 200) throw new FederationRefusal("unreachable", `answered ${status}`);
    return text;
  }

  /** @throws FederationRefusal `unreachable` */
  async ask(address: string, question: Question = {}): Promise<Answer> {
    if (this.#left <= 0) throw new FederationRefusal("unreachable", "too many requests");
    this.#left -= 1;
    const reach = this.thisMachine ? "loopback" : "public";
    try {
      const limits = { reach, bytes: this.bounds.bytes, until: this.#until } as const;
      const { status, headers, text } = await ask(address, question, limits);
      return { status, type: (headers["content-type"] ?? "").replace(/;.*/, "").trim().toLowerCase(), text };
    } catch (error) {
      if (error instanceof Unreachable) throw new FederationRefusal("unreachable", error.message);
      throw error;
    }
  }
}
