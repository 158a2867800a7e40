/** Where a year turns among the story's days, the accounting office carries over what the year before left. */
import { leftOfPastYears } from "@/features/funds/carry-over-queries";
import { carryOver } from "@/features/funds/carry-over-service";
import { linesOfYear } from "@/features/funds/line-queries";
import { act } from "./papers";
import { chainDay } from "./steps";
import type { Story } from "./story";

export async function tellTurnOfYear(story: Story): Promise<void> {
  const { municipality } = story;
  const accountant = story.official("accountant");
  const day = (await chainDay(story)) ?? story.today;
  const year = Number(day.slice(0, 4));
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
