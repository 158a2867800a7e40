/** What is said about a proposal: invented words, marked as such. */
import { randomUUID } from "node:crypto";
import { reportComment } from "@/features/comments/moderation-service";
import { writeComment } from "@/features/comments/service";
import type { Story } from "./story";

/** Remarks, a question that an office answers, and, where asked, advertising that somebody reports. */
export async function tellTalk(
  story: Story,
  proposal: { name: string; id: string },
  { withReport }: { withReport: boolean },
): Promise<void> {
  await story.memory.once(`comments ${proposal.name}`, async () => {
    const about = { type: "proposal", id: proposal.id } as const;
    const say = (person: number, words: Parameters<typeof writeComment>[2]) =>
      writeComment(story.resident(person), about, words, randomUUID());
    await say(1, {
      kind: "remark",
      text: "Passo di qui ogni mattina alle sette. Se serve, il cancello posso aprirlo io. (Commento inventato.)",
    });
    const lamps = await say(2, {
      kind: "question",
      text: "D'accordo, ma la sera non si vede niente: due lampioni sono spenti da marzo. Chi li ripara, voi o il Comune? Senza luce mia figlia non ce la mando. (Commento inventato.)",
    });
    const officer = story.official("responsible_officer");
    await writeComment(
      officer,
      about,
      {
        ...{ kind: "remark", replyTo: lamps, quote: "Chi li ripara, voi o il Comune?" },
        text: "Il Comune: i due lampioni sono nel programma di manutenzione dell'inverno. (Risposta inventata.)",
        office: { organisation: officer.organisation, role: officer.role },
      },
      randomUUID(),
    );
    if (!withReport) return "done";
    const advertising = await say(4, {
      kind: "remark",
      text: "Biciclette usate a prezzi bassi: venite a vederle sabato. (Commento inventato.)",
    });
    const { municipality, person } = story.resident(5);
    await reportComment(
      { municipality, viewer: { id: person, name: "", language: "it", roles: [] } },
      advertising,
      { reason: "advertising", text: "È la terza volta che lo scrive. (Segnalazione inventata.)" },
      randomUUID(),
    );
    return "done";
  });
}
