import "server-only";
import { headers } from "next/headers";
import { requestHeaders } from "./request-headers";

/** The id of the request that is being answered: the same in its response and in the log. */
export async function requestId(): Promise<string | undefined> {
  return (await headers()).get(requestHeaders.id) ?? undefined;
}
