import { createHash, generateKeyPairSync, randomBytes, randomUUID } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import type { RecordOf } from "@/protocol/records";
import { actor, dayOf, foundedTorino, founding, office, official, project, torino } from "../register-rows";
import { formOf, request, serverActions } from "./request";
import { settle } from "./town";

const { db } = await serverActions();
const { confirmPasskey, confirmPartyPasskey } = await import("@/features/passkeys/actions");
const { passkeyCode } = await import("@/features/passkeys/rules");

const comune = actor("valeria", "Comune", "administrator");

beforeAll(async () => {
  await settle(db);
  for (const id of ["dario", "carla", "ada"]) await db.person.create({ data: { id, displayName: id } });
  await project(
    db,
    foundedTorino(),
    dayOf("2026-03-15"),
    official("dario", "Case"),
    // The office that is found first is not the one in which he confirms.
    office("dario", "Case", "coordinator", { id: "a-coordinator" }),
    office("dario", "Case", "administrator", { id: "b-administrator" }),
    official("carla", "Case"),
    office("carla", "Case", "coordinator"),
  );
});

it("a key of somebody in office is confirmed in the role that confirms offices, whatever else is held", async () => {
  const { id, code } = await proposed("giulia");
  expect(await confirm("carla", confirmPasskey, { id, code })).toMatchObject({ code: "not_allowed" });
  expect(await confirm("carla", confirmPartyPasskey, { id, code })).toMatchObject({ code: "not_allowed" });
  await confirm("dario", confirmPasskey, { id, code });
  expect(await db.outboxItem.findMany()).toMatchObject([
    { transaction: "passkeys:confirm", person: "dario", role: "administrator" },
  ]);
  await db.outboxItem.deleteMany({});
});

it("a key of a party is confirmed by any witness of another organisation", async () => {
  const { id, code } = await proposed("ada", { resident: true });
  await confirm("carla", confirmPartyPasskey, { id, code });
  expect(await db.outboxItem.findMany()).toMatchObject([
    { transaction: "passkeys:confirm", person: "carla", role: "coordinator" },
  ]);
});

function confirm(
  person: string,
  action: typeof confirmPasskey,
  { id, code }: { id: string; code: string },
): ReturnType<typeof confirmPasskey> {
  request.person = person;
  return action(undefined, formOf({ command: randomUUID(), id, code, compared: "on" }));
}

/** A key that an administrator of the Comune has proposed, and its code. */
async function proposed(
  person: string,
  more: Pick<RecordOf<"passkey">, "resident"> = {},
): Promise<{ id: string; code: string }> {
  const bytes = randomBytes(16);
  const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const credential = bytes.toString("base64url");
  const spki = publicKey.export({ format: "der", type: "spki" }).toString("base64");
  const id = createHash("sha256").update(bytes).digest("hex");
  const rpId = "comune.example";
  const code = await passkeyCode({ founding, person, credential, spki, rpId });
  await project(db, [
    "passkey",
    {
      ...{ municipality: torino, id, person, credential, spki, algorithm: -7, organisation: "Comune", rpId },
      ...{ state: "proposed", proposedOn: "2026-03-15", ...more },
      confirmations: [{ by: comune, on: "2026-03-15", code }],
    },
  ]);
  return { id, code };
}
