/** A later closing instant: given once, before the first has come, by the guarantors, and as they signed it. */
import { canonicalJson } from "../../protocol/canonical-json";
import { addDays, instantMs, legalDay } from "../../protocol/days";
import { MOST_PROLONGED_DAYS } from "../../protocol/records/sealed";
import { type Context, placeOf, type RoundRecord, type SealingRecord, type Taken } from "../round/context";
import type { Register } from "../round/register";
import { isOver } from "./closing";

interface Records {
  readonly round: RoundRecord | undefined;
  readonly sealing: SealingRecord | undefined;
}

/** @param before, sealingBefore as they were; @param after as the transaction left them */
export function checkProlonging(
  context: Context,
  register: Register,
  taken: Taken,
  before: RoundRecord | undefined,
  sealingBefore: SealingRecord | undefined,
  { round, sealing }: Records,
): void {
  const was = canonicalJson([before?.prolongedTo ?? null, sealingBefore?.prolonged ?? null]);
  if (was === canonicalJson([round?.prolongedTo ?? null, sealing?.prolonged ?? null])) return;
  const { findings } = context;
  const { name, actor, input, placed } = taken;
  const place = placeOf(placed);
  const isFirst = before?.prolongedTo === undefined && sealingBefore?.prolonged === undefined;
  const later = round?.prolongedTo;
  const told = sealing?.prolonged;
  if (!before || !isFirst || name !== "sealed:prolong" || later === undefined || !told) {
    findings.fault("freeze", `${place}: the closing is put off by ${name}`);
    return;
  }
  const [closes, putOffTo] = [instantMs(before.closesAt), instantMs(later)];
  const expect = (holds: boolean, what: string) => findings.expect("freeze", holds, `${place}: ${what}`);
  expect(
    actor?.organisation === "Garanti" && actor.person === told.by,
    `the closing is put off by ${actor?.organisation ?? "nobody who is known"}`,
  );
  expect(!isOver(context, register, before, taken), "the closing is put off after it has come");
  expect(putOffTo > closes, "the closing is brought forward");
  expect(
    legalDay(putOffTo) <= addDays(legalDay(closes), MOST_PROLONGED_DAYS),
    `the closing is put off by more than ${MOST_PROLONGED_DAYS} days`,
  );
  expect(
    told.closesAt === later && input.closesAt === later,
    "the closing is put off to another instant than was signed",
  );
}
