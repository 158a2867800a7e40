import { getTranslations } from "next-intl/server";
import { ActionButton } from "@/components/ui/action-button";
import { InstantText } from "@/components/ui/date-text";
import { Disclosure } from "@/components/ui/disclosure";
import { FieldsForm } from "@/components/ui/fields-form";
import type { Viewer } from "@/lib/permissions";
import { agreeToContact, withdrawContact } from "./actions";
import { whoLooked } from "./queries";
import { ownContact } from "./service";

/** Whether somebody who offers time may be contacted about it, by what, and who has looked. */
export async function OwnConsent({
  municipality,
  viewer,
  proposal,
}: {
  /** ISTAT code. */
  municipality: string;
  viewer: Viewer;
  proposal: string;
}) {
  const [t, own, looks] = await Promise.all([
    getTranslations("volunteers"),
    ownContact(viewer, municipality, proposal),
    whoLooked(municipality, viewer, proposal),
  ]);
  return (
    <>
      {own ? (
        <div className="space-y-2 text-base">
          <p id={`contact-${proposal}`}>{t("own", { contact: own.contact })}</p>
          <ActionButton
            action={withdrawContact}
            fields={{ proposal }}
            icon="x-circle"
            describedBy={`contact-${proposal}`}
          >
            {t("withdraw")}
          </ActionButton>
          {looks.length === 0 ? (
            <p>{t("nobodyLooked")}</p>
          ) : (
            <Disclosure label={t("looked", { count: looks.length })} quiet>
              <ul className="list-disc space-y-1 pl-5">
                {looks.map(({ name, at }) => (
                  <li key={at.toISOString()}>
                    {name}, <InstantText value={at} />
                  </li>
                ))}
              </ul>
            </Disclosure>
          )}
        </div>
      ) : (
        <Disclosure label={t("offer")} quiet>
          <div className="space-y-3">
            <p className="max-w-text">{t("text")}</p>
            <FieldsForm
              id={`contact-${proposal}`}
              action={agreeToContact}
              hidden={{ proposal }}
              initial={{ channel: "email" }}
              fields={[
                {
                  ...{ kind: "radio", name: "channel", label: t("channel") },
                  options: [
                    { value: "email", label: t("email") },
                    { value: "phone", label: t("phone") },
                  ],
                },
                { kind: "text", name: "contact", label: t("contact") },
              ]}
              submitLabel={t("agree")}
              submitIcon="check"
            />
          </div>
        </Disclosure>
      )}
    </>
  );
}
