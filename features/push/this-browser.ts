/** Which device this browser is: known by its cookie alone, so that signing out here ends what is told here. */
import "server-only";
import { cookies } from "next/headers";
import { z } from "zod";
import { cookieName } from "@/lib/cookie-name";
import { env } from "@/lib/env";

const NAME = "push-device";
/** Browsers keep none longer. */
const SECONDS = 400 * 86_400;

export async function rememberDevice(id: string): Promise<void> {
  (await cookies()).set(cookieName(NAME), id, { ...options(), maxAge: SECONDS });
}

export async function deviceHere(): Promise<string | undefined> {
  const value = (await cookies()).get(cookieName(NAME))?.value;
  return z.uuid().safeParse(value).data;
}

export async function forgetDeviceHere(): Promise<void> {
  (await cookies()).set(cookieName(NAME), "", { ...options(), maxAge: 0 });
}

function options() {
  return { httpOnly: true, sameSite: "lax" as const, path: "/", secure: env.ORIGIN.startsWith("https:") };
}
