import { newLogger } from "fabric-shim";

/** The shim's loggers that speak several times in each transaction. */
const talkative = [
  "lib/handler.js",
  "lib/stub.js",
  "lib/chaincode.js",
  "contracts-spi/chaincodefromcontract.js",
  "contracts-spi/datamarshall.js",
];
/** Levels, in Fabric's words, below which debug lines are wanted. */
const verbose = ["DEBUG"];

/**
 * Drops the shim's debug and info lines before they are made. Its logger formats every line and only then looks at
 * the level, which costs more than a transaction's own rules.
 */
export function quietShim(level: string | undefined): void {
  if (verbose.includes((level ?? "").toUpperCase())) return;
  for (const name of talkative) {
    const logger = newLogger(name);
    const drop = () => logger;
    logger.debug = drop;
    logger.info = drop;
  }
}
