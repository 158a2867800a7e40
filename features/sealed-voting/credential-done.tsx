"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import type { Href } from "@/lib/language/navigation";
import { isOnDevice, type Kept, keepOnDevice } from "./kept";
import { Screen, ScreenActions } from "./screen";

/** The credential is there: voting now or later, and whether it stays on this device. */
export function CredentialDone({
  round,
  kept,
  isOpen,
  opens,
  vote,
  isShared,
}: {
  round: string;
  kept: Kept | null;
  isOpen: boolean;
  opens: Readonly<Record<string, string>>;
  vote: Href;
  /** Whether others use this device too: then nothing stays on it. */
  isShared: boolean;
}) {
  const t = useTranslations("sealedVoting.done");
  const [onDevice, setOnDevice] = useState(() => isOnDevice(round));
  const withoutWords = kept?.words === "none";
  return (
    <Screen title={t("title")}>
      <p className="text-lg">{isOpen ? t("open") : t("later", opens)}</p>
      {kept && !kept.listed && <Notice tone="warning">{t("notListed")}</Notice>}
      {withoutWords && !onDevice && (
        <Notice tone="warning">{t(isShared ? "withoutWordsShared" : "withoutWords")}</Notice>
      )}
      {!isOpen && !withoutWords && <p>{t("keepWords")}</p>}
      <ScreenActions>
        {isOpen && (
          <ButtonLink icon="ballot" href={vote}>
            {t("vote")}
          </ButtonLink>
        )}
        {!isShared && (
          <Button
            look="secondary"
            icon={onDevice ? "trash" : "download"}
            aria-pressed={onDevice}
            onClick={() => {
              keepOnDevice(round, !onDevice);
              setOnDevice(isOnDevice(round));
            }}
          >
            {onDevice ? t("keptHere") : t("keepHere")}
          </Button>
        )}
      </ScreenActions>
      {!isShared && (
        <p className="text-base text-ink-soft">{onDevice ? t("keptHereText") : t("keepHereText")}</p>
      )}
    </Screen>
  );
}
