/** Where a year turns among the story's days, the accounting office carries over what the year before left. */
import { leftOfPastYears } from "@/features/funds/carry-over-queries";
import { carryOver } from "@/features/funds/carry-over-service";
import { linesOfYear } from "@/features/funds/line-queries";
import { act } from "./papers";
import { chainDay } from "./steps";
import type { Story } from "./story";

/**
 * Tells lines of the year in which the first money is committed, and of today's where that is another one.
 * @param firstMoney days from today on which it is
 * @param tell what is added to the names of the later lines is given beside their year
 */
export async function tellOfYears<Told>(
  story: Story,
  firstMoney: number,
  tell: (year: number, suffix: string) => Promise<Told>,
): Promise<{ first: Told; current: Told }> {
  const [year, today] = [yearOf(story.day(firstMoney)), yearOf(story.today)];
  const first = await tell(year, "");
  return { first, current: today === year ? first : await tell(today, ` ${today}`) };
}

function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}

export async function tellTurnOfYear(story: Story): Promise<void> {
  const { municipality } = story;
  const accountant = story.official("accountant");
  const day = (await chainDay(story)) ?? story.today;
  const year = yearOf(day);
  for (const { id } of await leftOfPastYears(municipality, day)) {
    const [line] = await linesOfYear(municipality, id, year);
    if (!line) throw new Error(`no line of ${year} takes over ${id}`);
    await story.tell(`carry ${id} to ${year}`, async (command) => {
      const given = {
        kind: "determina" as const,
        number: `RA ${command.slice(0, 4)}`,
        date: day,
        body: "Ragioneria",
      };
      const { act: determina } = await act(accountant, given, { type: "commitment", id: command });
      await carryOver(accountant, id, { act: determina, line: line.id }, command);
    });
  }
}
