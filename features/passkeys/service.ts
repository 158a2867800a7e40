/**
 * Keys of people in office and of parties: made in their browser, compared by people of two organisations, withdrawn when
 * lost.
 */
import { createPublicKey } from "node:crypto";
import { requireFounded, requireOther } from "@/features/register/service";
import { once, record } from "@/ledger/client/outbox/record";
import { type Database, db } from "@/lib/db";
import { ConflictError, InvalidInputError, NotAllowedError, NotFoundError, TooMuchError } from "@/lib/errors";
import { securityEvent } from "@/lib/security-log";
import { fromBase64url } from "@/protocol/acts/base64url";
import { relyingPartyId } from "@/protocol/acts/origins";
import type { Actor, CoseAlgorithm, Role } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import { MOST_PASSKEYS } from "@/protocol/records/register";
import { transactions } from "@/protocol/transactions";
import { witnessRoles } from "@/protocol/transactions/binding";
import { passkeyCode, passkeyIdOf } from "./rules";

/** Whose key it is or will be. */
export type KeyHolder = { municipality: string; person: string };

/** As `navigator.credentials.create` gives it. */
export type NewPasskey = { credential: string; spki: string; algorithm: CoseAlgorithm };

/**
 * Keeps a key that a person of the register or a party has made, until somebody proposes it.
 * @throws NotAllowedError where the person is neither, InvalidInputError where it is no key of its algorithm
 */
export async function offerPasskey(holder: KeyHolder, made: NewPasskey): Promise<void> {
  const { municipality, person } = holder;
  const { credential, spki, algorithm } = made;
  const id = await passkeyIdOf(Uint8Array.from(fromBase64url(credential)));
  if (!isKeyOf(algorithm, spki)) throw new InvalidInputError({}, "key_not_accepted");
  await db.$transaction(async (tx) => {
    // Two keys offered at once are counted one after the other.
    await tx.$queryRaw`SELECT 1 FROM public."Person" WHERE id = ${person} FOR UPDATE`;
    const rpId = await relyingPartyOf(tx, holder);
    if (await tx.chainPasskey.findUnique({ where: { municipality_id: { municipality, id } } }))
      throw new ConflictError("passkey_known");
    await forgetProposed(tx, holder);
    const waiting = await tx.passkeyOffer.count({ where: { municipality, person, id: { not: id } } });
    if (waiting >= MOST_PASSKEYS) throw new TooMuchError("too_many", { limit: MOST_PASSKEYS });
    const known = await tx.passkeyOffer.findUnique({ where: { municipality_id: { municipality, id } } });
    if (known && known.person !== person) throw new ConflictError("passkey_known");
    const row = { ...made, rpId, person };
    const where = { municipality_id: { municipality, id } };
    await tx.passkeyOffer.upsert({ where, create: { municipality, id, ...row }, update: row });
  });
  securityEvent("passkey_offered", { person, municipality });
}

/** Forgets a key of one's own that nobody has proposed. */
export async function discardPasskey({ municipality, person }: KeyHolder, id: string): Promise<void> {
  const { count } = await db.passkeyOffer.deleteMany({ where: { municipality, person, id } });
  if (count === 0) throw new NotFoundError("passkey_not_found");
}

/**
 * Proposes a key: its owner with a key that counts, an administrator of the owner's organisation, or of a party anybody
 * in office who can be a witness.
 * @param code what the signer has compared with what the owner reads out
 */
export async function proposePasskey(actor: Actor, id: string, code: string, command: string): Promise<void> {
  const { municipality } = actor;
  await once(command, async (tx) => {
    const offer = await tx.passkeyOffer.findUnique({ where: { municipality_id: { municipality, id } } });
    if (!offer) throw new NotFoundError("passkey_not_found");
    const { person, credential, spki, rpId } = offer;
    const official = await findOfficial(tx, { municipality, person });
    if (!official) {
      if (person === actor.person) throw new NotAllowedError("person_concerned");
      if (!isWitness(actor)) throw new NotAllowedError("role_not_yours");
    } else if (person !== actor.person) {
      if (actor.role !== "administrator") throw new NotAllowedError("not_own");
      if (official.organisation !== actor.organisation) throw new NotAllowedError("role_not_yours");
    }
    const { founding } = await requireFounded(tx, municipality);
    if (code !== (await passkeyCode({ founding, person, credential, spki, rpId })))
      throw new ConflictError("code_differs");
    const algorithm = offer.algorithm as CoseAlgorithm;
    const of = official ? {} : { resident: true as const };
    const input = { municipality, person, credential, spki, algorithm, code, ...of };
    await record(tx, actor, "passkeys:propose", input, { type: "passkey", id }, command);
  });
}

