import "server-only";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { currentSession, currentViewer } from "./auth";
import { redirect } from "./language/navigation";
import { holdsOffice, levelNeeded, OFFICE_LEVEL, type Permission, type Viewer } from "./permissions";
import { requestHeaders } from "./request-headers";

/** For pages of a person who is signed in: whoever is not is led to sign in, and back here. */
export async function requireViewer(): Promise<Viewer> {
  const viewer = await currentViewer();
  if (viewer) return viewer;
  const path = (await headers()).get(requestHeaders.path) ?? "/";
  return redirect({ href: { pathname: "/sign-in", query: { da: path } }, locale: await getLocale() });
}

/** The same for pages whose actions need a level of sign-in: whoever has signed in at a lower one is led to sign in at that. */
export async function requireViewerFor(permission: Permission): Promise<{ viewer: Viewer; level: number }> {
  const viewer = await requireViewer();
  const level = (await currentSession())?.level ?? 0;
  return level < levelNeeded(permission) ? signInHigher() : { viewer, level };
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
  return signInHigher();
}

async function signInHigher(): Promise<never> {
  const path = (await headers()).get(requestHeaders.path) ?? "/";
  return redirect({
    href: { pathname: "/sign-in", query: { da: path, error: "level" } },
    locale: await getLocale(),
  });
}
