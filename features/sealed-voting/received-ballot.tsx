"use client";

import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { Identifier } from "@/components/ui/identifier";
import { ButtonLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import type { Href } from "@/lib/language/navigation";
import type { Sent } from "./device/ballot";
import { ofHex } from "./device/bytes";
import type { Device } from "./device-client";
import { Screen, ScreenActions } from "./screen";

/** Milliseconds between two looks at the ledger's list. */
const BETWEEN_LOOKS = 20_000;

type Phrases = Readonly<Record<string, string>>;

type Seen = "waiting" | "recorded" | "replaced" | "unknown";

/** First *received*, which two organisations have signed; then *recorded*, once the ledger has it. */
export function ReceivedBallot({
  device,
  sent,
  hasWords,
  closes,
  check,
  again,
}: {
  device: Device;
  sent: Sent;
  hasWords: boolean;
  /** Phrases of the closing instant. */
  closes: Phrases;
  check: Href;
  again: () => void;
}) {
  const t = useTranslations("sealedVoting.received");
  const [seen, setSeen] = useState<Seen>("waiting");
  const look = useCallback(async () => {
    try {
      const key = ofHex(sent.key, 32) ?? new Uint8Array();
      const list = await device.ask("recordedByKey", { area: sent.area, key });
      const own = list.find(({ seq }) => seq === sent.seq);
      if (!own) setSeen("waiting");
      else setSeen(own.digest === sent.digest ? "recorded" : "replaced");
    } catch {
      setSeen((before) => (before === "waiting" ? "unknown" : before));
    }
  }, [device, sent]);
  useEffect(() => {
    if (seen === "recorded" || seen === "replaced") return;
    look();
    const timer = setInterval(() => document.visibilityState === "visible" && look(), BETWEEN_LOOKS);
    return () => clearInterval(timer);
  }, [look, seen]);
  return (
    <Screen title={seen === "recorded" ? t("recordedTitle") : t("title")}>
      {seen === "recorded" ? (
        <Notice tone="success" live="status">
          {t("recorded")}
        </Notice>
      ) : (
        <p className="text-lg">{t("text")}</p>
      )}
      {seen === "waiting" && <p role="status">{t("waiting")}</p>}
      {seen === "unknown" && <p role="status">{t("unknown")}</p>}
      {seen === "replaced" && (
        <Notice tone="danger" live="alert">
          {t("replaced")}
        </Notice>
      )}
      <p>{t("after")}</p>
      <p>{hasWords ? t("change", closes) : t("noChange")}</p>
      <ScreenActions>
        {seen !== "recorded" && (
          <Button look="secondary" icon="refresh" onClick={look}>
            {t("look")}
          </Button>
        )}
        {hasWords && (
          <Button look="secondary" icon="edit" onClick={again}>
            {t("again")}
          </Button>
        )}
        <ButtonLink look="plain" href={check}>
          {t("check")}
        </ButtonLink>
      </ScreenActions>
      <Disclosure label={t("receipt")} icon="document" quiet>
        <div className="space-y-3 text-base">
          <p>{t("receiptText")}</p>
          <p>
            {t("digest")} <Identifier value={sent.digest} />
          </p>
          <a
            className="inline-flex min-h-11 items-center text-link underline underline-offset-4"
            href={fileOf(sent)}
            download={`ricevuta-${sent.digest.slice(0, 8)}.json`}
          >
            {t("download")}
          </a>
        </div>
      </Disclosure>
    </Screen>
  );
}

/** Receipt, post and ephemeral: what shows a broken promise. It tells what was chosen to nobody. */
function fileOf(sent: Sent): string {
  return `data:application/json,${encodeURIComponent(JSON.stringify(sent, null, 2))}`;
}
