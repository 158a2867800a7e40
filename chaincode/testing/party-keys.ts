/** Keys of the story's residents who are parties: compared at a Casa and by the Comune, so that they count. */
import { relyingPartyId } from "../../protocol/acts/origins";
import { passkeyCodeText } from "../../protocol/acts/passkey-code";
import type { Authenticator } from "./authenticator";
import type { Teller } from "./city";
import { digest } from "./keys";
import { people } from "./people";
import { administrators, founding, keyOf, originOf, passkeyId, passkeyOf } from "./register";

/** The code that a resident reads out. */
export function residentCode(
  person: string,
  { credential, spki }: Authenticator,
  origin: string = originOf.Comune,
): string {
  const rpId = relyingPartyId(origin);
  return digest(passkeyCodeText({ founding, person, credential, spki, rpId }));
}

/** What a witness proposes of a resident's key. */
export function residentPasskey(person: string, key = keyOf(person), origin?: string) {
  return { ...passkeyOf(person, key), resident: true as const, code: residentCode(person, key, origin) };
}

export async function withPartyKeys(
  city: Pick<Teller, "submit">,
  parties: readonly { person: string }[] = [people.resident, people.neighbour],
  origin?: string,
): Promise<void> {
  for (const { person } of parties) {
    const passkey = residentPasskey(person, keyOf(person), origin);
    await city.submit(people.coordinator, "passkeys:propose", passkey);
    const confirmed = { id: passkeyId(keyOf(person)), code: passkey.code };
    await city.submit(administrators.Comune, "passkeys:confirm", confirmed);
  }
}
