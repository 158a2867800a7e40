import "server-only";
import { headers } from "next/headers";
import { routing } from "./language/routing";
import { requestHeaders } from "./request-headers";

/** The first part of the path of the page this request is for: the municipality's, in either language. */
export async function municipalityOfPath(): Promise<string | undefined> {
  return municipalityIn(await requestedPath());
}

/** Path and query of the page this request is for, as the browser asked for it. */
export async function requestedPath(): Promise<string> {
  return (await headers()).get(requestHeaders.path) ?? "/";
}

export function municipalityIn(path: string): string | undefined {
  const parts = path.split(/[?#]/, 1)[0]?.split("/").filter(Boolean) ?? [];
  const prefixed = routing.locales.some((locale) => locale === parts[0]);
  return parts[prefixed ? 1 : 0];
}
