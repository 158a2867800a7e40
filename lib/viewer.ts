import "server-only";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { currentViewer } from "./auth";
import { redirect } from "./language/navigation";
import { holdsOffice, type Viewer } from "./permissions";
import { requestHeaders } from "./request-headers";

/** For pages of a person who is signed in: whoever is not is led to sign in, and back here. */
export async function requireViewer(): Promise<Viewer> {
  const viewer = await currentViewer();
  if (viewer) return viewer;
  const path = (await headers()).get(requestHeaders.path) ?? "/";
  return redirect({ href: { pathname: "/sign-in", query: { da: path } }, locale: await getLocale() });
}

/** For the pages of the offices: whoever holds no office here finds nothing here. */
export async function requireOfficial(municipality: string): Promise<Viewer> {
  const viewer = await requireViewer();
  return holdsOffice(viewer, municipality) ? viewer : notFound();
}
