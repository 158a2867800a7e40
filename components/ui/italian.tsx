import { useLocale } from "next-intl";

/** What people and offices here wrote in Italian, so that it is read out as Italian on an English page too. */
export function Italian({ children }: { children: string }) {
  return useLocale() === "it" ? children : <span lang="it">{children}</span>;
}
