import { env } from "./env";

/** Whether a form was sent from one of our own pages. Browsers put one of the two headers on every post. */
export function isSameSite(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site) return site === "same-origin";
  return request.headers.get("origin") === env.ORIGIN;
}

/** Path and query of the page a form was sent from, and the start page where that is another site's or unknown. */
export function backTo(request: Request): string {
  const referrer = request.headers.get("referer");
  if (!referrer || !URL.canParse(referrer)) return "/";
  const { origin, pathname, search } = new URL(referrer);
  return origin === env.ORIGIN ? ownPath(pathname + search) : "/";
}

/** A path of this site, whatever was asked: `//elsewhere` and `\elsewhere` lead to other hosts. */
export function ownPath(path: string | null | undefined): string {
  if (!path?.startsWith("/") || !URL.canParse(path, env.ORIGIN)) return "/";
  const { origin, pathname, search } = new URL(path, env.ORIGIN);
  return origin === env.ORIGIN ? pathname.replace(/^\/{2,}/, "/") + search : "/";
}
