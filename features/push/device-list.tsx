import { useTranslations } from "next-intl";
import { ClientMessages } from "@/components/messages";
import { ActionButton } from "@/components/ui/action-button";
import { InstantText } from "@/components/ui/date-text";
import { State } from "@/components/ui/state";
import { removeDevice } from "./actions";
import type { PushDeviceView } from "./device-service";
import { ThisBrowser } from "./this-browser-form";

/** Where a person is told at once, each browser with a button that removes it, and this one to be added. */
export function DeviceList({
  devices,
  here,
  publicKey,
}: {
  devices: readonly PushDeviceView[];
  /** Id of this browser, where it is one of them. */
  here: string | undefined;
  publicKey: string;
}) {
  const t = useTranslations("push");
  const isHere = devices.some(({ id }) => id === here);
  return (
    <section aria-labelledby="devices" className="max-w-form space-y-4">
      <h2 id="devices">{t("title")}</h2>
      <p>{t("text")}</p>
      <ClientMessages namespaces={["push"]}>
        {devices.length > 0 && (
          <ul className="divide-y divide-line border-line border-y">
            {devices.map(({ id, browser, system, createdAt, takenAt }) => (
              <li key={id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
                <div id={`device-${id}`} className="min-w-0 space-y-1">
                  <p className="font-semibold">
                    {[browser ?? t("unknownBrowser"), system].filter(Boolean).join(", ")}
                  </p>
                  <p className="text-base text-ink-soft">
                    {t("since")} <InstantText value={createdAt} />
                    {takenAt && (
                      <>
                        ; {t("taken")} <InstantText value={takenAt} />
                      </>
                    )}
                  </p>
                  {id === here && (
                    <State icon="check-circle" tone="success">
                      {t("thisOne")}
                    </State>
                  )}
                </div>
                <ActionButton
                  action={removeDevice}
                  fields={{ id }}
                  icon="x-circle"
                  describedBy={`device-${id}`}
                >
                  {t("remove")}
                </ActionButton>
              </li>
            ))}
          </ul>
        )}
        {!isHere && <ThisBrowser publicKey={publicKey} />}
      </ClientMessages>
    </section>
  );
}
