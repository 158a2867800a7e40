import type { Context } from "fabric-contract-api";
import type { Key, State } from "../domain/state";

type Stub = Context["stub"];

/** The private collection of all organisations (`collections.json`). */
export const ENVELOPES = "envelopes";

/** The rules' state over a peer's: one composite key a record, the municipality first. */
export class PeerState implements State {
  constructor(private readonly stub: Stub) {}

  async get(key: Key): Promise<string | undefined> {
    const bytes = await this.stub.getState(stateKey(this.stub, key));
    return bytes.length === 0 ? undefined : text(bytes);
  }

  put(key: Key, value: string): Promise<void> {
    return this.stub.putState(stateKey(this.stub, key), Buffer.from(value, "utf8"));
  }

  putPrivate(key: Key, value: Uint8Array): Promise<void> {
    return this.stub.putPrivateData(ENVELOPES, stateKey(this.stub, key), value);
  }

  purgePrivate(key: Key): Promise<void> {
    return this.stub.purgePrivateData(ENVELOPES, stateKey(this.stub, key));
  }

  async list(prefix: Key): Promise<string[]> {
    const [municipality, ...parts] = prefix;
    const values: string[] = [];
    for await (const { value } of this.stub.getStateByPartialCompositeKey(municipality, parts)) {
      values.push(text(value));
    }
    return values;
  }
}

/** The peer's key of a record: composite, so that no part can reach into another. */
export function stateKey(stub: Stub, [municipality, ...parts]: Key): string {
  return stub.createCompositeKey(municipality, parts);
}

export function text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}
