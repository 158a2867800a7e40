/** Makes the blocks that transactions would be in: every hash, signature and version in them is real. */
import { common } from "@hyperledger/fabric-protos";
import { buildBlock } from "@/ledger/embedded/store/block-builder";
import { validationCodes } from "@/ledger/evidence/codes";
import { encodeReadWriteSets } from "@/ledger/evidence/encode-read-write-set";
import { makeEnvelope, type TestSigner } from "@/ledger/evidence/envelope-fixture";
import { sha256 } from "@/ledger/evidence/hash";
import type { Version } from "@/ledger/evidence/types";
import { channel, type MadeOrganisations } from "./organisations";
import type { PlainTransaction } from "./recorded-city";

/** What makes a transaction's envelope other than an honest one. */
export interface Forging {
  readonly endorsers?: readonly TestSigner[];
  readonly sender?: TestSigner;
  readonly code?: number;
  /** Versions that are said to have been read. */
  readonly read?: ReadonlyMap<string, Version>;
  readonly proposalHash?: Uint8Array;
  readonly id?: string;
  /** Bytes that are written in the place of the text under a key. */
  readonly written?: ReadonlyMap<string, Uint8Array>;
}

export type Transaction = PlainTransaction & { forging?: Forging };

export interface Chain {
  readonly blocks: Uint8Array[];
}

/** Blocks of one transaction each, behind the configuration. @param orderer signs blocks in the place of the channel's */
export async function makeChain(
  organisations: MadeOrganisations,
  transactions: readonly Transaction[],
  orderer: TestSigner = organisations.parts.Comune.orderer,
): Promise<Uint8Array[]> {
  const maker = new ChainMaker(organisations, orderer);
  await maker.add([organisations.configuration()], [validationCodes.VALID]);
  for (const transaction of transactions) await maker.addTransaction(transaction);
  return maker.blocks;
}

export class ChainMaker {
  readonly blocks: Uint8Array[] = [];
  #height = 0;
  readonly #versions = new Map<string, Version>();
  #previousHash: Uint8Array = new Uint8Array(0);

  constructor(
    readonly organisations: MadeOrganisations,
    readonly orderer: TestSigner,
  ) {}

  /** A block of these. */
  async addTransaction(...transactions: Transaction[]): Promise<void> {
    const envelopes: Uint8Array[] = [];
    const codes: number[] = [];
    for (const [index, transaction] of transactions.entries()) {
      const code = transaction.forging?.code ?? validationCodes.VALID;
      envelopes.push(await this.envelopeOf(transaction));
      codes.push(code);
      if (code === validationCodes.VALID)
        for (const [key] of transaction.writes)
          this.#versions.set(key, { block: this.#height, transaction: index });
    }
    await this.add(envelopes, codes);
  }

  async add(envelopes: readonly Uint8Array[], codes: readonly number[]): Promise<void> {
    const { orderer } = this;
    const header = new common.SignatureHeader();
    header.setCreator(orderer.identity);
    header.setNonce(sha256(this.#previousHash).slice(0, 24));
    const { bytes, hash } = await buildBlock(
      {
        ...{ number: this.#height, previousHash: this.#previousHash, envelopes },
        ...{ codes: Uint8Array.from(codes), commitHash: undefined, lastConfig: 0 },
      },
      {
        signatureHeader: () => header.serializeBinary(),
        sign: async (message: Uint8Array) => orderer.sign(message),
      } as never,
    );
    this.blocks.push(bytes);
    this.#height += 1;
    this.#previousHash = hash;
  }

  /** The blocks made since it was asked before. */
  take(): Uint8Array[] {
    return this.blocks.splice(0);
  }

  async envelopeOf({ forging = {}, ...transaction }: Transaction): Promise<Uint8Array> {
    const { parts } = this.organisations;
    const creator = forging.sender ?? (await this.organisations.sender(transaction.submitter));
    return makeEnvelope({
      ...{ channel, creator, args: [transaction.name, transaction.argument] },
      endorsers: forging.endorsers ?? [parts.Comune.peer, parts.Garanti.peer],
      results: this.#results(transaction, forging),
      event: { name: "cocity", payload: Buffer.from(transaction.event) },
      seconds: Math.floor(transaction.at / 1000),
      nanos: 0,
      ...(forging.proposalHash ? { proposalHash: forging.proposalHash } : {}),
      ...(forging.id ? { id: forging.id } : {}),
    });
  }

  #results({ reads, writes, privateWrites }: PlainTransaction, { read, written }: Forging): Uint8Array {
    const namespace = "cocity";
    const sorted = [...new Set(reads)].sort(byBytes);
    const collection = "envelopes";
    const hashed = privateWrites.map(([key, value]) => ({
      ...{ namespace, collection, keyHash: sha256(Buffer.from(key)) },
      valueHash: value === undefined ? new Uint8Array(0) : sha256(value),
      ...{ isDelete: value === undefined, isPurge: value === undefined },
    }));
    return encodeReadWriteSets([
      {
        namespace,
        reads: sorted.map((key) => {
          const version = read?.get(key) ?? this.#versions.get(key);
          return { namespace, key, ...(version && { version }) };
        }),
        rangeQueries: [],
        writes: [...writes]
          .sort(([a], [b]) => byBytes(a, b))
          .map(([key, value]) => ({
            ...{ namespace, key, isDelete: value === "" },
            value: written?.get(key) ?? Buffer.from(value),
          })),
        metadataWrites: [],
        collections:
          hashed.length === 0
            ? []
            : [
                {
                  collection,
                  reads: [],
                  writes: hashed,
                  metadataWrites: [],
                  privateHash: new Uint8Array(32),
                },
              ],
      },
    ]);
  }
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
