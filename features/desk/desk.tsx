import { getLocale, getTranslations } from "next-intl/server";
import { FieldsForm, type FormField } from "@/components/ui/fields-form";
import { Italian } from "@/components/ui/italian";
import { TextLink } from "@/components/ui/link";
import { Table } from "@/components/ui/table";
import { formatNumber } from "@/lib/format";
import type { Href } from "@/lib/language/navigation";
import { can, roleFor, type Viewer } from "@/lib/permissions";
import type { RecordOf } from "@/protocol/records";
import { openStation, seeDevice, seePerson } from "./actions";
import { Balances } from "./balances";
import { type DeskView, deskView, type Station } from "./queries";
import { areCounted, hasDesks, nameOf, sum } from "./rules";
import { Sheets } from "./sheets";
import { WaitingPeople } from "./waiting-people";

type Props = {
  municipality: string;
  /** Address of the page for a device of a Casa. */
  page: Href;
  /** As a device shows it, where one was read. */
  code: string;
  sealing: RecordOf<"sealing">;
  /** Whether people can still vote. */
  isVoting: boolean;
  isClosed: boolean;
  viewer: Viewer;
};

const number = { kind: "text", inputMode: "numeric" } as const;

/** Voting at the Case: who comes to a desk, and after the closing where each sheet of paper is and what it says. */
export async function Desk({ municipality, page, code, sealing, isVoting, isClosed, viewer }: Props) {
  if (!can(viewer, municipality, "desk:vouch") || sealing.state === "gathering") return null;
  const [t, view] = await Promise.all([getTranslations("desk"), deskView(municipality, sealing.id)]);
  const own = roleFor(viewer, municipality, "desk:vouch")?.organisation;
  const isCounted = areCounted(sealing, isClosed);
  const mayOpen = isVoting && hasDesks(sealing);
  if (view.stations.length === 0 && !mayOpen) return null;
  return (
    <section id="desk" className="mb-10 space-y-6">
      <h2>{t("title")}</h2>
      <p className="max-w-text">{t(isVoting ? "text" : isClosed ? "textAfter" : "textOver")}</p>
      <Stations view={view} />
      {isVoting && <WaitingPeople {...{ municipality, view }} round={sealing.id} now={new Date()} />}
      {mayOpen && <OpenStation round={sealing.id} view={view} />}
      {isVoting && view.stations.length > 0 && <SeePerson round={sealing.id} view={view} />}
      {isVoting && view.stations.length > 0 && <SeeDevice {...{ view, page, code }} round={sealing.id} />}
      {isCounted && <Balances round={sealing.id} view={view} own={own} />}
      {isCounted && view.stations.every(({ state }) => state === "closed") && (
        <Sheets round={sealing.id} view={view} own={own} />
      )}
      {sealing.paper && <p className="max-w-text">{t("complete")}</p>}
    </section>
  );
}

async function Stations({ view }: { view: DeskView }) {
  const [t, states, locale] = await Promise.all([
    getTranslations("desk"),
    getTranslations("workflow.states.station"),
    getLocale(),
  ]);
  if (view.stations.length === 0) return null;
  return (
    <Table<Station>
      caption={t("stations")}
      rows={view.stations}
      rowKey={({ id }) => id}
      columns={[
        {
          ...{ key: "station", header: t("station"), rowHeader: true },
          cell: ({ id }) => <Italian>{nameOf(view, id)}</Italian>,
        },
        {
          ...{ key: "delivered", header: t("delivered"), numeric: true },
          cell: ({ delivered }) => formatNumber(sum(delivered.map(({ sheets }) => sheets)), locale),
        },
        {
          ...{ key: "paper", header: t("vouchedPaper"), numeric: true },
          cell: ({ id }) => formatNumber(view.vouched(id, "paper"), locale),
        },
        {
          ...{ key: "credential", header: t("vouchedCredential"), numeric: true },
          cell: ({ id }) => formatNumber(view.vouched(id, "credential"), locale),
        },
        {
          ...{ key: "cast", header: t("cast"), numeric: true },
          cell: ({ balance }) =>
            balance ? formatNumber(sum(balance.areas.map(({ cast }) => cast)), locale) : "–",
        },
        { key: "state", header: t("state"), cell: ({ state }) => states(state) },
      ]}
    />
  );
}

async function OpenStation({ round, view }: { round: string; view: DeskView }) {
  const t = await getTranslations("desk");
  const open = new Set(view.stations.map(({ id }) => id));
  const options = [...view.houses]
    .filter(([id]) => !open.has(id))
    .map(([value, label]) => ({ value, label }));
  if (options.length === 0) return null;
  return (
    <div className="space-y-3">
      <h3>{t("open")}</h3>
      <FieldsForm
        id="open-station"
        action={openStation}
        hidden={{ id: round, command: crypto.randomUUID() }}
        fields={[
          { kind: "select", name: "station", label: t("station"), options, empty: t("choose") },
          { ...number, name: "sheets", label: t("delivered"), hint: t("deliveredHint") },
        ]}
        submitLabel={t("open")}
        submitIcon="flag"
      />
    </div>
  );
}

async function SeePerson({ round, view }: { round: string; view: DeskView }) {
  const t = await getTranslations("desk");
  return (
    <div className="space-y-3">
      <h3>{t("person")}</h3>
      <ol className="max-w-text list-decimal space-y-1 pl-6">
        <li>{t("personFirst")}</li>
        <li>{t("personSecond")}</li>
        <li>{t("personThird")}</li>
      </ol>
      <FieldsForm
        id="see-person"
        action={seePerson}
        hidden={{ id: round, command: crypto.randomUUID() }}
        initial={{ station: onlyOne(view) }}
        fields={await personFields(view)}
        submitLabel={t("see")}
        submitIcon="people"
      />
    </div>
  );
}

async function SeeDevice({
  round,
  view,
  page,
  code,
}: {
  round: string;
  view: DeskView;
  page: Href;
  code: string;
}) {
  const t = await getTranslations("desk");
  return (
    <div className="space-y-3">
      <h3>{t("device")}</h3>
      <ol className="max-w-text list-decimal space-y-1 pl-6">
        <li>{t.rich("deviceFirst", { page: (text) => <TextLink href={page}>{text}</TextLink> })}</li>
        <li>{t("deviceSecond")}</li>
        <li>{t("deviceThird")}</li>
        <li>{t("deviceFourth")}</li>
      </ol>
      <FieldsForm
        id="see-device"
        action={seeDevice}
        hidden={{ id: round, command: crypto.randomUUID() }}
        initial={{ station: onlyOne(view), deskCode: code }}
        fields={[
          ...(await personFields(view)),
          { kind: "text", name: "deskCode", label: t("deskCode"), hint: t("deskCodeHint") },
        ]}
        submitLabel={t("seeDevice")}
        submitIcon="people"
      />
    </div>
  );
}

function openStations(view: DeskView) {
  return view.stations
    .filter(({ state }) => state === "open")
    .map(({ id }) => ({ value: id, label: nameOf(view, id) }));
}

function onlyOne(view: DeskView): string {
  const [first, second] = openStations(view);
  return first && !second ? first.value : "";
}

async function personFields(view: DeskView): Promise<FormField[]> {
  const t = await getTranslations("desk");
  return [
    {
      ...{ kind: "select", name: "station", label: t("station") },
      ...{ options: openStations(view), empty: t("choose") },
    },
    { kind: "text", name: "fiscalNumber", label: t("fiscalNumber"), hint: t("fiscalNumberHint") },
  ];
}
