import { type Context, Info } from "fabric-contract-api";
import { RuleError } from "../../../protocol/errors";
import { areaPart, sealedSeqPart } from "../../../protocol/records/sealed";
import { type QueryName, type QueryOf, queries } from "../../../protocol/transactions";
import { ENVELOPES, stateKey, text } from "../ledger/state";
import { readSubmitter } from "../ledger/submitter";
import { CocityContract, Evaluate } from "./cocity-contract";

/** Reads of the submitter's own municipality, to be evaluated: nothing here belongs in a submitted transaction. */
@Info({ title: "records", version: "1" })
export class RecordsContract extends CocityContract {
  constructor() {
    super("records");
  }

  @Evaluate()
  async get(ctx: Context, input: string): Promise<string> {
    const { municipality, type, idParts } = question(ctx, "records:get", input);
    const bytes = await ctx.stub.getState(stateKey(ctx.stub, [municipality, type, ...idParts]));
    return bytes.length === 0 ? "null" : text(bytes);
  }

  @Evaluate()
  async history(ctx: Context, input: string): Promise<string> {
    const { municipality, type, idParts } = question(ctx, "records:history", input);
    const key = stateKey(ctx.stub, [municipality, type, ...idParts]);
    const states: unknown[] = [];
    for await (const { txId, timestamp, value } of ctx.stub.getHistoryForKey(key)) {
      states.push({ txId, timestamp: isoInstant(timestamp), record: JSON.parse(text(value)) });
    }
    return JSON.stringify(states);
  }

  @Evaluate()
  async list(ctx: Context, input: string): Promise<string> {
    const { municipality, type, prefix, pageSize, bookmark } = question(ctx, "records:list", input);
    // A bookmark is where the peer goes on: one of another range would show another municipality's records.
    if (bookmark !== "" && !bookmark.startsWith(stateKey(ctx.stub, [municipality, type, ...prefix]))) {
      throw new RuleError("invalid_input", { path: "bookmark" });
    }
    const { iterator, metadata } = await ctx.stub.getStateByPartialCompositeKeyWithPagination(
      municipality,
      [type, ...prefix],
      pageSize,
      bookmark,
    );
    const records: unknown[] = [];
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      records.push(JSON.parse(text(next.value.value)));
    }
    await iterator.close();
    // A page without any record comes without metadata.
    return JSON.stringify({ records, bookmark: metadata?.bookmark ?? "" });
  }

  @Evaluate()
  async envelopes(ctx: Context, input: string): Promise<string> {
    const { municipality, round, ballots } = question(ctx, "records:envelopes", input);
    const { role } = readSubmitter(ctx.clientIdentity);
    if (role !== "casting_service") throw new RuleError("wrong_role", { role });
    const envelopes = await Promise.all(
      ballots.map(async ({ area, key, seq }) => {
        const parts = ["envelope", round, areaPart(area), key, sealedSeqPart(seq)] as const;
        const bytes = await ctx.stub.getPrivateData(ENVELOPES, stateKey(ctx.stub, [municipality, ...parts]));
        return bytes.length === 0 ? null : Buffer.from(bytes).toString("base64");
      }),
    );
    return JSON.stringify({ envelopes });
  }
}

/** @throws {RuleError} `invalid_input`, or `wrong_municipality` when it is not the certificate's */
function question<Q extends QueryName>(ctx: Context, name: Q, input: string): QueryOf<Q> {
  const { municipality } = readSubmitter(ctx.clientIdentity);
  const parsed = queries[name].safeParse(fromJson(input));
  if (!parsed.success) {
    throw new RuleError("invalid_input", { path: (parsed.error.issues[0]?.path ?? []).join(".") });
  }
  if (parsed.data.municipality !== municipality) throw new RuleError("wrong_municipality", { municipality });
  return parsed.data as QueryOf<Q>;
}

function fromJson(input: string): unknown {
  try {
    return JSON.parse(input);
  } catch {
    throw new RuleError("invalid_input", { path: "" });
  }
}

/** The shim gives seconds and nanoseconds; the peer's time is the submitter's own. */
function isoInstant({ seconds, nanos }: { seconds: unknown; nanos: number }): string {
  return new Date(Number(seconds) * 1000 + Math.floor(nanos / 1_000_000)).toISOString();
}
