/** Taking a credential: three ρ, three blind signatures and one for posting, then the entry of the public list. */
import { sha256 } from "@noble/hashes/sha2.js";
import { blind, finalise, ISSUER_KEY, type RsaKey } from "@/voting/sealed/blind-signature";
import { utf8 } from "@/voting/sealed/bytes";
import { credentialMessage, postingMessage } from "@/voting/sealed/credentials";
import { deskCode, deskCodeText, deskSignIn } from "@/voting/sealed/desk-code";
import { type EnrolmentPurpose, enrolmentMessage, enrolmentNonce } from "@/voting/sealed/enrolment";
import { SealedError } from "@/voting/sealed/errors";
import { type Holding, sealHolding } from "@/voting/sealed/rho-list";
import { type IssuerNumber, issuerNumbers } from "@/voting/sealed/round";
import { blindingFactor, enrolmentSecret, NO_AREA, RHO } from "@/voting/sealed/voter-keys";
import { ask } from "./asking";
import { ofBase64, ofHex, toBase64, toHex } from "./bytes";
import { DeviceFault, type Party } from "./faults";
import type { DeviceRound, Machine } from "./round";
import { secretsOf } from "./secrets";

/** What the sign-in for a voting credential has brought, as the provider signed it; or at a desk the fiscal number. */
export type SignedIn =
  | { readonly token: string; readonly userinfo: string }
  | { readonly fiscalNumber: string };

export type Enrolled =
  | {
      readonly holding: Holding /** Whether the public list has taken the entry. */;
      readonly listed: boolean;
    }
  /** Issuers let some time pass between their notice and the credential; an instant. */
  | { readonly waitsUntil: string };

/** The address at which the sign-in begins; it binds the round and the key that requests are signed with. */
export async function signInAddress(
  { primitives }: Machine,
  round: DeviceRound,
  seed: Uint8Array,
  back: string,
): Promise<string> {
  const key = await primitives.ed25519PublicKey(enrolmentSecret(seed));
  const query = new URLSearchParams({
    round: round.id,
    nonce: toBase64(enrolmentNonce(round.digest, key))
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replace("=", ""),
    return: back,
  });
  return `${round.addresses.issuers[2]}/v1/sign-in?${query}`;
}

/** What operators at a desk write down of a device without a sign-in. */
export async function deskCodeOf(
  { primitives }: Machine,
  round: DeviceRound,
  seed: Uint8Array,
): Promise<string> {
  const key = await primitives.ed25519PublicKey(enrolmentSecret(seed));
  return deskCodeText(deskCode(round.digest, key));
}

/** @throws {DeviceFault} */
export async function enrol(
  machine: Machine,
  round: DeviceRound,
  seed: Uint8Array,
  signedIn: SignedIn,
  told: (step: "rho" | "credential" | "list") => void = () => {},
): Promise<Enrolled> {
  const request = await requester(machine, round, seed, signedIn);
  told("rho");
  const parts = await allOf(issuerNumbers.map((issuer) => request(issuer, "rho", NO_AREA, null)));
  if ("waitsUntil" in parts) return parts;
  const [first, second, third] = parts.answers.map(({ party, members }) => {
    const rho = ofHex(members.rho, RHO);
    const { area } = members;
    if (!rho || !Number.isInteger(area)) throw new DeviceFault("bad_answer", party);
    return { rho, area: area as number };
  });
  if (!first || !second || !third) throw new DeviceFault("bad_answer");
  const { area } = first;
  const issuers = round.areas.get(area);
  if (second.area !== area || third.area !== area || !issuers) throw new DeviceFault("issuers_disagree");
  const rhos = [first.rho, second.rho, third.rho] as const;
  const secrets = await secretsOf(machine, round, seed, { rhos, area });

  told("credential");
  const take = async (issuer: IssuerNumber, ofArea: number, key: RsaKey, message: Uint8Array) => {
    const factor = blindingFactor(secrets.root, issuer, ofArea, message, key);
    const blinded = blind(key, message, factor);
    const answer = await request(
      issuer,
      ofArea === NO_AREA ? "posting" : "credential",
      ofArea,
      blinded.message,
    );
    return { ...answer, key, message, unblind: blinded.unblind };
  };
  const message = credentialMessage(round.digest, area, secrets.key);
  const signed = await allOf([
    ...issuerNumbers.map((issuer) => take(issuer, area, issuers[issuer - 1] as RsaKey, message)),
    take(1, NO_AREA, round.posting, postingMessage(round.digest, secrets.postingKey)),
  ]);
  if ("waitsUntil" in signed) return signed;
  const [a, b, c, postingCredential] = signed.answers.map((answer) => {
    try {
      const bytes = ofBase64(answer.members.signed, ISSUER_KEY);
      if (!bytes) throw new DeviceFault("bad_answer", answer.party);
      return finalise(answer.key, answer.message, bytes, answer.unblind);
    } catch (error) {
      if (error instanceof SealedError) throw new DeviceFault("bad_credential", answer.party);
      throw error;
    }
  });
  if (!a || !b || !c || !postingCredential) throw new DeviceFault("bad_answer");
  const holding: Holding = { rhos, area, credentials: [a, b, c], postingCredential };
  told("list");
  return { holding, listed: await list(machine, round, seed, holding) };
}

