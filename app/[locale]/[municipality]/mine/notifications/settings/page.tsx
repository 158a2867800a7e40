import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/layout/page-heading";
import { FieldsForm } from "@/components/ui/fields-form";
import { TextLink } from "@/components/ui/link";
import { districtsOf } from "@/features/commons/queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { saveFrequencies } from "@/features/notifications/actions";
import { AddressForm } from "@/features/notifications/address-form";
import { FollowButton } from "@/features/notifications/follow-button";
import { FollowedList } from "@/features/notifications/followed-list";
import { mailMode } from "@/features/notifications/mail-mode-rules";
import { ownAddress } from "@/features/notifications/mail-service";
import { frequenciesOf, subscriptionsOf } from "@/features/notifications/queries";
import { frequencies, kinds } from "@/features/notifications/rules";
import { signsSomething } from "@/features/passkeys/queries";
import { MineSections } from "@/features/people/mine-sections";
import { DeviceList } from "@/features/push/device-list";
import { devicesOf } from "@/features/push/device-service";
import { vapidKey } from "@/features/push/key-service";
import { deviceHere } from "@/features/push/this-browser";
import { holdsOffice } from "@/lib/permissions";
import { requireViewer } from "@/lib/viewer";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("notifications"))("settingsTitle"), robots: { index: false } };
}

/** What a person follows, how often they hear of it, and where mail reaches them. */
export default async function NotificationSettingsPage({
  params,
}: PageProps<"/[locale]/[municipality]/mine/notifications/settings">) {
  const { istatCode, slug } = await requireMunicipality((await params).municipality);
  const viewer = await requireViewer();
  const mode = mailMode();
  const [t, mail, keys, chosen, followed, districts, address, devices] = await Promise.all([
    getTranslations("notifications"),
    getTranslations("notifications.mailPages"),
    signsSomething(istatCode, viewer),
    frequenciesOf(istatCode, viewer),
    subscriptionsOf(istatCode, viewer),
    districtsOf(istatCode),
    mode === "off" ? undefined : ownAddress(viewer),
    devicesOf(viewer),
  ]);
  const [here, { publicKey }] = await Promise.all([deviceHere(), vapidKey()]);
  const isOfficial = holdsOffice(viewer, istatCode);
  const follows = (kind: string, subject: string) =>
    followed.some((one) => one.kind === kind && one.subject === subject);
  return (
    <>
      <PageHeading title={t("settingsTitle")} lead={t("settingsLead")} />
      <MineSections municipality={slug} current="notifications" keys={keys} />
      <div className="space-y-12">
        <p>
          <TextLink href={{ pathname: "/[municipality]/mine/notifications", params: { municipality: slug } }}>
            {t("toCentre")}
          </TextLink>
        </p>
        <section aria-labelledby="followed" className="space-y-4">
          <h2 id="followed">{t("followedTitle")}</h2>
          <FollowedList municipality={slug} followed={followed} />
        </section>
        <section aria-labelledby="places" className="space-y-4">
          <h2 id="places">{t("placesTitle")}</h2>
          <ul className="max-w-form divide-y divide-line border-line border-y">
            {[
              { kind: "municipality" as const, subject: "", label: t("everything") },
              ...(mode === "off"
                ? []
                : [{ kind: "newsletter" as const, subject: "", label: t("newsletter") }]),
              ...districts.map((district) => ({
                kind: "district" as const,
                subject: String(district),
                label: t("district", { number: district }),
              })),
            ]
              .filter(({ kind, subject }) => !follows(kind, subject))
              .map(({ kind, subject, label }) => (
                <li
                  key={`${kind}${subject}`}
                  className="flex flex-wrap items-center justify-between gap-3 py-3"
                >
                  <span id={`place-${kind}${subject}`}>{label}</span>
                  <FollowButton
                    {...{ kind, subject, followed: false, signedIn: true }}
                    describedBy={`place-${kind}${subject}`}
                  />
                </li>
              ))}
          </ul>
        </section>
        <section aria-labelledby="frequency" className="space-y-4">
          <h2 id="frequency">{t("frequencyTitle")}</h2>
          <p className="max-w-text">{mode === "off" ? t("frequencyText") : mail("frequencyText")}</p>
          {(mode !== "off" || devices.length > 0) && (
            <FieldsForm
              id="frequencies"
              action={saveFrequencies}
              initial={chosen}
              {...(!isOfficial && { hidden: { office: chosen.office } })}
              fields={kinds
                .filter((kind) => kind !== "office" || isOfficial)
                .map((kind) => ({
                  ...{ kind: "select" as const, name: kind, label: t(`kind.${kind}`) },
                  options: frequencies.map((value) => ({ value, label: t(`frequency.${value}`) })),
                }))}
              submitLabel={t("saveFrequencies")}
              submitIcon="check"
            />
          )}
        </section>
        <DeviceList devices={devices} here={here} publicKey={publicKey} />
        {mode !== "off" && <AddressForm municipality={slug} mode={mode} address={address} />}
      </div>
    </>
  );
}
