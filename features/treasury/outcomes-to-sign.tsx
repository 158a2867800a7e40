import { getTranslations } from "next-intl/server";
import { ActionButton } from "@/components/ui/action-button";
import { Notice } from "@/components/ui/notice";
import { proposeOutcomes } from "./actions";

/** What was imported and is on the ledger not yet: acts that a treasurer can have prepared. */
export async function OutcomesToSign({ count, canSign }: { count: number; canSign: boolean }) {
  const t = await getTranslations("treasury");
  return (
    <Notice tone="info" title={t("toRecord", { count })}>
      {canSign ? (
        <ActionButton
          action={proposeOutcomes}
          fields={{ command: crypto.randomUUID() }}
          look="primary"
          icon="check"
        >
          {t("prepare")}
        </ActionButton>
      ) : (
        <p>{t("treasurerSigns")}</p>
      )}
    </Notice>
  );
}
