import "reflect-metadata";
import { PemConverter, X509Crl } from "@peculiar/x509";
import { parseBlock } from "../../evidence/block";
import { StartFailure } from "../failure";
import type { Log } from "../log";
import type { Signer } from "../msp/signer";
import type { Ledger } from "../store/types";
import {
  type ChannelConfiguration,
  type CurrentConfiguration,
  configurationEnvelope,
  readConfiguration,
} from "./configuration";
import type { Orderer } from "./orderer";

/** What of a configuration never changes while the ledger runs. */
export type FixedConfiguration = Omit<ChannelConfiguration, "sequence" | "organisations"> & {
  readonly organisations: readonly { readonly mspId: string; readonly rootPem: string }[];
};

/** The revocation list of one organisation as its CA would make it now; undefined where nothing is revoked. */
export type RevocationLists = (mspId: string) => Promise<string | undefined>;

/**
 * Keeps the channel's configuration on the chain: the first block, and one block more for every revocation,
 * so that whoever checks the chain knows before which block a certificate was still good.
 */
export class ChannelConfigurations {
  #last: Promise<void> = Promise.resolve();

  constructor(
    private readonly fixed: FixedConfiguration,
    private readonly signer: Signer,
    private readonly ledger: Ledger,
    private readonly orderer: Orderer,
    private readonly log: Log,
  ) {}

  /**
   * Writes the first configuration, or what a crash kept from the chain after a revocation.
   * @throws StartFailure if the chain is another channel's
   */
  async bringUpToDate(current: RevocationLists): Promise<void> {
    if (this.ledger.height === 0) {
      await this.#write(0, new Map());
      return;
    }
    const { channel, ...written } = await this.#read();
    if (channel !== this.fixed.channel)
      throw new StartFailure(
        `The data folder holds the channel ${channel}, not ${this.fixed.channel}. Start it with --channel ${channel} or choose another folder.`,
      );
    for (const { mspId } of this.fixed.organisations) {
      const list = await current(mspId);
      const known = serialNumbers(written.revocationLists.get(mspId) ?? []);
      if (list && [...serialNumbers([list])].some((serial) => !known.has(serial)))
        await this.revoke(mspId, list);
    }
  }

  /** Replaces an organisation's revocation list, one after the other. */
  async revoke(mspId: string, listPem: string): Promise<void> {
    const turn = this.#last.then(() => this.#revoke(mspId, listPem));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #revoke(mspId: string, listPem: string): Promise<void> {
    const { sequence, revocationLists } = await this.#read();
    await this.#write(sequence + 1, new Map(revocationLists).set(mspId, [listPem]));
    this.log.info("a revocation is on the chain", { mspId, height: this.ledger.height });
  }

  async #read(): Promise<CurrentConfiguration & { channel: string }> {
    const block = await this.ledger.block(this.ledger.lastConfigBlock);
    const transaction = block && parseBlock(block.bytes).transactions[0];
    if (!transaction) throw new Error("the chain holds no configuration");
    return { channel: transaction.channel, ...readConfiguration(transaction.payload) };
  }

  async #write(sequence: number, lists: ReadonlyMap<string, readonly string[]>): Promise<void> {
    const organisations = this.fixed.organisations.map((organisation) => ({
      ...organisation,
      revocationLists: lists.get(organisation.mspId) ?? [],
    }));
    const configuration = { ...this.fixed, sequence, organisations };
    await this.orderer.commitConfiguration(configurationEnvelope(configuration, this.signer));
  }
}

function serialNumbers(lists: readonly string[]): Set<string> {
  return new Set(
    lists.flatMap((pem) =>
      new X509Crl(PemConverter.decodeFirst(pem)).entries.map(({ serialNumber }) => serialNumber),
    ),
  );
}
