"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/inputs";
import { Notice } from "@/components/ui/notice";
import { QrCode } from "@/components/ui/qr-code";
import { isFiscalNumber, normalFiscalNumber } from "@/lib/fiscal-number";
import type { Device } from "./device-client";
import { Screen, ScreenActions } from "./screen";

/**
 * In the place of the sign-in: the code that two operators sign, each on their own device, and then whose credential it
 * is. They see neither what the device has drawn nor what is chosen on it.
 */
export function AtDesk({
  device,
  seed,
  office,
  onNumber,
  onBack,
}: {
  device: Device;
  seed: Uint8Array;
  /** Address of the page on which operators vouch. */
  office: string;
  onNumber: (fiscalNumber: string) => void;
  onBack: () => void;
}) {
  const t = useTranslations("sealedVoting.atDesk");
  const [code, setCode] = useState<string | null>();
  const [typed, setTyped] = useState("");
  const [isWrong, setIsWrong] = useState(false);
  useEffect(() => {
    device.ask("deskCode", { seed }).then(setCode, () => setCode(null));
  }, [device, seed]);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = normalFiscalNumber(String(new FormData(event.currentTarget).get("fiscalNumber") ?? ""));
    setTyped(given);
    setIsWrong(!isFiscalNumber(given));
    if (isFiscalNumber(given)) onNumber(given);
  }

  // A round that was announced with an earlier program.
  if (code === null) return <Notice tone="warning">{t("unknown")}</Notice>;
  return (
    <Screen title={t("title")}>
      <p className="text-lg">{t("text")}</p>
      {code && (
        <div className="space-y-3 rounded-smooth border-2 border-line bg-surface p-4">
          <p>{t("code")}</p>
          <p className="font-semibold text-xl" translate="no">
            <code>{code.replaceAll("-", " ")}</code>
          </p>
          <QrCode text={`${office}?codice=${code}`} label={t("square")} />
        </div>
      )}
      <p>{t("notSeen")}</p>
      <form onSubmit={submit} noValidate className="space-y-5">
        <TextField
          field={{
            ...{ id: "fiscal-number", name: "fiscalNumber", initialValue: typed },
            errors: isWrong ? [t("numberWrong")] : undefined,
          }}
          label={t("number")}
          hint={t("numberHint")}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
        />
        <ScreenActions>
          <Button type="submit" icon="arrow-right">
            {t("go")}
          </Button>
          <Button look="secondary" icon="arrow-left" onClick={onBack}>
            {t("back")}
          </Button>
        </ScreenActions>
      </form>
    </Screen>
  );
}
