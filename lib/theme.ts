import "server-only";
import { cookies } from "next/headers";
import { cookieName } from "./cookie-name";

export type Theme = "light" | "dark";

/** The theme the person chose; undefined follows the system. */
export async function chosenTheme(): Promise<Theme | undefined> {
  const value = (await cookies()).get(cookieName("theme"))?.value;
  return value === "light" || value === "dark" ? value : undefined;
}
