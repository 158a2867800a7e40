import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/ui/action-button";
import { FieldsForm, type FormField } from "@/components/ui/fields-form";
import { Renewing } from "@/components/ui/form/renewing";
import { acceptedEndings, MAX_FILE_BYTES } from "@/features/documents/rules";
import { wallClock } from "@/lib/local-time";
import {
  cancelMeeting,
  changeMeeting,
  conveneMeeting,
  leaveMeeting,
  registerForMeeting,
  writeMinutes,
} from "./actions";
import type { MeetingPage } from "./queries";
import type { MeetingAbout } from "./rules";

function useWords(): FormField[] {
  const t = useTranslations("meetings.form");
  return [
    { kind: "text", name: "title", label: t("title") },
    { kind: "text", type: "datetime-local", name: "startsAt", label: t("startsAt"), hint: t("startsAtHint") },
    { kind: "text", type: "datetime-local", name: "endsAt", label: t("endsAt") },
    { kind: "text", name: "place", label: t("place"), hint: t("placeHint"), optional: true },
    { kind: "text", name: "link", label: t("link"), hint: t("linkHint"), optional: true },
    { kind: "area", name: "agenda", label: t("agenda"), hint: t("agendaHint"), rows: 6 },
    {
      ...{ kind: "radio", name: "language", label: t("language") },
      options: [
        { value: "it", label: t("languages.it") },
        { value: "en", label: t("languages.en") },
      ],
    },
    {
      ...{ kind: "text", inputMode: "numeric", name: "places", label: t("places"), hint: t("placesHint") },
      optional: true,
    },
  ];
}

export function ConveneForm({
  about,
  command,
  language,
}: {
  about: MeetingAbout;
  command: string;
  language: string;
}) {
  const t = useTranslations("meetings.form");
  return (
    <FieldsForm
      id="convene"
      action={conveneMeeting}
      hidden={{ aboutType: about.type, aboutId: about.id, command }}
      initial={{ language }}
      fields={useWords()}
      submitLabel={t("convene")}
      submitIcon="calendar"
    />
  );
}

export function ChangeForm({ meeting }: { meeting: MeetingPage }) {
  const t = useTranslations("meetings.form");
  const { id, revision, title, place, link, startsAt, endsAt, agenda, language, places } = meeting;
  return (
    <Renewing revision={revision}>
      <FieldsForm
        id="change-meeting"
        action={changeMeeting}
        hidden={{ meeting: id, revision: String(revision) }}
        initial={{
          ...{ title, place, link, agenda, language, places: places === null ? "" : String(places) },
          ...{ startsAt: wallClock(startsAt), endsAt: wallClock(endsAt) },
        }}
        fields={[
          ...useWords(),
          { kind: "area", name: "reason", label: t("reason"), hint: t("reasonHint"), rows: 3 },
        ]}
        submitLabel={t("change")}
        submitIcon="check"
      />
    </Renewing>
  );
}

export function CancelForm({ meeting: { id, revision } }: { meeting: MeetingPage }) {
  const t = useTranslations("meetings.form");
  return (
    <FieldsForm
      id="cancel-meeting"
      action={cancelMeeting}
      hidden={{ meeting: id, revision: String(revision) }}
      fields={[{ kind: "area", name: "reason", label: t("reason"), hint: t("cancelHint"), rows: 3 }]}
      submitLabel={t("cancel")}
      submitIcon="x-circle"
      look="danger"
    />
  );
}

export function MinutesForm({ meeting }: { meeting: MeetingPage }) {
  const t = useTranslations("meetings.form");
  const documents = useTranslations("documents");
  const { id, revision, minutes, attendance } = meeting;
  return (
    <Renewing revision={revision}>
      <FieldsForm
        id="minutes"
        action={writeMinutes}
        hidden={{ meeting: id, revision: String(revision) }}
        initial={{ minutes, attendance: attendance === null ? "" : String(attendance) }}
        fields={[
          { kind: "area", name: "minutes", label: t("minutes"), hint: t("minutesHint"), rows: 12 },
          {
            ...{ kind: "text", inputMode: "numeric", name: "attendance", label: t("attendance") },
            hint: t("attendanceHint"),
          },
          {
            ...{ kind: "file", name: "files", label: t("files"), hint: t("filesHint"), multiple: true },
            ...{
              accept: acceptedEndings,
              types: documents("types"),
              maxBytes: MAX_FILE_BYTES,
              optional: true,
            },
          },
        ]}
        submitLabel={t("saveMinutes")}
        submitIcon="check"
      />
    </Renewing>
  );
}

/** Coming or no longer coming. */
export function OwnPlace({ meeting: { id, own } }: { meeting: Pick<MeetingPage, "id" | "own"> }) {
  const t = useTranslations("meetings");
  return own ? (
    <ActionButton key="leave" action={leaveMeeting} fields={{ meeting: id }} icon="x-circle">
      {t(own.isWaiting ? "leaveQueue" : "leave")}
    </ActionButton>
  ) : (
    <ActionButton key="come" action={registerForMeeting} fields={{ meeting: id }} look="primary" icon="check">
      {t("register")}
    </ActionButton>
  );
}
