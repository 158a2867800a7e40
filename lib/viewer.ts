import "server-only";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { currentSession, currentViewer } from "./auth";
import { redirect } from "./language/navigation";
import { holdsOffice, OFFICE_LEVEL, type Viewer } from "./permissions";
import { requestHeaders } from "./request-headers";

/** For pages of a person who is signed in: whoever is not is led to sign in, and back here. */
export async function requireViewer(): Promise<Viewer> {
  const viewer = await currentViewer();
  if (viewer) return viewer;
  const path = (await headers()).get(requestHeaders.path) ?? "/";
  return redirect({ href: { pathname: "/sign-in", query: { da: path } }, locale: await getLocale() });
}

/**
 * For the pages of the offices: whoever holds no office here finds nothing here, and whoever has signed in at the first
 * level alone is led to sign in at the second.
 */
export async function requireOfficial(municipality: string): Promise<Viewer> {
  const viewer = await requireViewer();
  if (holdsOffice(viewer, municipality)) return viewer;
  const session = await currentSession();
  if (session === undefined || session.level >= OFFICE_LEVEL) return notFound();
  const path = (await headers()).get(requestHeaders.path) ?? "/";
  return redirect({
    href: { pathname: "/sign-in", query: { da: path, error: "level" } },
    locale: await getLocale(),
  });
}
