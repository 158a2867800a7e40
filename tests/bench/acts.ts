import { carry } from "@/chaincode/src/acts/carry";
import { CachedState } from "@/chaincode/src/domain/cached-state";
import { execute } from "@/chaincode/src/domain/execute";
import { separateVoices } from "@/chaincode/src/domain/voices";
import { nodeChecks } from "@/chaincode/src/ledger/checks";
import { Authenticator } from "@/chaincode/testing/authenticator";
import { digest } from "@/chaincode/testing/keys";
import { MemoryState } from "@/chaincode/testing/memory-state";
import { torino } from "@/chaincode/testing/people";
import {
  channel,
  configuredRecoveryKeys,
  foundingInput,
  mspOf,
  passkeyOf,
  register,
} from "@/chaincode/testing/register";
import { coseAlgorithms } from "@/protocol/cose-algorithms";
import { documentInput, recordDocument, signedDocument, signer } from "./ledger/signed-documents";

export const needs = "nothing";

/** Processor time that the chaincode's checks of an act add to a transaction, in one process and without a peer. */
interface ActFigures {
  readonly algorithm: string;
  /** The rule alone, with the actor given. */
  readonly ruleMs: number;
  /** The same with the act read, its signature checked and its signer looked up. */
  readonly actMs: number;
  readonly addedMs: number;
  /** What the act and its assertion take beside the input. */
  readonly addedBytes: number;
}

const transactions = 2_000;
const warmUp = 500;
const given = {
  channel,
  checks: nodeChecks,
  certificateKey: () => "",
  now: Date.parse("2026-01-01T10:00:00Z"),
  recoveryKeys: configuredRecoveryKeys,
};
const submitter = {
  mspId: mspOf.Comune,
  role: "service",
  municipality: torino,
  person: "service-municipality",
} as const;

export default async function measure(): Promise<{ acts: readonly ActFigures[] }> {
  const acts: ActFigures[] = [];
  for (const [algorithm, cose] of Object.entries(coseAlgorithms)) {
    const key = new Authenticator(cose);
    const state = await founded(key);
    const inputs = Array.from({ length: warmUp + transactions }, (_, index) =>
      documentInput(`document-${index}`),
    );
    const plain = inputs.map((input) => JSON.stringify(input));
    const signed = inputs.map((input) => JSON.stringify(signedDocument(key, input)));
    const rule = (argument: string, txId: string) =>
      execute(recordDocument, JSON.parse(argument), new CachedState(state.simulate()), {
        ...given,
        txId,
        actor: signer,
        voices: separateVoices,
      });
    const act = (argument: string, txId: string) =>
      carry(recordDocument, argument, state.simulate(), { ...given, txId, submitter });
    const [ruleMs, actMs] = [await msEach(rule, plain), await msEach(act, signed)];
    acts.push({
      algorithm,
      ruleMs: rounded(ruleMs),
      actMs: rounded(actMs),
      addedMs: rounded(actMs - ruleMs),
      addedBytes: (signed[0]?.length ?? 0) - (plain[0]?.length ?? 0),
    });
  }
  return { acts };
}

async function founded(key: Authenticator): Promise<MemoryState> {
  const whole = register();
  const passkeys = whole.passkeys.map((one) =>
    one.person === signer.person ? passkeyOf(one.person, key) : one,
  );
  const state = new MemoryState();
  const simulation = state.simulate();
  const argument = JSON.stringify({
    by: "service",
    input: foundingInput({ register: { ...whole, passkeys } }),
  });
  await carry("municipality:found", argument, simulation, { ...given, txId: digest("founding"), submitter });
  state.commit(simulation);
  return state;
}

/** Processor time of each, on which other work of the machine bears less; the first ones only warm up. */
async function msEach(run: (argument: string, txId: string) => Promise<unknown>, given: readonly string[]) {
  for (const [index, argument] of given.slice(0, warmUp).entries())
    await run(argument, digest(`warm ${index}`));
  const before = process.cpuUsage();
  for (const [index, argument] of given.slice(warmUp).entries()) await run(argument, digest(String(index)));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / transactions;
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
