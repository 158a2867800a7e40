import { useTranslations } from "next-intl";
import { InstantText } from "@/components/ui/date-text";
import { Italian } from "@/components/ui/italian";
import { PlainLink } from "@/components/ui/link";
import type { HouseEventView, HousePersonView } from "./queries";

/** Whom one finds at a house, as they agreed to be named. */
export function HousePeople({ people }: { people: readonly HousePersonView[] }) {
  const t = useTranslations("houses");
  if (people.length === 0) return null;
  return (
    <section aria-labelledby="people" className="space-y-3">
      <h2 id="people">{t("people")}</h2>
      <ul className="max-w-form divide-y divide-line border-line border-y">
        {people.map(({ id, name, task, email, phone }) => (
          <li key={id} className="py-2">
            <strong>{name}</strong>, {task}
            <span className="flex flex-wrap gap-x-4">
              <Contacts email={email} phone={phone} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Contacts({ email, phone }: { email: string | null; phone: string | null }) {
  return (
    <>
      {email && <PlainLink href={`mailto:${email}`}>{email}</PlainLink>}
      {phone && <PlainLink href={`tel:${phone.replace(/[^+\d]/g, "")}`}>{phone}</PlainLink>}
    </>
  );
}

/** What takes place at a house from now on, with the file that calendars follow. */
export function HouseEvents({ events, file }: { events: readonly HouseEventView[]; file: string }) {
  const t = useTranslations("houses");
  return (
    <section aria-labelledby="events" className="space-y-3">
      <h2 id="events">{t("events")}</h2>
      {events.length === 0 ? (
        <p>{t("noEvents")}</p>
      ) : (
        <ul className="max-w-form divide-y divide-line border-line border-y">
          {events.map(({ id, title, text, place, startsAt, endsAt, cancelledAt }) => (
            <li key={id} className="space-y-1 py-3">
              <p className="font-semibold">
                {cancelledAt ? (
                  <del>
                    <Italian>{title}</Italian>
                  </del>
                ) : (
                  <Italian>{title}</Italian>
                )}
                {cancelledAt && <span className="ml-2 text-danger">{t("eventCancelled")}</span>}
              </p>
              <p>
                <InstantText value={startsAt} /> – <InstantText value={endsAt} />
                {place && ` · ${place}`}
              </p>
              {text && <p className="max-w-text whitespace-pre-line">{text}</p>}
            </li>
          ))}
        </ul>
      )}
      <p>
        <PlainLink href={file} icon="calendar">
          {t("calendarFile")}
        </PlainLink>
      </p>
    </section>
  );
}
