/** An invented voter's sign-in for a credential, as a browser makes it: it follows the addresses and keeps the cookies. */
import type { SignedIn } from "@/features/sealed-voting/device/enrol";
import { trialMount } from "@/services/identity-provider/clients";

const MOST_STEPS = 12;
const PATIENCE_MS = 30_000;

/**
 * @param address at which the sign-in begins
 * @param account whom the voter says to be on the page of the trial provider
 */
export async function signInAs(account: string, address: string): Promise<SignedIn> {
  const cookies = new Map<string, string>();
  let at = new URL(address);
  let form: URLSearchParams | undefined;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const response = await fetch(at, {
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(form && { method: "POST", body: form }),
    });
    await response.arrayBuffer();
    for (const text of response.headers.getSetCookie()) keep(cookies, text);
    const location = response.headers.get("location");
    form = undefined;
    if (location !== null) {
      at = new URL(location, at);
      if (at.hash) return signedIn(at);
    } else if (response.ok && at.pathname.startsWith(`${trialMount}/choice/`)) {
      form = new URLSearchParams({ account });
    } else {
      throw new Error(`signing in: ${at.pathname} answered ${response.status}`);
    }
  }
  throw new Error(`signing in takes more than ${MOST_STEPS} steps`);
}

/** What the guarantors' issuer hands to the voter's page behind the `#` of its address. */
function signedIn({ hash }: URL): SignedIn {
  const values = new URLSearchParams(hash.slice(1));
  const [token, userinfo] = [values.get("token"), values.get("userinfo")];
  if (token === null || userinfo === null)
    throw new Error(`signing in: ${values.get("error") ?? "no token"}`);
  return { token, userinfo };
}

function keep(cookies: Map<string, string>, text: string): void {
  const [pair = ""] = text.split(";");
  const [name = "", value = ""] = pair.split(/=(.*)/s);
  if (value === "" || /;\s*expires=Thu, 01 Jan 1970/i.test(text)) cookies.delete(name.trim());
  else cookies.set(name.trim(), value);
}
