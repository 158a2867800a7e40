/** After all balances: what the sheets of all stations say, entered by one organisation and confirmed by another. */
import { getLocale, getTranslations } from "next-intl/server";
import { ActionButton } from "@/components/ui/action-button";
import { Disclosure } from "@/components/ui/disclosure";
import { FieldsForm } from "@/components/ui/fields-form";
import { Table } from "@/components/ui/table";
import { formatNumber } from "@/lib/format";
import { areOpened, castByArea } from "@/protocol/desk-totals";
import { confirmSheets, enterSheets } from "./actions";
import type { Bundle, DeskView } from "./queries";
import { piles, sum } from "./rules";

type Props = { round: string; view: DeskView; own: string | undefined };

export async function Sheets({ round, view, own }: Props) {
  const [t, locale] = await Promise.all([getTranslations("desk"), getLocale()]);
  const byArea = [...castByArea(view.stations).values()];
  const cast = sum(byArea);
  const entered = sum(view.bundles.map(({ sheets }) => sheets.length));
  const isLeft = sum(byArea.filter(areOpened)) > entered;
  const waiting = view.bundles.filter(({ state }) => state === "entered");
  const next = Math.max(0, ...view.bundles.map(({ bundle }) => bundle)) + 1;
  return (
    <div className="space-y-4">
      <h3>{t("sheets")}</h3>
      <p className="max-w-text">{t("sheetsText", { cast, entered })}</p>
      {!byArea.some(areOpened) && <p className="max-w-text">{t("sheetsNotOpened")}</p>}
      {waiting.map((bundle) => (
        <Entered key={bundle.bundle} {...{ round, bundle }} isOwn={bundle.by.organisation === own} />
      ))}
      {isLeft && (
        <>
          <p className="max-w-text">
            {t("sheetsLeft", { left: formatNumber(cast - entered, locale), next: String(next) })}
          </p>
          <Enter round={round} bundle={next} />
        </>
      )}
      {waiting.map(({ bundle }) => (
        <Disclosure key={bundle} label={t("enterAgain", { number: String(bundle) })}>
          <Enter round={round} bundle={bundle} />
        </Disclosure>
      ))}
    </div>
  );
}

async function Enter({ round, bundle }: { round: string; bundle: number }) {
  const t = await getTranslations("desk");
  return (
    <FieldsForm
      id={`enter-sheets-${bundle}`}
      action={enterSheets}
      hidden={{ id: round, bundle: String(bundle), command: crypto.randomUUID() }}
      fields={[{ kind: "area", name: "sheets", label: t("lineEach"), hint: t("lineEachHint"), rows: 12 }]}
      submitLabel={t("enter")}
      submitIcon="ballot"
    />
  );
}

async function Entered({ round, bundle, isOwn }: { round: string; bundle: Bundle; isOwn: boolean }) {
  const [t, locale] = await Promise.all([getTranslations("desk"), getLocale()]);
  const name = t("bundleOf", { number: String(bundle.bundle), count: bundle.sheets.length });
  return (
    <div className="max-w-form space-y-3">
      <h4>{name}</h4>
      <p className="max-w-text">{t(isOwn ? "waitsForOther" : "confirmSheetsText")}</p>
      <Table<{ text: string; count: number }>
        caption={<span className="sr-only">{name}</span>}
        rows={piles(bundle.sheets)}
        rowKey={({ text }) => text}
        columns={[
          { key: "text", header: t("onSheet"), rowHeader: true, cell: ({ text }) => <code>{text}</code> },
          {
            ...{ key: "count", header: t("howMany"), numeric: true },
            cell: ({ count }) => formatNumber(count, locale),
          },
        ]}
      />
      {!isOwn && (
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
