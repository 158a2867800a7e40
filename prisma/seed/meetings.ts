/** Meetings of the story: invented, and marked as such. */
import { randomUUID } from "node:crypto";
import { conveneMeeting, registerForMeeting } from "@/features/meetings/service";
import { db } from "@/lib/db";
import { instantAt } from "@/lib/local-time";
import type { Viewer } from "@/lib/permissions";
import type { Story } from "./story";

/** A meeting about a pact that is called for an evening to come, for which some residents register. */
export async function tellMeeting(
  story: Story,
  pact: { name: string; id: string },
  { title, place, agenda, day }: { title: string; place: string; agenda: string; day: string },
): Promise<void> {
  await story.memory.once(`meeting ${pact.name}`, async () => {
    const { municipality, person, organisation, role } = story.official("responsible_officer");
    const officer: Viewer = {
      ...{ id: person, name: "", language: "it" },
      roles: [{ municipality, organisation, role: role as Viewer["roles"][number]["role"] }],
    };
    const [startsAt, endsAt] = [instantAt(`${day}T18:00`), instantAt(`${day}T19:30`)];
    if (!(startsAt instanceof Date && endsAt instanceof Date)) throw new Error(`no evening on ${day}`);
    const id = await conveneMeeting(
      officer,
      municipality,
      { type: "pact", id: pact.id },
      { title, place, link: "", startsAt, endsAt, language: "it", agenda, places: 30 },
      randomUUID(),
    );
    await db.meeting.update({ where: { id }, data: { fictional: true } });
    for (const index of [1, 2])
      await registerForMeeting(
        { id: story.resident(index).person, name: "", language: "it", roles: [] },
        municipality,
        id,
      );
    return id;
  });
}
