import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/ui/action-button";
import { Disclosure } from "@/components/ui/disclosure";
import { Icon } from "@/components/ui/icon";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { AdhesionForm } from "./adhesion-form";
import { withdrawAdhesion } from "./engagement-actions";
import type { PendingAdhesion } from "./public-queries";

/** How many adhere, and one's own adhesion. */
export function Adhesions({
  municipality,
  proposal,
  count,
  own,
  pending,
  open,
  command,
}: {
  municipality: string;
  proposal: string;
  count: number;
  /** The kind in which this person has adhered. */
  own: string | null;
  pending: PendingAdhesion["kind"] | undefined;
  /** Whether this person may adhere to it now. */
  open: boolean;
  command: string;
}) {
  const t = useTranslations("engagement");
  return (
    <div className="space-y-3">
      <p className="flex items-center gap-2 font-semibold">
        <Icon name="people" />
        {t("adhesions", { count })}
      </p>
      {pending && (
        <Notice
          tone="info"
          live="status"
          title={t(pending === "adhering" ? "adhesionPending" : "withdrawPending")}
        />
      )}
      {!pending && own && (
        <div className="flex flex-wrap items-center gap-3 print:hidden">
          <p className="flex items-center gap-2">
            <Icon name="check-circle" />
            {t("own", { kind: t(`kind.${own}` as Parameters<typeof t>[0]) })}
          </p>
          <ActionButton action={withdrawAdhesion} fields={{ proposal, command }} icon="minus-circle">
            {t("withdrawAdhesion")}
          </ActionButton>
          {own === "time" && (
            <TextLink href={{ pathname: "/[municipality]/mine", params: { municipality } }}>
              {t("contactOffered")}
            </TextLink>
          )}
        </div>
      )}
      {!pending && !own && open && (
        <div className="max-w-form print:hidden">
          <Disclosure icon="handshake" label={t("adhereTitle")}>
            <div className="space-y-3">
              <p>{t("adhereText")}</p>
              <AdhesionForm proposal={proposal} command={command} />
            </div>
          </Disclosure>
        </div>
      )}
    </div>
  );
}
