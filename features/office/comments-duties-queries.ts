import "server-only";
import { subjectOf } from "@/features/comments/about-queries";
import { casesToDecide, latestChange, unansweredQuestions } from "@/features/comments/moderation-queries";
import { answering, moderating } from "@/lib/permissions";
import { organisations } from "@/protocol/primitives";
import { type Duty, keysOfRoles } from "./duties";
import { placesOf } from "./duty-places-queries";

/** Questions of one day's work: the rest follows when these are answered. */
const MOST_QUESTIONS = 200;

/** Reports, objections and questions that wait for an office: they are in the database alone. */
export async function commentsDuties(municipality: string): Promise<Duty[]> {
  const here = { istatCode: municipality, slug: "" };
  const [cases, questions] = await Promise.all([
    casesToDecide(municipality),
    unansweredQuestions(municipality, new Date(), MOST_QUESTIONS),
  ]);
  const ofCases = await Promise.all(
    cases.map(async ({ id, about, since, author, reporters, appeal }): Promise<Duty[]> => {
      const subject = await subjectOf(here, about);
      if (!subject) return [];
      const place = await placesOf(municipality, subject.commons ? [subject.commons.id] : []);
      const common = {
        ...({ id, title: subject.title, kind: "comment", since: dayOf(since) } as const),
        ...(subject.commons && place(subject.commons.id)),
        place: { page: "moderation", id } as const,
      };
      if (!appeal)
        return [
          {
            ...{ ...common, transaction: "comments:decide", audience: keysOfRoles(moderating) },
            barred: [author, ...reporters],
          },
        ];
      const others = organisations.filter((organisation) => organisation !== appeal.organisation);
      return [
        {
          ...{ ...common, transaction: "comments:decideAppeal" },
          audience: [...keysOfRoles(["guarantor"]), ...keysOfRoles(moderating, { organisations: others })],
          barred: [author, appeal.decidedBy, ...reporters],
        },
      ];
    }),
  );
  // One duty for all the questions about one thing, of the oldest of them.
  const first = Map.groupBy(questions, ({ about }) => `${about.type} ${about.id}`);
  const ofQuestions = await Promise.all(
    [...first.values()].map(async ([question]): Promise<Duty[]> => {
      const subject = question && (await subjectOf(here, question.about));
      if (!subject) return [];
      const place = await placesOf(municipality, subject.commons ? [subject.commons.id] : []);
      return [
        {
          ...{ transaction: "comments:answer", id: question.id, kind: "comment", since: dayOf(question.at) },
          ...{ title: question.words, place: { page: "comment", id: question.id } },
          ...(subject.commons && place(subject.commons.id)),
          ...{ audience: keysOfRoles(answering), barred: [] },
        },
      ];
    }),
  );
  return [...ofCases.flat(), ...ofQuestions.flat()];
}

/** Changes whenever the same comments lead to other duties. */
export async function commentsKey(municipality: string): Promise<string> {
  const [questions, changed] = await Promise.all([
    unansweredQuestions(municipality, new Date(), MOST_QUESTIONS),
    latestChange(municipality),
  ]);
  return [changed, ...questions.map(({ id }) => id.slice(0, 8))].join(" ");
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
