/** The texts that organisations sign with their offline recovery keys, UTF-8. */
import { canonicalJson } from "../canonical-json";
import type { InputOf } from "../transactions";

/** What each organisation signs to found a municipality, or to introduce the register on a chain that has none. */
export function foundingText(
  channel: string,
  {
    command: _,
    signatures: __,
    ...founded
  }: InputOf<"municipality:found"> | InputOf<"municipality:introduceRegister">,
): string {
  return `cocity founding 1\n${canonicalJson({ channel, ...founded })}`;
}

/** What two organisations sign to recover one of them. */
export function recoveryText(
  channel: string,
  founding: string,
  { command: _, signatures: __, ...plan }: InputOf<"recovery:propose">,
): string {
  return `cocity recovery 1\n${canonicalJson({ channel, founding, ...plan })}`;
}
