import { getLocale, getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/messages";
import { ActionButton } from "@/components/ui/action-button";
import { FieldsForm } from "@/components/ui/fields-form";
import { Table } from "@/components/ui/table";
import { formatNumber } from "@/lib/format";
import { can, roleFor, type Viewer } from "@/lib/permissions";
import type { RecordOf } from "@/protocol/records";
import { closeStation, confirmSheets, enterSheets, openStation, seePerson, tellBalance } from "./actions";
import { type Bundle, type DeskView, deskView, type Station } from "./queries";
import { areCounted, sheetText } from "./rules";

type Props = {
  municipality: string;
  sealing: RecordOf<"sealing">;
  /** Whether people can still vote. */
  isVoting: boolean;
  isClosed: boolean;
  viewer: Viewer;
};

const number = { kind: "text", inputMode: "numeric" } as const;

/** Voting on paper at the Case: who comes to a desk, and after the closing where each sheet is and what it says. */
export async function Desk({ municipality, sealing, isVoting, isClosed, viewer }: Props) {
  if (!can(viewer, municipality, "desk:vouch") || sealing.state === "gathering") return null;
  const [t, view] = await Promise.all([getTranslations("desk"), deskView(municipality, sealing.id)]);
  const own = roleFor(viewer, municipality, "desk:vouch")?.organisation;
  const isCounted = areCounted(sealing, isClosed);
  if (view.stations.length === 0 && !isVoting) return null;
  return (
    <section className="mb-10 space-y-6">
      <h2>{t("title")}</h2>
      <p className="max-w-text">{t(isVoting ? "text" : "textAfter")}</p>
      <Stations view={view} />
      <ClientMessages namespaces={[]}>
        {isVoting && <OpenStation round={sealing.id} view={view} />}
        {isVoting && view.stations.length > 0 && <SeePerson round={sealing.id} view={view} />}
        {isCounted && <Balances round={sealing.id} view={view} own={own} />}
        {isCounted && view.stations.every(({ state }) => state === "closed") && (
          <Sheets round={sealing.id} view={view} own={own} />
        )}
      </ClientMessages>
      {sealing.paper && <p className="max-w-text">{t("complete")}</p>}
    </section>
  );
}

const nameOf = ({ houses }: DeskView, station: string) => houses.get(station) ?? station;
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

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
        { ...{ key: "station", header: t("station"), rowHeader: true }, cell: ({ id }) => nameOf(view, id) },
        {
          ...{ key: "delivered", header: t("delivered"), numeric: true },
          cell: ({ delivered }) => formatNumber(sum(delivered.map(({ sheets }) => sheets)), locale),
        },
        {
          ...{ key: "vouched", header: t("vouched"), numeric: true },
          cell: ({ id }) => formatNumber(view.vouched.get(id) ?? 0, locale),
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
  const options = view.stations
    .filter(({ state }) => state === "open")
    .map(({ id }) => ({ value: id, label: nameOf(view, id) }));
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
        initial={{ station: options.length === 1 ? (options[0]?.value ?? "") : "" }}
        fields={[
          { kind: "select", name: "station", label: t("station"), options, empty: t("choose") },
          { kind: "text", name: "fiscalNumber", label: t("fiscalNumber"), hint: t("fiscalNumberHint") },
        ]}
        submitLabel={t("see")}
        submitIcon="people"
      />
    </div>
  );
}

