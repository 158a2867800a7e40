import "server-only";
import { getTranslations } from "next-intl/server";
import { namesOf } from "@/features/register/queries";
import { ConflictError, NotFoundError } from "@/lib/errors";
import { formatMoney } from "@/lib/format";
import type { Locale } from "@/lib/language/routing";
import type { PaperForm } from "./form-pdf";
import { renderPaperForm, unprintableIn } from "./form-pdf";
import { inGroups, paperCode, type Said } from "./paper-code";
import { aboutOf } from "./queries";

type Place = { istatCode: string; slug: string; name: string };

/** Evidence by name, as the form lists it. */
export type ListedFile = { name: string; hash: string };

/**
 * The form that a party signs before a witness, with what they ask for and its code.
 * @throws NotFoundError where the pact has no words here, ConflictError for characters that cannot be printed
 */
export async function paperForm(
  place: Place,
  said: Omit<Said, "municipality">,
  files: readonly ListedFile[],
  locale: Locale,
): Promise<Buffer> {
  const { asked, person, text } = said;
  const about = await aboutOf(place, asked);
  if (!about) throw new NotFoundError("pact_not_found");
  const t = await getTranslations({ locale, namespace: "papers" });
  const nameOf = await namesOf([person]);
  const words = {
    ...{ version: about.version ?? 0, number: about.number ?? 0 },
    amount: about.amountCents === undefined ? "" : formatMoney(about.amountCents, locale),
  };
  const title = t(`asked.${asked.transaction.replace(":", ".") as "pacts.sign"}`, words);
  const lines = [t("form.date"), t("form.signature")];
  const form: PaperForm = {
    ...{ municipality: place.name, title, language: locale },
    facts: [
      t("form.pact", { title: about.pact.title }),
      t("form.signer", { name: nameOf(person) }),
      ...files.map(({ name, hash }) => t("form.evidence", { name, hash })),
      ...(asked.transaction === "pacts:sign" ? [t("form.document", { hash: asked.documentHash })] : []),
    ],
    ...(text !== undefined && { text: { heading: t("form.report"), text } }),
    code: {
      heading: t("form.code"),
      value: inGroups(paperCode({ ...said, municipality: place.istatCode })),
      hint: t("form.codeHint"),
    },
    signatures: {
      statement: t("form.statement"),
      places: [
        { heading: t("form.party"), lines },
        ...(["first", "second"] as const).map((which) => ({
          ...{ heading: t(`form.${which}`), lines: [t("form.witness"), ...lines] },
        })),
      ],
    },
    footer: title,
  };
  const characters = await unprintableIn(form);
  if (characters.length > 0)
    throw new ConflictError("form_not_printable", {
      characters: characters.slice(0, 20).join(" "),
    });
  return renderPaperForm(form);
}
