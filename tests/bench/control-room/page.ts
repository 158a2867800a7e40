/** What the page of the control room asks for, in its order. */
import { countPayments, viewedPayments } from "@/features/control-room/payments-queries";
import { asOf, choicesOf, namesIn, pactsEnding } from "@/features/control-room/queries";
import { monthsOf, peopleOf, sumsOf, totalsOf } from "@/features/control-room/sums-queries";
import { viewOf } from "@/features/control-room/view";
import { longestWaits, stepTimesOf } from "@/features/control-room/waits-queries";
import { db } from "@/lib/db";

export async function askPage(municipality: string, address: Record<string, string>): Promise<void> {
  const view = viewOf(address);
  const { day } = await asOf(municipality, view.al);
  const scope = { municipality, day, view };
  const [rows] = await Promise.all([
    sumsOf(scope, view.per),
    totalsOf(scope),
    monthsOf(scope),
    stepTimesOf(scope),
    longestWaits(scope, 20),
    viewedPayments(scope, 1),
    countPayments(scope),
    pactsEnding(municipality, day),
    choicesOf(municipality),
    namesIn(municipality, view),
  ]);
  if (view.per === "commons")
    await peopleOf(
      scope,
      rows.map(({ key }) => key),
    );
}

export async function closeDatabase(): Promise<void> {
  await db.$disconnect();
}
