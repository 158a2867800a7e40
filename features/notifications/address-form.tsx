import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/ui/action-button";
import { FieldsForm } from "@/components/ui/fields-form";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { removeAddress, saveAddress } from "./address-actions";
import type { MailMode } from "./mail-mode-rules";
import type { OwnAddress } from "./mail-service";

/** Where mail reaches a person: the address, whether it is confirmed or refused, and another one. */
export function AddressForm({
  municipality,
  mode,
  address,
}: {
  municipality: string;
  mode: MailMode;
  address: OwnAddress | undefined;
}) {
  const t = useTranslations("notifications.mailPages");
  return (
    <section aria-labelledby="address" className="max-w-form space-y-4">
      <h2 id="address">{t("addressTitle")}</h2>
      <p>{t("addressText")}</p>
      {mode === "mailbox" && (
        <p>
          {t("mailboxLead")}{" "}
          <TextLink href={{ pathname: "/[municipality]/mine/mailbox", params: { municipality } }}>
            {t("toMailbox")}
          </TextLink>
        </p>
      )}
      {address && (
        <div className="space-y-3">
          <AddressState {...address} />
          <ActionButton action={removeAddress} fields={{ remove: "address" }} icon="x-circle">
            {t("remove")}
          </ActionButton>
          <h3>{t("other")}</h3>
        </div>
      )}
      <FieldsForm
        id="mail-address"
        action={saveAddress}
        fields={[{ kind: "text", type: "email", name: "address", label: t("address") }]}
        submitLabel={t("saveAddress")}
        submitIcon="check"
      />
    </section>
  );
}

/** Where they are, that nothing reaches a person by mail any more; nothing where it does. */
export function RefusedAddress({
  municipality,
  address,
}: {
  municipality: string;
  address: OwnAddress | undefined;
}) {
  const t = useTranslations("notifications");
  const mail = useTranslations("notifications.mailPages");
  if (!address?.isRefused) return null;
  return (
    <Notice tone="danger" title={mail("refused", { address: address.address })}>
      <p>
        <TextLink
          href={{ pathname: "/[municipality]/mine/notifications/settings", params: { municipality } }}
        >
          {t("toSettings")}
        </TextLink>
      </p>
    </Notice>
  );
}

function AddressState({ address, isConfirmed, isRefused }: OwnAddress) {
  const t = useTranslations("notifications.mailPages");
  if (isRefused) return <Notice tone="danger">{t("refused", { address })}</Notice>;
  return isConfirmed ? (
    <Notice tone="success">{t("confirmed", { address })}</Notice>
  ) : (
    <Notice tone="warning">{t("unconfirmed", { address })}</Notice>
  );
}
