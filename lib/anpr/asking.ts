/** Requests to PDND and ANPR, within the bounds of requests to whomever the site does not run itself. */
import type { Answer, Fetching } from "../federation/fetching";
import { FederationRefusal } from "../federation/refusal";
import { AnprRefusal } from "./refusal";

/** @throws AnprRefusal `unreachable` */
export async function asked(
  fetching: Fetching,
  address: string,
  question: Parameters<Fetching["ask"]>[1],
): Promise<Answer> {
  try {
    return await fetching.ask(address, question);
  } catch (error) {
    if (!(error instanceof FederationRefusal)) throw error;
    throw new AnprRefusal("unreachable", error.detail);
  }
}

/** What a text says as JSON; undefined where it is none. */
export function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
