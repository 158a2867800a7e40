import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/ui/action-button";
import { InstantText } from "@/components/ui/date-text";
import { State } from "@/components/ui/state";
import type { SessionView } from "@/lib/session";
import { endOtherSessions, endOwnSession } from "./session-actions";

/** Where a person is signed in, each with a button that ends it. */
export function SessionList({ sessions, current }: { sessions: readonly SessionView[]; current: string }) {
  const t = useTranslations("people.sessions");
  const others = sessions.filter(({ id }) => id !== current);
  return (
    <section aria-labelledby="sessions" className="max-w-form space-y-4">
      <h2 id="sessions">{t("title")}</h2>
      <p className="max-w-text">{t("text")}</p>
      <ul className="divide-y divide-line border-line border-y">
        {sessions.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
            <div id={`session-${session.id}`} className="min-w-0 space-y-1">
              <p className="font-semibold">
                {[session.browser ?? t("unknownBrowser"), session.system].filter(Boolean).join(", ")}
              </p>
              <p className="text-base text-ink-soft">
                {t("since")} <InstantText value={session.since} />; {t("seen")}{" "}
                <InstantText value={session.seenAt} />
              </p>
            </div>
            {session.id === current ? (
              <State icon="check-circle" tone="success">
                {t("current")}
              </State>
            ) : (
              <ActionButton
                action={endOwnSession}
                fields={{ session: session.id }}
                icon="x-circle"
                describedBy={`session-${session.id}`}
              >
                {t("end")}
              </ActionButton>
            )}
          </li>
        ))}
      </ul>
      {others.length > 1 && (
        <ActionButton action={endOtherSessions} fields={{}} icon="x-circle">
          {t("endOthers")}
        </ActionButton>
      )}
    </section>
  );
}
