import { getLocale, getTranslations } from "next-intl/server";
import { State } from "@/components/ui/state";
import { Table } from "@/components/ui/table";
import { chainDay } from "@/features/calls/queries";
import { formatDate, formatNumber } from "@/lib/format";
import { issuancesOf, issuerKeysOf } from "./queries";
import { type RegistrarFacts, type RegistrarTask, registrarTasks, type TaskState } from "./registrar-tasks";

const looks = {
  done: { icon: "check-circle", tone: "success" },
  waiting: { icon: "hourglass", tone: "info" },
  late: { icon: "alert", tone: "danger" },
  later: { icon: "calendar", tone: "neutral" },
} as const satisfies Record<TaskState, object>;

/** What each organisation's registrars, services and custodians owe the round, with its day. Programs do most of it: what is late is found here. */
export async function RegistrarList({
  municipality,
  ...facts
}: { municipality: string } & Omit<RegistrarFacts, "keys" | "issuances" | "day">) {
  const { id } = facts.sealing;
  const [t, organisations, locale, day, keys, issuances] = await Promise.all([
    getTranslations("sealedOffice.tasks"),
    getTranslations("organisations"),
    getLocale(),
    chainDay(municipality),
    issuerKeysOf(municipality, id),
    issuancesOf(municipality, id),
  ]);
  const tasks = registrarTasks({ ...facts, day, keys, issuances });
  const number = (value: number) => formatNumber(value, locale);
  return (
    <section className="mb-10 space-y-4">
      <h2>{t("title")}</h2>
      <p className="max-w-text">{t("text")}</p>
      <Table<RegistrarTask>
        caption={t("title")}
        rows={tasks}
        rowKey={({ name, organisation }) => `${name} ${organisation}`}
        columns={[
          {
            ...{ key: "task", header: t("task"), rowHeader: true },
            cell: ({ name, told }) => (
              <>
                {t(`names.${name}`)}
                {told && (
                  <span className="block font-normal text-base text-ink-soft">
                    {t("told", {
                      ...{ day: formatDate(told.day, locale), issued: number(told.issued) },
                      ...{
                        refused: number(told.refused),
                        waiting: number(told.waiting),
                        paper: number(told.paper),
                      },
                    })}
                  </span>
                )}
              </>
            ),
          },
          { key: "who", header: t("who"), cell: ({ organisation }) => organisations(organisation) },
          {
            key: "how",
            header: t("how"),
            cell: ({ name }) => t(name === "release" ? "byPerson" : "byProgram"),
          },
          { key: "due", header: t("due"), cell: ({ due }) => (due ? formatDate(due, locale) : "–") },
          {
            ...{ key: "state", header: t("state") },
            cell: ({ state }) => (
              <span className="whitespace-nowrap">
                <State {...looks[state]}>{t(`states.${state}`)}</State>
              </span>
            ),
          },
        ]}
      />
    </section>
  );
}
