import { randomUUID } from "node:crypto";
import { useTranslations } from "next-intl";
import { FieldsForm } from "@/components/ui/fields-form";
import { answerForOffice, writeComment } from "./actions";
import { type About, MOST_QUOTE, openingKinds } from "./rules";

/** Writing a comment, or an answer to one; with words of it to quote, where `quote` has them. */
export function CommentForm({
  about,
  replyTo,
  quote,
}: {
  about: About;
  replyTo?: { id: string; name: string };
  quote?: string;
}) {
  const t = useTranslations("comments.write");
  const label = replyTo ? t("replyTo", { name: replyTo.name }) : t("label");
  return (
    <FieldsForm
      id={`comment-${quote === undefined ? "" : "quote-"}${replyTo?.id ?? about.id}`}
      action={writeComment}
      hidden={hiddenOf(about, replyTo?.id)}
      {...(!replyTo && { initial: { kind: "remark" } })}
      {...(quote !== undefined && { initial: { quote: quote.slice(0, MOST_QUOTE) } })}
      fields={[
        ...(replyTo
          ? []
          : [
              {
                ...{ kind: "radio" as const, name: "kind", label: t("kind") },
                options: openingKinds.map((value) => ({ value, label: t(`kinds.${value}`) })),
              },
            ]),
        ...(quote === undefined
          ? []
          : [{ kind: "area" as const, rows: 3, name: "quote", label: t("quote"), hint: t("quoteHint") }]),
        { kind: "area", rows: 4, name: "text", label, hint: t("hint") },
      ]}
      submitLabel={replyTo ? t("reply") : t("submit")}
      submitIcon="send"
      look="secondary"
    />
  );
}

/** An answer, or a comment, in the name of an office. */
export function OfficeForm({
  about,
  replyTo,
  office,
}: {
  about: About;
  replyTo?: string;
  /** Its name, as it will stand there. */
  office: string;
}) {
  const t = useTranslations("comments.office");
  return (
    <FieldsForm
      id={`office-${replyTo ?? about.id}`}
      action={answerForOffice}
      hidden={hiddenOf(about, replyTo)}
      fields={[{ kind: "area", rows: 5, name: "text", label: t("label"), hint: t("hint", { office }) }]}
      submitLabel={t("submit")}
      submitIcon="send"
      look="secondary"
    />
  );
}

function hiddenOf({ type, id }: About, replyTo?: string): Record<string, string> {
  return { aboutType: type, aboutId: id, command: randomUUID(), ...(replyTo && { replyTo }) };
}