async function Balances({ round, view, own }: { round: string; view: DeskView; own: string | undefined }) {
  const t = await getTranslations("desk");
  const waiting = view.stations.filter(({ state }) => state !== "closed");
  return waiting.map((station) => (
    <div key={station.id} className="space-y-3">
      <h3>{t("balanceOf", { station: nameOf(view, station.id) })}</h3>
      {station.balance && <Balance balance={station.balance} />}
      {station.balance && station.balance.by.organisation !== own && (
        <ActionButton
          action={closeStation}
          fields={{ id: round, station: station.id, command: crypto.randomUUID() }}
          look="primary"
          icon="seal"
        >
          {t("confirmBalance")}
        </ActionButton>
      )}
      <FieldsForm
        id={`balance-${station.id}`}
        action={tellBalance}
        hidden={{ id: round, station: station.id, command: crypto.randomUUID() }}
        initial={{ lost: "0", spoiled: "0" }}
        fields={[
          ...(["given", "spoiled", "unused", "lost", "cast"] as const).map((name) => ({
            ...{ ...number, name, label: t(`lines.${name}`) },
          })),
          {
            kind: "area",
            name: "incidents",
            label: t("incidents"),
            hint: t("incidentsHint"),
            optional: true,
          },
        ]}
        submitLabel={t(station.balance ? "tellAgain" : "tell")}
        submitIcon="scale"
        look="secondary"
      />
    </div>
  ));
}

async function Balance({ balance }: { balance: NonNullable<Station["balance"]> }) {
  const [t, organisations, locale] = await Promise.all([
    getTranslations("desk"),
    getTranslations("organisations"),
    getLocale(),
  ]);
  const total = (name: "given" | "spoiled" | "unused" | "lost" | "cast") =>
    formatNumber(sum(balance.areas.map((line) => line[name])), locale);
  return (
    <dl className="grid max-w-text grid-cols-[1fr_auto] gap-x-6 gap-y-1">
      {(["given", "spoiled", "unused", "lost", "cast"] as const).map((name) => (
        <div key={name} className="contents">
          <dt>{t(`lines.${name}`)}</dt>
          <dd className="text-right tabular-nums">{total(name)}</dd>
        </div>
      ))}
      <dt>{t("by")}</dt>
      <dd>{organisations(balance.by.organisation)}</dd>
    </dl>
  );
}

async function Sheets({ round, view, own }: { round: string; view: DeskView; own: string | undefined }) {
  const t = await getTranslations("desk");
  const cast = sum(view.stations.flatMap(({ balance }) => (balance?.areas ?? []).map((line) => line.cast)));
  const entered = sum(view.bundles.map(({ sheets }) => sheets.length));
  const next = Math.max(0, ...view.bundles.map(({ bundle }) => bundle)) + 1;
  return (
    <div className="space-y-4">
      <h3>{t("sheets")}</h3>
      <p className="max-w-text">{t("sheetsText", { cast, entered })}</p>
      {view.bundles
        .filter(({ state }) => state === "entered")
        .map((bundle) => (
          <EnteredBundle
            key={bundle.bundle}
            round={round}
            bundle={bundle}
            isOwn={bundle.by.organisation === own}
          />
        ))}
      <FieldsForm
        id="enter-sheets"
        action={enterSheets}
        hidden={{ id: round, command: crypto.randomUUID() }}
        initial={{ bundle: String(next) }}
        fields={[
          { ...number, name: "bundle", label: t("bundle"), hint: t("bundleHint") },
          { kind: "area", name: "sheets", label: t("lineEach"), hint: t("lineEachHint"), rows: 12 },
        ]}
        submitLabel={t("enter")}
        submitIcon="ballot"
      />
    </div>
  );
}

async function EnteredBundle({ round, bundle, isOwn }: { round: string; bundle: Bundle; isOwn: boolean }) {
  const t = await getTranslations("desk");
  return (
    <div className="space-y-2">
      <h4>{t("bundleOf", { number: bundle.bundle, count: bundle.sheets.length })}</h4>
      <pre className="max-w-text overflow-x-auto rounded border p-3">
        {bundle.sheets.map(sheetText).join("\n")}
      </pre>
      {isOwn ? (
        <p>{t("waitsForOther")}</p>
      ) : (
        <ActionButton
          action={confirmSheets}
          fields={{ id: round, bundle: String(bundle.bundle), command: crypto.randomUUID() }}
          look="primary"
          icon="seal"
        >
          {t("confirmSheets")}
        </ActionButton>
      )}
    </div>
  );
}
