import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { unlockIdentity } from "./ca/unlock";
import { StartFailure } from "./failure";
import { newLog } from "./log";
import { type NodeOptions, startNode } from "./node";
import { requireNode } from "./node-version";
import { verifyData } from "./verify";

const usage = `Starts the embedded ledger of Co-City. Usage:
  main --data DIR (--chaincode-dir DIR | --chaincode 'COMMAND') [options]
  main --data DIR --verify
  main --data DIR --unlock MSP/ID

  --data DIR               folder for everything the ledger keeps
  --chaincode-dir DIR      folder of a built chaincode package
  --chaincode 'COMMAND'    command that starts a chaincode server; address and id are appended
  --collections FILE       collections configuration (default: collections.json in --chaincode-dir, if there)
  --channel NAME           default cocity
  --chaincode-name NAME    default cocity
  --chaincode-version V    default 1.0
  --port N                 gRPC port on 127.0.0.1; 0 takes a free one (default 0)
  --ca-port N              port of the certificate authorities (default 0)
  --batch-count N          most transactions in a block (default 500)
  --batch-bytes N          most bytes in a block (default 2097152)
  --batch-timeout-ms N     longest wait for a block while more is on its way (default 25)
  --execution-timeout-ms N longest run of one invocation (default 30000)
  --verify                 checks the whole chain and every signature instead of starting
  --unlock MSP/ID          lets an identity enrol again after too many wrong secrets, instead of starting
  --ca-profile NAME=SECONDS  lifetime of certificates enrolled with a profile; may be repeated
`;

const oneYear = 365 * 24 * 3600;
const nothingRuns = 1;
const badArguments = 2;

async function main(): Promise<void> {
  requireNode(process.versions.node);
  const task = readArguments(process.argv.slice(2));
  if (task.kind === "start") return start(task.options);
  if (task.kind === "unlock") {
    await unlockIdentity(task.data, task.mspId, task.id);
    process.stdout.write(`${JSON.stringify({ unlocked: true, mspId: task.mspId, id: task.id })}\n`);
    return;
  }
  const report = await verifyData(task.data);
  process.stdout.write(`${JSON.stringify({ verified: true, ...report })}\n`);
}

async function start(options: Arguments): Promise<void> {
  const log = newLog();
  const node = await startNode({
    ...options,
    log,
    onFailure: (error) => {
      log.error("the ledger cannot go on", { error: String(error) });
      process.exit(nothingRuns);
    },
  });
  const stop = (signal: string) => {
    log.info("stopping", { signal });
    node.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error("the ledger did not stop cleanly", { error: String(error) });
        process.exit(nothingRuns);
      },
    );
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  const { port, caPort, connectionFile, ledger } = node;
  process.stdout.write(
    `${JSON.stringify({ ready: true, port, caPort, height: ledger.height, connection: connectionFile })}\n`,
  );
  log.info("the ledger is ready: one machine, one operator, a signed log and not shared trust", {
    port,
    caPort,
    height: ledger.height,
  });
}

type Arguments = Omit<NodeOptions, "log" | "onFailure">;
type Task =
  | { kind: "start"; options: Arguments }
  | { kind: "verify"; data: string }
  | { kind: "unlock"; data: string; mspId: string; id: string };

function readArguments(args: string[]): Task {
  let values: ReturnType<typeof parse>["values"];
  try {
    ({ values } = parse(args));
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  if (values.help) {
    process.stdout.write(usage);
    process.exit(0);
  }
  const { data, chaincode: command, "chaincode-dir": dir } = values;
  if (!data) return refuse("--data is missing");
  if (values.verify) return { kind: "verify", data: resolve(data) };
  if (values.unlock !== undefined) {
    const [, mspId, id] = /^([^/]+)\/(.+)$/.exec(values.unlock) ?? [];
    if (!mspId || !id) return refuse(`--unlock needs MSP/ID, not '${values.unlock}'`);
    return { kind: "unlock", data: resolve(data), mspId, id };
  }
  if ((dir === undefined) === (command === undefined))
    return refuse("exactly one of --chaincode-dir and --chaincode is needed");
  const caProfiles: Record<string, number> = { default: oneYear };
  for (const profile of values["ca-profile"] ?? []) {
    const [name = "", seconds = ""] = profile.split("=");
    caProfiles[name] = wholeNumber("ca-profile", seconds);
  }
  const options = {
    data: resolve(data),
    chaincode: dir === undefined ? { command: command ?? "" } : { dir: resolve(dir) },
    ...collectionsFile(values.collections, dir),
    channel: values.channel,
    chaincodeName: values["chaincode-name"],
    chaincodeVersion: values["chaincode-version"],
    port: wholeNumber("port", values.port),
    caPort: wholeNumber("ca-port", values["ca-port"]),
    limits: {
      count: Math.max(1, wholeNumber("batch-count", values["batch-count"])),
      bytes: wholeNumber("batch-bytes", values["batch-bytes"]),
      timeoutMs: wholeNumber("batch-timeout-ms", values["batch-timeout-ms"]),
    },
    executionTimeoutMs: wholeNumber("execution-timeout-ms", values["execution-timeout-ms"]),
    caProfiles,
  };
  return { kind: "start", options };
}

function collectionsFile(named: string | undefined, dir: string | undefined): { collectionsFile?: string } {
  if (named !== undefined) return { collectionsFile: resolve(named) };
  const packaged = dir === undefined ? undefined : resolve(dir, "collections.json");
  return packaged !== undefined && existsSync(packaged) ? { collectionsFile: packaged } : {};
}

function parse(args: string[]) {
  return parseArgs({
    args,
    options: {
      data: { type: "string" },
      chaincode: { type: "string" },
      "chaincode-dir": { type: "string" },
      collections: { type: "string" },
      channel: { type: "string", default: "cocity" },
      "chaincode-name": { type: "string", default: "cocity" },
      "chaincode-version": { type: "string", default: "1.0" },
      port: { type: "string", default: "0" },
      "ca-port": { type: "string", default: "0" },
      "batch-count": { type: "string", default: "500" },
      "batch-bytes": { type: "string", default: "2097152" },
      "batch-timeout-ms": { type: "string", default: "25" },
      "execution-timeout-ms": { type: "string", default: "30000" },
      "ca-profile": { type: "string", multiple: true },
      verify: { type: "boolean" },
      unlock: { type: "string" },
      help: { type: "boolean" },
    },
  });
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,15}$/.test(text)) return refuse(`--${name} needs a whole number, not '${text}'`);
  return Number(text);
}

function refuse(reason: string): never {
  process.stderr.write(`${reason}\n\n${usage}`);
  process.exit(badArguments);
}

main().catch((error: unknown) => {
  // A sentence for what the person can put right; all else with its trace, for whoever looks into it.
  const text = error instanceof StartFailure ? error.message : error instanceof Error ? error.stack : error;
  process.stderr.write(`${text}\n`);
  process.exit(nothingRuns);
});
