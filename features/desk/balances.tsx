/** After the closing: where each sheet of a station is, told by one organisation and confirmed by another. */
import { getLocale, getTranslations } from "next-intl/server";
import { ActionButton } from "@/components/ui/action-button";
import { Disclosure } from "@/components/ui/disclosure";
import { FieldsForm } from "@/components/ui/fields-form";
import { Italian } from "@/components/ui/italian";
import { formatNumber } from "@/lib/format";
import { closeStation, tellBalance } from "./actions";
import type { DeskView, Station } from "./queries";
import { nameOf, sum } from "./rules";

const lines = ["given", "spoiled", "unused", "lost", "cast"] as const;

type Props = { round: string; view: DeskView; own: string | undefined };

export async function Balances({ round, view, own }: Props) {
  const t = await getTranslations("desk");
  const waiting = view.stations.filter(({ state }) => state !== "closed");
  return waiting.map((station) => (
    <div key={station.id} className="space-y-4">
      <h3>{t.rich("balanceOf", { station: () => <Italian>{nameOf(view, station.id)}</Italian> })}</h3>
      {station.balance ? (
        <>
          <Told view={view} balance={station.balance} />
          {station.balance.by.organisation === own ? (
            <p>{t("waitsForOther")}</p>
          ) : (
            <>
              <p className="max-w-text">{t("confirmBalanceText")}</p>
              <ActionButton
                action={closeStation}
                fields={{ id: round, station: station.id, command: crypto.randomUUID() }}
                look="primary"
                icon="seal"
              >
                {t("confirmBalance")}
              </ActionButton>
            </>
          )}
          <Disclosure label={t("tellAgain")}>
            <Form round={round} view={view} station={station} />
          </Disclosure>
        </>
      ) : (
        <Form round={round} view={view} station={station} />
      )}
    </div>
  ));
}

async function Form({ round, view, station }: { round: string; view: DeskView; station: Station }) {
  const [t, locale] = await Promise.all([getTranslations("desk"), getLocale()]);
  const { balance, delivered } = station;
  const number = (value: number) => formatNumber(value, locale);
  const initial = balance
    ? Object.fromEntries(lines.map((name) => [name, String(total(balance, name))]))
    : { lost: "0", spoiled: "0" };
  return (
    <div className="space-y-3">
      <p className="max-w-text">
        {t("balanceText", {
          ...{ delivered: number(sum(delivered.map(({ sheets }) => sheets))) },
          ...{ vouched: number(view.vouched(station.id, "paper")) },
        })}
      </p>
      <FieldsForm
        id={`balance-${station.id}`}
        action={tellBalance}
        hidden={{ id: round, station: station.id, command: crypto.randomUUID() }}
        initial={{ ...initial, incidents: incidentOf(view, balance) ?? "" }}
        fields={[
          ...lines.map((name) => ({
            ...({ kind: "text", inputMode: "numeric", name } as const),
            label: t(`lines.${name}`),
          })),
          {
            ...({ kind: "area", name: "incidents", optional: true } as const),
            ...{ label: t("incidents"), hint: t("incidentsHint") },
          },
        ]}
        submitLabel={t(balance ? "tellAgain" : "tell")}
        submitIcon="scale"
        {...(balance && { look: "secondary" as const })}
      />
    </div>
  );
}

type Balance = NonNullable<Station["balance"]>;

async function Told({ view, balance }: { view: DeskView; balance: Balance }) {
  const [t, organisations, locale] = await Promise.all([
    getTranslations("desk"),
    getTranslations("organisations"),
    getLocale(),
  ]);
  const incident = incidentOf(view, balance);
  return (
    <dl className="grid max-w-text grid-cols-[1fr_auto] gap-x-6 gap-y-1">
      {lines.map((name) => (
        <div key={name} className="contents">
          <dt>{t(`lines.${name}`)}</dt>
          <dd className="text-right tabular-nums">{formatNumber(total(balance, name), locale)}</dd>
        </div>
      ))}
      <dt className="col-span-2 pt-2">{t("by")}</dt>
      <dd className="col-span-2">{organisations(balance.by.organisation)}</dd>
      {incident && (
        <>
          <dt className="col-span-2 pt-2">{t("incidents")}</dt>
          <dd className="wrap-anywhere col-span-2 whitespace-pre-line">
            <Italian>{incident}</Italian>
          </dd>
        </>
      )}
    </dl>
  );
}

function total({ areas }: Balance, name: (typeof lines)[number]): number {
  return sum(areas.map((line) => line[name]));
}

function incidentOf({ incidents }: DeskView, balance: Balance | undefined): string | undefined {
  return balance?.incidentsDigest === undefined ? undefined : incidents.get(balance.incidentsDigest);
}
