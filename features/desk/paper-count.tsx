/** After the closing: where each sheet of a station is, and what the sheets of all stations say. */
import { getLocale, getTranslations } from "next-intl/server";
import { ActionButton } from "@/components/ui/action-button";
import { FieldsForm } from "@/components/ui/fields-form";
import { formatNumber } from "@/lib/format";
import { closeStation, confirmSheets, enterSheets, tellBalance } from "./actions";
import type { Bundle, DeskView, Station } from "./queries";
import { nameOf, sheetText, sum } from "./rules";

const number = { kind: "text", inputMode: "numeric" } as const;

export async function Balances({
  round,
  view,
  own,
}: {
  round: string;
  view: DeskView;
  own: string | undefined;
}) {
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

export async function Sheets({
  round,
  view,
  own,
}: {
  round: string;
  view: DeskView;
  own: string | undefined;
}) {
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
