import { useTranslations } from "next-intl";
import { codeGroups } from "./rules";

/** A code as it is read out and compared, on a screen and on paper; a screen reader says each digit. */
export function CodeGroups({ code }: { code: string | undefined }) {
  const t = useTranslations("passkeys");
  if (code === undefined)
    return (
      <p role="status" className="min-h-24 text-ink-soft print:hidden [@media(scripting:none)]:hidden">
        {t("computing")}
      </p>
    );
  return (
    <ol
      aria-label={t("code")}
      className="grid max-w-form grid-cols-2 gap-x-6 gap-y-2 rounded-smooth border border-control bg-surface px-4 py-3 sm:grid-cols-4"
    >
      {numbered(codeGroups(code)).map(({ place, group }) => (
        <li key={place} className="font-mono text-xl tabular-nums">
          <span aria-hidden="true">{group}</span>
          <span className="sr-only">{group.split("").join(" ")}</span>
        </li>
      ))}
    </ol>
  );
}

/** Two groups may be alike: their places tell them apart. */
function numbered(groups: readonly string[]): { place: number; group: string }[] {
  return groups.map((group, place) => ({ place, group }));
}
