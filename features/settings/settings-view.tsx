import { useLocale, useTranslations } from "next-intl";
import { DateText } from "@/components/ui/date-text";
import { DefinitionList } from "@/components/ui/definition-list";
import { PlainLink } from "@/components/ui/link";
import { Table } from "@/components/ui/table";
import { formatMoney } from "@/lib/format";
import { datePhrases } from "@/lib/phrases";
import type { Settings } from "@/protocol/records/municipality";
import type { ProposedSettings, SettingsView } from "./queries";
import { changedSettings, confirmersOf, type SettingName, settingNames, settingUnits } from "./rules";

/** What holds, what each of it means, since when and by which act. */
export function SettingsInForce({ settings, since, act }: SettingsView) {
  const t = useTranslations("settings");
  const locale = useLocale();
  const value = useValue();
  return (
    <>
      {since && <p>{t("since", datePhrases("date", since, locale))}</p>}
      {act && (
        <p>
          <ActText act={act} />
        </p>
      )}
      <DefinitionList
        items={settingNames.map((name) => ({
          term: t(`names.${name}`),
          description: (
            <>
              <p className="font-semibold">{value(name, settings)}</p>
              <p className="text-base text-ink-soft">{t(`meanings.${name}`)}</p>
            </>
          ),
        }))}
      />
    </>
  );
}

/** What would change, who proposed it by which act, and which organisations can confirm it. */
export function SettingsProposal({ now, proposed }: { now: Settings; proposed: ProposedSettings }) {
  const t = useTranslations("settings");
  const organisations = useTranslations("organisations");
  const value = useValue();
  const { settings, act, organisation, name, on } = proposed;
  const proposer = organisations(organisation);
  const confirmers = confirmersOf(organisation).map((other) => organisations(other));
  return (
    <>
      <Table
        caption={t("changes")}
        rows={changedSettings(now, settings)}
        rowKey={(setting) => setting}
        columns={[
          { key: "setting", header: t("setting"), rowHeader: true, cell: (setting) => t(`names.${setting}`) },
          { key: "now", header: t("now"), cell: (setting) => value(setting, now) },
          {
            key: "proposed",
            header: t("then"),
            cell: (setting) => <strong>{value(setting, settings)}</strong>,
          },
        ]}
      />
      <DefinitionList
        items={[
          { term: t("proposedBy"), description: name ? `${name}, ${proposer}` : proposer },
          ...(on ? [{ term: t("proposedOn"), description: <DateText value={on} /> }] : []),
          { term: t("act"), description: <ActText act={act} /> },
          {
            term: t("toConfirm"),
            description: (
              <ul>
                {confirmers.map((confirmer) => (
                  <li key={confirmer}>{confirmer}</li>
                ))}
              </ul>
            ),
          },
        ]}
      />
      <p className="max-w-text">{t("untilConfirmed")}</p>
    </>
  );
}

function ActText({ act }: { act: ProposedSettings["act"] }) {
  const t = useTranslations("acts");
  const locale = useLocale();
  const { kind, number, date, body, href } = act;
  return (
    <>
      {t("line", { kind: t(`kind.${kind}`), number, ...datePhrases("date", date, locale), body })}
      {href && (
        <>
          {" — "}
          <PlainLink href={href}>{t("file")}</PlainLink>
        </>
      )}
    </>
  );
}

function useValue(): (name: SettingName, settings: Settings) => string {
  const t = useTranslations("settings");
  const locale = useLocale();
  return (name, settings) => {
    const value = settings[name];
    if (value === undefined || typeof value === "boolean") return t(value ? "yes" : "no");
    const unit = settingUnits[name];
    return unit === "years" || unit === "days" ? t(unit, { count: value }) : formatMoney(value, locale);
  };
}
