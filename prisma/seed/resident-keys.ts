/** Keys of the trial's residents, made by the trial signer and compared by a Casa and the Comune. */
import { createHash } from "node:crypto";
import { passkeyCode } from "@/features/passkeys/rules";
import { once, record } from "@/ledger/client/outbox/record";
import { db } from "@/lib/db";
import { relyingPartyId } from "@/protocol/acts/origins";
import type { RecordOf } from "@/protocol/records";
import type { SignerDesk } from "@/services/signer/desk-client";
import type { Story } from "./story";

/** Everybody who can come to represent a subject in the story signs with a key from the next day of the ledger on. */
export async function tellResidentKeys(story: Story, desk: SignerDesk): Promise<void> {
  const { municipality } = story;
  const where = { municipality_id: { municipality, id: municipality } };
  const row = await db.chainMunicipality.findUniqueOrThrow({ where });
  const { founding, organisations } = row.record as unknown as RecordOf<"municipality">;
  const origin = organisations?.find(({ part }) => part === "Comune")?.origin;
  if (founding === undefined || origin === undefined) throw new Error(`${municipality} has no register`);
  const coordinator = story.official("coordinator");
  const administrator = story.official("administrator");
  await Promise.all(
    story.residents().map(async (resident) => {
      const { account, person } = resident;
      const passkey = await desk.passkey({ municipality, origin, organisation: "Comune", ...resident });
      const { credential, spki } = passkey;
      const id = createHash("sha256").update(Buffer.from(credential, "base64url")).digest("hex");
      const code = await passkeyCode({
        ...{ founding, person, credential, spki },
        rpId: relyingPartyId(origin),
      });
      const proposed = { municipality, ...passkey, resident: true as const, code };
      const subject = { type: "passkey", id };
      await story.tell(`key of ${account}`, (command) =>
        once(command, (tx) => record(tx, coordinator, "passkeys:propose", proposed, subject, command)),
      );
      await story.tell(`key of ${account} confirmed`, (command) =>
        once(command, (tx) =>
          record(tx, administrator, "passkeys:confirm", { municipality, id, code }, subject, command),
        ),
      );
    }),
  );
}
