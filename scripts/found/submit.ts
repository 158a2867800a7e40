/** From a prepared founding, with its people's keys and its organisations' signatures, to the ledger. */

import { registerCosigner } from "@/features/ballots/desk-service";
import { activateMunicipalities } from "@/features/municipalities/service";
import { codeGroups, passkeyCode } from "@/features/passkeys/rules";
import { ConnectionFileError } from "@/ledger/client/connection";
import { municipalService, signerOf } from "@/ledger/client/identities/services";
import { enqueue } from "@/ledger/client/outbox/enqueue";
import { once } from "@/ledger/client/outbox/record";
import { type Recorded, waitFor } from "@/ledger/client/outbox/wait";
import { db } from "@/lib/db";
import { relyingPartyId } from "@/protocol/acts/origins";
import { foundingText } from "@/protocol/acts/recovery-texts";
import type { Organisation } from "@/protocol/primitives";
import type { InputOf } from "@/protocol/transactions";
import type { MadeKey, OriginOf, Owner, Preparation } from "./description";
import { inputOfSignatures, type Signatures } from "./signatures";

/** What the recovery keys sign, byte for byte. */
export function textToSign(channel: string, preparation: Preparation, keys: readonly MadeKey[]): string {
  return foundingText(channel, inputOf(preparation, keys, {}));
}

/** Each key with the code that its owner's browser showed: eight groups of digits to be compared by word of mouth. */
export async function codesOf(
  founding: string,
  people: readonly Owner[],
  originOf: OriginOf,
  keys: readonly MadeKey[],
): Promise<{ name: string; organisation: Organisation; code: string }[]> {
  return Promise.all(
    keys.map(async ({ person, credential, spki }) => {
      const owner = people.find((one) => one.person === person);
      if (!owner) throw new Error(`nobody who is described is ${person}`);
      const { name, organisation } = owner;
      const rpId = relyingPartyId(originOf(organisation));
      const code = codeGroups(await passkeyCode({ founding, person, credential, spki, rpId })).join(" ");
      return { name, organisation, code };
    }),
  );
}

/** Where a municipality was founded, and whether the Case network's registrar can admit voters with the Comune's. */
export type Founded = Recorded & { cosigner: boolean };

/**
 * Founds the municipality, gives it its pages, and enters the co-signing registrar's key. Doing it again is harmless.
 * @throws NotRecordedError with the chaincode's refusal, StillWaitingError where no worker sends it
 */
export async function submitFounding(
  preparation: Preparation,
  keys: readonly MadeKey[],
  signatures: Signatures,
): Promise<Founded> {
  const { command, founding } = preparation;
  const { municipality } = founding;
  const { command: _, ...input } = inputOf(preparation, keys, signatures);
  // What was refused, for a signature that was missing, is asked for again.
  await db.outboxItem.deleteMany({ where: { id: command, status: "failed" } });
  await once(command, (tx) =>
    enqueue(tx, {
      ...{ id: command, transaction: "municipality:found", input },
      signer: signerOf(municipalService(municipality)),
      subject: { type: "municipality", id: municipality },
    }),
  );
  const recorded = await waitFor(db, command, { timeoutMs: 120_000 });
  await activateMunicipalities(db, [municipality]);
  return { ...recorded, cosigner: await enterCosigner(preparation) };
}

async function enterCosigner({ cosignerCommand, founding }: Preparation): Promise<boolean> {
  if (!founding.register.organisations.some(({ part }) => part === "Case")) return false;
  try {
    await registerCosigner(founding.municipality, cosignerCommand);
  } catch (error) {
    // The Case network keeps its registrar's credential to itself.
    if (error instanceof ConnectionFileError) return false;
    throw error;
  }
  await waitFor(db, cosignerCommand, { timeoutMs: 120_000 });
  return true;
}

function inputOf(
  { command, founding }: Preparation,
  keys: readonly MadeKey[],
  signatures: Signatures,
): InputOf<"municipality:found"> {
  return {
    ...{ ...founding, command },
    register: { ...founding.register, passkeys: [...keys] },
    signatures: inputOfSignatures(signatures),
  };
}
