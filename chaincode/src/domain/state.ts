/**
 * Where records live. The chaincode implements it over a peer's state; tests in memory. A key is
 * `(municipality, type, ...id parts)`; no part is empty or holds U+0000.
 */
export type Key = readonly [municipality: string, type: string, ...idParts: string[]];

export interface State {
  /** The text stored under a key; `undefined` when nothing is. */
  get(key: Key): Promise<string | undefined>;
  put(key: Key, value: string): Promise<void>;
  /** Stores bytes in the private collection of all organisations: the ledger has their hash alone. */
  putPrivate(key: Key, value: Uint8Array): Promise<void>;
  /** Takes them out of it again, and out of the history of every peer. */
  purgePrivate(key: Key): Promise<void>;
  /** The texts stored below a key prefix, in key order. Validated again at commit: a range that changed is a conflict. */
  list(prefix: Key): Promise<string[]>;
}
