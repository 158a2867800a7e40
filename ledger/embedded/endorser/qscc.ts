import { common } from "@hyperledger/fabric-protos";
import { readBlock } from "../../evidence/block";
import type { Ledger } from "../store/types";
import { bytesField, integerField, messageOf } from "../wire";
import type { SystemChaincode } from "./endorser";
import type { ChaincodeResponse } from "./response";

type Query = (ledger: Ledger, argument: Buffer) => Promise<Uint8Array>;

/** What a query answers with instead of a result; the text is Fabric's. */
class QueryError extends Error {}

/** By name of the function (`core/scc/qscc/query.go`). */
const queries = new Map<string, Query>([
  ["GetChainInfo", chainInfo],
  ["GetBlockByNumber", blockByNumber],
  ["GetBlockByHash", blockByHash],
  ["GetBlockByTxID", blockByTransaction],
  ["GetTransactionByID", transactionById],
]);

/** Fabric's query system chaincode: the chain itself, for every member of the channel. */
export function queryChaincode(channel: string, ledger: Ledger): SystemChaincode {
  return {
    name: "qscc",
    async invoke(args) {
      const [name = "", channelName, argument] = args.map((bytes) => Buffer.from(bytes));
      if (channelName === undefined) return failure(`Incorrect number of arguments, ${args.length}`);
      const functionName = name.toString("utf8");
      if (functionName !== "GetChainInfo" && argument === undefined)
        return failure(`missing 3rd argument for ${functionName}`);
      if (channelName.toString("utf8") !== channel)
        return failure(`Invalid chain ID, ${channelName.toString("utf8")}`);
      const query = queries.get(functionName);
      if (!query)
        return failure(
          `access denied for [${functionName}][${channel}]: [Unmapped policy for qscc/${functionName}]`,
        );
      try {
        return { status: 200, message: "", payload: await query(ledger, argument ?? Buffer.alloc(0)) };
      } catch (error) {
        if (error instanceof QueryError) return failure(error.message);
        throw error;
      }
    },
  };
}

async function chainInfo(ledger: Ledger): Promise<Uint8Array> {
  const { height } = ledger;
  const last = await ledger.block(height - 1);
  const info = new common.BlockchainInfo();
  info.setHeight(height);
  info.setCurrentblockhash(ledger.lastHash);
  if (last) info.setPreviousblockhash(readBlock(last.bytes).previousHash);
  return info.serializeBinary();
}

async function blockByNumber(ledger: Ledger, argument: Buffer): Promise<Uint8Array> {
  const text = argument.toString("utf8");
  if (!/^\d+$/.test(text))
    throw new QueryError(
      `Failed to parse block number with error strconv.ParseUint: parsing "${text}": invalid syntax`,
    );
  const number = Number(text);
  // Fabric takes the largest number for the newest block.
  const block = await ledger.block(text === "18446744073709551615" ? ledger.height - 1 : number);
  if (!block)
    throw new QueryError(`Failed to get block number ${text}, error no such block number [${text}] in index`);
  return block.bytes;
}

async function blockByHash(ledger: Ledger, hash: Buffer): Promise<Uint8Array> {
  const block = await ledger.blockByHash(hash);
  if (!block)
    throw new QueryError(
      `Failed to get block hash ${hash.toString("utf8")}, error no such block hash [${hash.toString("hex")}] in index`,
    );
  return block.bytes;
}

async function blockByTransaction(ledger: Ledger, argument: Buffer): Promise<Uint8Array> {
  const id = argument.toString("utf8");
  const location = await ledger.locate(id);
  const block = location && (await ledger.block(location.block));
  if (!block)
    throw new QueryError(`Failed to get block for txID ${id}, error no such transaction ID [${id}] in index`);
  return block.bytes;
}

async function transactionById(ledger: Ledger, argument: Buffer): Promise<Uint8Array> {
  const id = argument.toString("utf8");
  const found = await ledger.transaction(id);
  if (!found)
    throw new QueryError(
      `Failed to get transaction with id ${id}, error no such transaction ID [${id}] in index`,
    );
  // peer.ProcessedTransaction
  return messageOf(bytesField(1, found.envelope), integerField(2, found.code));
}

function failure(message: string): ChaincodeResponse {
  return { status: 500, message, payload: new Uint8Array(0) };
}
