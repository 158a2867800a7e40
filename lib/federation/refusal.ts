/** Why a member of the federation, or what it sent, is not believed. The names stand in logs: none holds what was sent. */
export type RefusalCode =
  /** An address that is not followed: no https, a private network, too many, too long, no answer. */
  | "unreachable"
  /** A signed statement that is not one: form, algorithm, key, signature, time, issuer, subject. */
  | "statement"
  /** No way of statements leads to a trust anchor that this site knows. */
  | "chain"
  /** What the authorities above an entity allow contradicts itself, or what the entity says. */
  | "policy"
  /** A trust mark is missing, is of another body, or was issued by somebody who may not. */
  | "trust_mark"
  /** The provider's metadata lead elsewhere or lack what is needed. */
  | "metadata"
  /** The answer is not to our question: state, issuer, nonce, a second time. */
  | "answer"
  /** ID token or UserInfo: form, algorithm, key, signature, time, issuer, audience, subject. */
  | "token"
  /** A weaker way to sign in than was asked for. */
  | "level"
  /** The attributes do not say who the person is. */
  | "attributes"
  /** The provider said that nothing came of it: the person gave up, or it failed there. */
  | "denied";

export class FederationRefusal extends Error {
  override readonly name = "FederationRefusal";

  constructor(
    readonly code: RefusalCode,
    /** For whoever looks after the site; never what was sent. */
    readonly detail: string,
  ) {
    super(`${code}: ${detail}`);
  }
}

/** Runs `work`, whose errors say that something sent was wrong. */
export async function refusing<T>(code: RefusalCode, detail: string, work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FederationRefusal) throw error;
    throw new FederationRefusal(code, `${detail} (${error instanceof Error ? error.name : "unknown"})`);
  }
}
