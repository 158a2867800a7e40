import { resolve } from "node:path";
import { afterAll } from "vitest";
import { recoveryKeysOnLedger } from "../chaincode/founding";
import { startThrowaway } from "./throwaway";

/** Each file of the contracts' stories begins on a network with the chaincode and nothing else. */
const throwaway = await startThrowaway({
  chaincode: resolve("chaincode"),
  recoveryKeys: recoveryKeysOnLedger.join(","),
});
process.env.CHAINCODE_CONNECTION = throwaway.connectionFile;
afterAll(throwaway.remove);
