import { createNavigation } from "next-intl/navigation";
import { routing } from "./routing";

/** The only way to name a page in code: by its folder, with its parameters; the language gives the path. */
export const { Link, redirect, permanentRedirect, usePathname, useRouter, getPathname } =
  createNavigation(routing);

export type Href = Parameters<typeof getPathname>[0]["href"];
