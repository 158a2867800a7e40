import { useTranslations } from "next-intl";
import { InstantText } from "@/components/ui/date-text";
import type { Registered } from "./queries";
import { areNamesShown, NAMES_DAYS } from "./rules";

/** Who comes, for whoever manages the meeting; some time after it only that names are no longer shown. */
export function RegisteredList({
  endsAt,
  people,
  now = new Date(),
}: {
  endsAt: Date;
  people: readonly Registered[];
  now?: Date;
}) {
  const t = useTranslations("meetings");
  return (
    <section aria-labelledby="registered" className="space-y-3">
      <h2 id="registered">{t("registeredTitle")}</h2>
      {!areNamesShown({ endsAt }, now) ? (
        <p className="max-w-text">{t("namesOver", { days: NAMES_DAYS })}</p>
      ) : (
        <>
          <p className="max-w-text">{t("registeredText", { days: NAMES_DAYS })}</p>
          {people.length === 0 ? (
            <p>{t("nobodyRegistered")}</p>
          ) : (
            <ol className="max-w-form divide-y divide-line border-line border-y">
              {people.map(({ name, isWaiting, at }, index) => (
                // Two people may have one name.
                // biome-ignore lint/suspicious/noArrayIndexKey: the list is drawn once, in its order
                <li key={index} className="flex flex-wrap justify-between gap-x-4 py-2">
                  <span>
                    {name || t("noName")}
                    {isWaiting && ` (${t("waits")})`}
                  </span>
                  <InstantText value={at} />
                </li>
              ))}
            </ol>
          )}
        </>
      )}
    </section>
  );
}
