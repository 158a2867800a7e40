import { readFile } from "node:fs/promises";
import { z } from "zod";
import { StartFailure } from "../failure";
import type { Identity } from "../msp/identity";
import { parsePolicy, type Rule, satisfies } from "../msp/policy";

/** Fabric's collection configuration file, as `peer lifecycle chaincode … --collections-config` takes it. */
const fileSchema = z.array(
  z.object({
    name: z.string().min(1),
    policy: z.string(),
    requiredPeerCount: z.int().nonnegative().default(0),
    maxPeerCount: z.int().nonnegative().default(0),
    blockToLive: z.int().nonnegative().default(0),
    memberOnlyRead: z.boolean().default(false),
    memberOnlyWrite: z.boolean().default(false),
    endorsementPolicy: z
      .object({ signaturePolicy: z.string().optional(), channelConfigPolicy: z.string().optional() })
      .optional(),
  }),
);

export interface Collection {
  readonly name: string;
  /** Who is a member: may read and write where the collection is for members only. */
  readonly members: Rule;
  /** Blocks after which values are removed; 0 keeps them. */
  readonly blockToLive: number;
  readonly memberOnlyRead: boolean;
  readonly memberOnlyWrite: boolean;
  /** Replaces the chaincode's policy for writes to this collection. */
  readonly endorsement?: Rule;
}

/** A request for a collection that is refused; the text is Fabric's. */
export class CollectionError extends Error {
  override readonly name = "CollectionError";
}

/** The collections of a chaincode. */
export class Collections {
  readonly #byName: ReadonlyMap<string, Collection>;

  constructor(
    readonly channel: string,
    readonly chaincode: string,
    collections: readonly Collection[],
  ) {
    this.#byName = new Map(collections.map((collection) => [collection.name, collection]));
  }

  get(name: string): Collection | undefined {
    return this.#byName.get(name);
  }

  /** What one creator may do with them. */
  accessOf(creator: Identity): CollectionAccess {
    return new CollectionAccess(this, creator);
  }
}

/** The rights of a transaction's creator on the collections (`core/common/privdata/store.go`). */
export class CollectionAccess {
  constructor(
    private readonly collections: Collections,
    private readonly creator: Identity,
  ) {}

  /** @throws CollectionError */
  requireDefined(name: string): void {
    if (!this.collections.get(name))
      throw new CollectionError(
        `collection [${name}] not defined in the collection config for chaincode [${this.collections.chaincode}]`,
      );
  }

  /** @throws CollectionError */
  requireRead(name: string): void {
    const collection = this.#find(name);
    if (collection.memberOnlyRead && !satisfies(collection.members, [this.creator])) this.#deny("read", name);
  }

  /** @throws CollectionError */
  requireWrite(name: string): void {
    const collection = this.#find(name);
    if (collection.memberOnlyWrite && !satisfies(collection.members, [this.creator]))
      this.#deny("write", name);
  }

  #find(name: string): Collection {
    const collection = this.collections.get(name);
    if (collection) return collection;
    const { channel, chaincode } = this.collections;
    throw new CollectionError(`collection ${channel}/${chaincode}/${name} could not be found`);
  }

  #deny(what: "read" | "write", name: string): never {
    throw new CollectionError(
      `tx creator does not have ${what} access permission on privatedata in chaincodeName:${this.collections.chaincode} collectionName: ${name}`,
    );
  }
}

/**
 * Reads a collection configuration file.
 * @throws StartFailure naming the file and what is wrong with it
 */
export async function readCollections(
  file: string,
  channel: string,
  chaincode: string,
  defaultEndorsement: Rule,
): Promise<Collections> {
  try {
    const described = fileSchema.parse(JSON.parse(await readFile(file, "utf8")));
    return new Collections(
      channel,
      chaincode,
      described.map(({ name, policy, endorsementPolicy, ...rest }) => ({
        name,
        members: parsePolicy(policy),
        blockToLive: rest.blockToLive,
        memberOnlyRead: rest.memberOnlyRead,
        memberOnlyWrite: rest.memberOnlyWrite,
        ...(endorsementPolicy && { endorsement: endorsementOf(endorsementPolicy, defaultEndorsement) }),
      })),
    );
  } catch (error) {
    throw new StartFailure(`The collections file ${file} cannot be used: ${sentence(error)}`);
  }
}

function endorsementOf(
  policy: { signaturePolicy?: string | undefined; channelConfigPolicy?: string | undefined },
  channelPolicy: Rule,
): Rule {
  if (policy.signaturePolicy) return parsePolicy(policy.signaturePolicy);
  // The channel's own `Endorsement` policy is the only one it has for this purpose.
  return channelPolicy;
}

function sentence(error: unknown): string {
  if (error instanceof z.ZodError) {
    const issue = error.issues[0];
    return `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "unreadable"}`;
  }
  return error instanceof Error ? error.message : String(error);
}
