import { peer } from "@hyperledger/fabric-protos";
import type { ReadableBlock } from "./block-reader";

type Codes = peer.TxValidationCodeMap[keyof peer.TxValidationCodeMap];

/** What `DeliverFiltered` tells of a block: ids, codes and events' names, but no data. */
export function filteredBlock(
  block: ReadableBlock,
  channel: string,
): InstanceType<typeof peer.FilteredBlock> {
  const filtered = new peer.FilteredBlock();
  filtered.setNumber(block.number);
  filtered.setChannelId(block.transactions.at(-1)?.channel || channel);
  filtered.setFilteredTransactionsList(
    block.transactions.map(({ id, type, code, hasAction, event }) => {
      const transaction = new peer.FilteredTransaction();
      transaction.setTxid(id);
      transaction.setType(type as 0);
      transaction.setTxValidationCode(code as Codes);
      if (hasAction) {
        const actions = new peer.FilteredTransactionActions();
        if (event) {
          const action = new peer.FilteredChaincodeAction();
          const told = new peer.ChaincodeEvent();
          told.setChaincodeId(event.chaincode);
          told.setTxId(event.transactionId);
          told.setEventName(event.name);
          action.setChaincodeEvent(told);
          actions.setChaincodeActionsList([action]);
        }
        transaction.setTransactionActions(actions);
      }
      return transaction;
    }),
  );
  return filtered;
}
