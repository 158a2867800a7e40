import { useTranslations } from "next-intl";
import { Italian } from "@/components/ui/italian";
import { type Answers, questions } from "./dossier";

/** The words of a dossier, question by question; unanswered questions are left out. */
export function DossierText({ answers, level }: { answers: Answers; level: 3 | 4 }) {
  const t = useTranslations("dossier");
  const Heading = `h${level}` as const;
  return (
    <div className="space-y-6">
      {questions
        .filter(({ id }) => id !== "title" && answers[id]?.trim())
        .map(({ id }) => (
          <section key={id} className="space-y-2">
            <Heading className="text-lg">{t(`${id}.label`)}</Heading>
            <div className="prose">
              {paragraphs(answers[id] ?? "").map((paragraph) => (
                <p key={paragraph} className="whitespace-pre-line">
                  <Italian>{paragraph}</Italian>
                </p>
              ))}
            </div>
          </section>
        ))}
    </div>
  );
}

function paragraphs(text: string): string[] {
  return [...new Set(text.split(/\n{2,}/).map((paragraph) => paragraph.trim()))].filter(Boolean);
}
