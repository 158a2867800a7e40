import type { CardSubject } from "./queries";

/** What the path below `/api/embed/MUNICIPALITY` asks for; undefined where it asks for nothing there is. */
export function cardPath(path: readonly string[]): { subject: CardSubject; slug: string } | undefined {
  const [subject, slug = "", ...more] = path;
  if (more.length > 0) return undefined;
  if (subject === "money") return slug === "" ? { subject, slug } : undefined;
  return (subject === "commons" || subject === "rounds") && slug !== "" ? { subject, slug } : undefined;
}

/** The other way round. */
export function cardAddress(
  municipality: string,
  subject: CardSubject,
  slug: string,
  locale: string,
): string {
  const path = subject === "money" ? subject : `${subject}/${slug}`;
  return `/api/embed/${municipality}/${path}?lingua=${locale}`;
}
