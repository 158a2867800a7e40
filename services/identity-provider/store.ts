import type { Adapter, AdapterPayload } from "oidc-provider";

type Entry = { payload: AdapterPayload; expiresAt: number };

/**
 * Sessions, codes and tokens of the trial provider, in memory: a restart signs everybody out of it, which
 * costs a person one more choice of who to be.
 */
export class MemoryStore implements Adapter {
  private static readonly entries = new Map<string, Entry>();
  private readonly prefix: string;

  constructor(model: string) {
    this.prefix = `${model}:`;
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const now = Date.now();
    for (const [key, entry] of MemoryStore.entries)
      if (entry.expiresAt < now) MemoryStore.entries.delete(key);
    const expiresAt = expiresIn === undefined ? Number.POSITIVE_INFINITY : now + expiresIn * 1000;
    MemoryStore.entries.set(this.prefix + id, { payload, expiresAt });
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const entry = MemoryStore.entries.get(this.prefix + id);
    return entry && entry.expiresAt >= Date.now() ? entry.payload : undefined;
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.findWhere((payload) => payload.uid === uid);
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.findWhere((payload) => payload.userCode === userCode);
  }

  async consume(id: string): Promise<void> {
    const payload = await this.find(id);
    if (payload) payload.consumed = Math.floor(Date.now() / 1000);
  }

  async destroy(id: string): Promise<void> {
    MemoryStore.entries.delete(this.prefix + id);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, { payload }] of MemoryStore.entries)
      if (payload.grantId === grantId) MemoryStore.entries.delete(key);
  }

  private findWhere(matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    const now = Date.now();
    for (const [key, { payload, expiresAt }] of MemoryStore.entries)
      if (key.startsWith(this.prefix) && expiresAt >= now && matches(payload)) return payload;
    return undefined;
  }
}