/**
 * Confirms a key for somebody of another organisation: of people in office whoever confirms offices, of a party any
 * witness.
 */
export async function confirmPasskey(actor: Actor, id: string, code: string, command: string): Promise<void> {
  const { municipality } = actor;
  await once(command, async (tx) => {
    const passkey = await requirePasskey(tx, municipality, id);
    if (passkey.state !== "proposed") throw new ConflictError("wrong_state");
    const confirms = transactions[passkey.resident ? "passkeys:confirm" : "offices:confirm"].roles;
    if (!(confirms as readonly Role[]).includes(actor.role)) throw new NotAllowedError();
    const first = passkey.confirmations[0]?.by;
    const organisation = passkey.resident ? (first?.organisation ?? "Comune") : passkey.organisation;
    await requireOther(tx, actor, { person: passkey.person, organisation }, first);
    const { founding } = await requireFounded(tx, municipality);
    if (code !== (await passkeyCode({ ...passkey, founding }))) throw new ConflictError("code_differs");
    await record(tx, actor, "passkeys:confirm", { municipality, id, code }, { type: "passkey", id }, command);
  });
}

/** Withdraws a key for good: one's own, as an administrator one of the own organisation, as a witness one of a party. */
export async function withdrawPasskey(actor: Actor, id: string, command: string): Promise<void> {
  const { municipality, person, role, organisation } = actor;
  await once(command, async (tx) => {
    const passkey = await requirePasskey(tx, municipality, id);
    if (passkey.state === "withdrawn") throw new ConflictError("wrong_state");
    const ofOurs = passkey.resident
      ? isWitness(actor)
      : role === "administrator" && organisation === passkey.organisation;
    if (person !== passkey.person && !ofOurs) throw new NotAllowedError("not_own");
    // Whoever has lost the key of a party signs nothing with it, and may have none of an office.
    const asResident = passkey.resident && person === passkey.person;
    const by: Actor = asResident ? { ...actor, organisation: "Case", role: "resident" } : actor;
    await record(tx, by, "passkeys:withdraw", { municipality, id }, { type: "passkey", id }, command);
  });
}

/** The host of the origin on which a person's organisation signs. */
async function relyingPartyOf(tx: Database, holder: KeyHolder): Promise<string> {
  const { organisations } = await requireFounded(tx, holder.municipality);
  const organisation = (await findOfficial(tx, holder))?.organisation ?? (await requireParty(tx, holder));
  const own = organisations?.find(({ part }) => part === organisation);
  if (!own) throw new NotAllowedError("not_in_register");
  return relyingPartyId(own.newOrigin ?? own.origin);
}

async function findOfficial(
  tx: Database,
  { municipality, person }: KeyHolder,
): Promise<RecordOf<"official"> | undefined> {
  const where = { municipality_id: { municipality, id: person } };
  return (await tx.chainOfficial.findUnique({ where }))?.record as unknown as
    | RecordOf<"official">
    | undefined;
}

/** Who represents a subject signs on the site of the Comune. @throws NotAllowedError for everybody else */
async function requireParty(tx: Database, { municipality, person }: KeyHolder): Promise<"Comune"> {
  const count = await tx.chainSubject.count({ where: { municipality, representative: person } });
  if (count === 0) throw new NotAllowedError("not_in_register");
  return "Comune";
}

function isWitness({ role }: Actor): boolean {
  return (witnessRoles as readonly Role[]).includes(role);
}

async function requirePasskey(tx: Database, municipality: string, id: string): Promise<RecordOf<"passkey">> {
  const row = await tx.chainPasskey.findUnique({ where: { municipality_id: { municipality, id } } });
  if (!row) throw new NotFoundError("passkey_not_found");
  return row.record as unknown as RecordOf<"passkey">;
}

/** Keys that are in the register by now. */
async function forgetProposed(tx: Database, { municipality, person }: KeyHolder): Promise<void> {
  const known = await tx.chainPasskey.findMany({ where: { municipality, person }, select: { id: true } });
  const ids = known.map(({ id }) => id);
  await tx.passkeyOffer.deleteMany({ where: { municipality, person, id: { in: ids } } });
}

const keyTypes: Readonly<Record<CoseAlgorithm, string>> = { [-7]: "ec", [-8]: "ed25519", [-257]: "rsa" };

/** Whether it is a public key of the algorithm at all; what the register takes, the chaincode decides. */
function isKeyOf(algorithm: CoseAlgorithm, spki: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(spki, "base64"), format: "der", type: "spki" });
    return key.asymmetricKeyType === keyTypes[algorithm];
  } catch {
    return false;
  }
}
