"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { Fault } from "./device-client";

/** What went wrong, what it means for the vote, and what to do. */
export function FaultNotice({ fault, again }: { fault: Fault; again?: (() => void) | undefined }) {
  const t = useTranslations("sealedVoting.faults");
  const { code, party, reason } = fault;
  const refusal = code === "refused" && reason !== undefined && t.has(`refusals.${reason}` as never);
  const key = refusal
    ? `refusals.${reason}`
    : t.has(`codes.${code}` as never)
      ? `codes.${code}`
      : "codes.failed";
  return (
    <Notice tone="danger" live="alert" title={t("title")}>
      <p>{t(key as "codes.failed")}</p>
      {party && (
        <p className="text-base">
          {t("party", { party: t(`parties.${party.replace(" ", "-")}` as "parties.relay") })}
        </p>
      )}
      {again && (
        <Button look="secondary" icon="refresh" onClick={again}>
          {t("again")}
        </Button>
      )}
    </Notice>
  );
}
