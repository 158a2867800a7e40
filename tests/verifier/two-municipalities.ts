/** A ledger on which another municipality has a round of the same id, written in the same blocks. */
import { torino } from "@/chaincode/testing/people";
import { ChainMaker, type Transaction } from "./chain-maker";
import type { MadeOrganisations } from "./organisations";
import { keyOf } from "./recorded-city";
import { id } from "./sealed-round";
import { Story } from "./story";

const aglie = "001001";

const ofAnother = (key: string) => key.replace(torino, aglie);

/** The blocks of a sealed round, each beside one of the other municipality, whose round is deleted in the last. */
export async function besideAnother(organisations: MadeOrganisations): Promise<Uint8Array[]> {
  const maker = new ChainMaker(organisations, organisations.parts.Comune.orderer);
  await maker.add([organisations.configuration()], [0]);
  const { transactions } = await Story.sealed();
  for (const [index, own] of transactions.entries()) {
    const other: Transaction = {
      ...own,
      reads: own.reads.map(ofAnother),
      writes: own.writes.map(([key, value]) => [ofAnother(key), value]),
      privateWrites: own.privateWrites.map(([key, value]) => [ofAnother(key), value]),
    };
    const isLast = index === transactions.length - 1;
    if (isLast) other.writes = [[ofAnother(keyOf("round", id)), ""]];
    await maker.addTransaction(other, own);
  }
  return maker.blocks;
}
