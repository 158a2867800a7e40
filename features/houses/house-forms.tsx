import { randomUUID } from "node:crypto";
import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/ui/action-button";
import { InstantText } from "@/components/ui/date-text";
import { FieldsForm } from "@/components/ui/fields-form";
import { Renewing } from "@/components/ui/form/renewing";
import { Task } from "@/components/ui/task";
import type { HouseView } from "@/features/municipalities/house-queries";
import { todayInItaly } from "@/lib/local-time";
import { addHouseEvent, addHousePerson, cancelHouseEvent, removeHousePerson, saveHousePage } from "./actions";
import type { HouseChangeView, HouseEventView, HousePersonView } from "./queries";

/** Everything that those who run a house change on its page. */
export function HouseForms({
  house,
  people,
  events,
  seen,
}: {
  house: HouseView;
  people: readonly HousePersonView[];
  events: readonly HouseEventView[];
  /** Number of the last change of its own text. */
  seen: number;
}) {
  const t = useTranslations("houses.edit");
  const hidden = { house: house.slug };
  return (
    <div className="space-y-10">
      <section aria-labelledby="about" className="space-y-4">
        <h2 id="about">{t("about")}</h2>
        <Renewing revision={seen}>
          <FieldsForm
            id="house-page"
            action={saveHousePage}
            hidden={{ ...hidden, revision: String(seen) }}
            initial={{
              hours: house.hours ?? "",
              email: house.email ?? "",
              phone: house.phone ?? "",
              text: house.text,
            }}
            fields={[
              {
                ...{ kind: "area", name: "hours", label: t("hours"), hint: t("hoursHint"), rows: 4 },
                optional: true,
              },
              { kind: "text", type: "email", name: "email", label: t("email"), optional: true },
              { kind: "text", name: "phone", label: t("phone"), optional: true },
              { kind: "area", name: "text", label: t("text"), hint: t("textHint"), optional: true },
            ]}
            submitLabel={t("save")}
            submitIcon="check"
          />
        </Renewing>
      </section>
      <section aria-labelledby="people" className="space-y-4">
        <h2 id="people">{t("people")}</h2>
        <p className="max-w-text">{t("peopleText")}</p>
        {people.length > 0 && (
          <ul className="max-w-form divide-y divide-line border-line border-y">
            {people.map(({ id, name, task }) => (
              <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 py-2">
                <span id={`person-${id}`}>
                  <strong>{name}</strong>, {task}
                </span>
                <ActionButton
                  action={removeHousePerson}
                  fields={{ ...hidden, id }}
                  look="plain"
                  icon="x-circle"
                  describedBy={`person-${id}`}
                >
                  {t("removePerson")}
                </ActionButton>
              </li>
            ))}
          </ul>
        )}
        <Task title={t("addPerson")}>
          <FieldsForm
            id="house-person"
            action={addHousePerson}
            hidden={{ ...hidden, command: randomUUID() }}
            fields={[
              { kind: "text", name: "name", label: t("name") },
              { kind: "text", name: "task", label: t("task"), hint: t("taskHint") },
              { kind: "text", type: "email", name: "email", label: t("email"), optional: true },
              { kind: "text", name: "phone", label: t("phone"), optional: true },
              { kind: "date", name: "agreedOn", label: t("agreedOn"), max: todayInItaly() },
              { kind: "checkbox", name: "agreed", label: t("agreed") },
            ]}
            submitLabel={t("addPerson")}
            submitIcon="person"
          />
        </Task>
      </section>
      <section aria-labelledby="events" className="space-y-4">
        <h2 id="events">{t("events")}</h2>
        {events.length > 0 && (
          <ul className="max-w-form divide-y divide-line border-line border-y">
            {events.map(({ id, title, startsAt, cancelledAt }) => (
              <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 py-2">
                <span id={`event-${id}`}>
                  <strong>{title}</strong>, <InstantText value={startsAt} />
                </span>
                {cancelledAt ? (
                  <span>{t("cancelled")}</span>
                ) : (
                  <ActionButton
                    action={cancelHouseEvent}
                    fields={{ ...hidden, id }}
                    look="plain"
                    icon="x-circle"
                    describedBy={`event-${id}`}
                  >
                    {t("cancelEvent")}
                  </ActionButton>
                )}
              </li>
            ))}
          </ul>
        )}
        <Task title={t("addEvent")}>
          <FieldsForm
            id="house-event"
            action={addHouseEvent}
            hidden={{ ...hidden, command: randomUUID() }}
            fields={[
              { kind: "text", name: "title", label: t("eventTitle") },
              { kind: "text", type: "datetime-local", name: "startsAt", label: t("startsAt") },
              { kind: "text", type: "datetime-local", name: "endsAt", label: t("endsAt") },
              {
                ...{ kind: "text", name: "place", label: t("place"), hint: t("placeHint") },
                optional: true,
              },
              { kind: "area", name: "text", label: t("eventText"), optional: true, rows: 4 },
            ]}
            submitLabel={t("addEvent")}
            submitIcon="calendar"
          />
        </Task>
      </section>
    </div>
  );
}

/** Who changed what, latest first. */
export function HouseHistory({ changes }: { changes: readonly HouseChangeView[] }) {
  const t = useTranslations("houses.edit");
  return (
    <section aria-labelledby="history" className="space-y-3">
      <h2 id="history">{t("history")}</h2>
      {changes.length === 0 ? (
        <p>{t("noHistory")}</p>
      ) : (
        <ul className="max-w-form divide-y divide-line border-line border-y">
          {changes.map(({ number, kind, by, at }) => (
            <li key={number} className="flex flex-wrap gap-x-4 py-2">
              <span className="text-ink-soft">
                <InstantText value={at} />
              </span>
              <span>
                {t(`changes.${kind}`)} {by && `(${by})`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