/** Puts what is held where a second device finds it. Without it the vote counts all the same. */
export async function list(
  machine: Machine,
  round: DeviceRound,
  seed: Uint8Array,
  holding: Holding,
): Promise<boolean> {
  const entry = await sealHolding(machine.primitives, seed, round.digest, holding);
  try {
    await ask(machine, "issuer 3", `${round.addresses.issuers[2]}/v1/rhos`, {
      round: round.id,
      entry: toBase64(entry),
    });
    return true;
  } catch (error) {
    if (error instanceof DeviceFault) return false;
    throw error;
  }
}

interface IssuerAnswer {
  readonly party: Party;
  readonly members: Readonly<Record<string, unknown>>;
  readonly waitsUntil: string | null;
}

async function requester(machine: Machine, round: DeviceRound, seed: Uint8Array, signedIn: SignedIn) {
  const secret = enrolmentSecret(seed);
  const ek = toHex(await machine.primitives.ed25519PublicKey(secret));
  const tokenDigest = "token" in signedIn ? sha256(utf8(signedIn.token)) : deskSignIn(signedIn.fiscalNumber);
  return async (
    issuer: IssuerNumber,
    purpose: EnrolmentPurpose,
    area: number,
    blinded: Uint8Array | null,
  ): Promise<IssuerAnswer> => {
    const message = enrolmentMessage(round.digest, { purpose, issuer, area, blinded, tokenDigest });
    const signature = await machine.primitives.ed25519Sign(secret, message);
    const party: Party = `issuer ${issuer}`;
    const address = `${round.addresses.issuers[issuer - 1]}/v1/enrolments`;
    const answer = await ask(machine, party, address, {
      ...{ round: round.id, purpose, ek, area, ...signedIn },
      blinded: blinded ? toBase64(blinded) : "",
      signature: toHex(signature),
    });
    const members = answer.members();
    if (answer.status !== 202) return { party, members, waitsUntil: null };
    const { notBefore } = members;
    if (typeof notBefore !== "string" || Number.isNaN(Date.parse(notBefore))) {
      throw new DeviceFault("bad_answer", party);
    }
    return { party, members, waitsUntil: notBefore };
  };
}

/** All answers, or how long the slowest issuer waits. Every issuer is asked, also where another has refused. */
async function allOf<One extends IssuerAnswer>(
  requests: readonly Promise<One>[],
): Promise<{ readonly answers: readonly One[] } | { readonly waitsUntil: string }> {
  const settled = await Promise.allSettled(requests);
  const answers = settled.map((one) => {
    if (one.status === "rejected") throw one.reason;
    return one.value;
  });
  const waits = answers.flatMap(({ waitsUntil }) => waitsUntil ?? []).sort();
  const last = waits.at(-1);
  return last === undefined ? { answers } : { waitsUntil: last };
}
