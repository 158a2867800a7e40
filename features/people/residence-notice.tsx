import { getLocale, getTranslations } from "next-intl/server";
import { Notice } from "@/components/ui/notice";
import { datePhrases, placePhrases } from "@/lib/phrases";
import type { ResidenceCheck } from "./queries";

const tones = { resident: "success", elsewhere: "info", not_found: "warning", failed: "warning" } as const;

/** What ANPR said of where the person lives, and what they can do about it. */
export async function ResidenceNotice({
  check,
  municipality,
}: {
  check: ResidenceCheck;
  municipality: string;
}) {
  const [t, locale] = [await getTranslations("people.residence"), await getLocale()];
  const { state, on } = check;
  const said = { ...placePhrases("place", municipality, locale), ...datePhrases("day", on, locale) };
  return (
    <Notice tone={tones[state]} title={t(`${state}Title`, said)}>
      <p>{t(state, said)}</p>
    </Notice>
  );
}
