"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Notice } from "@/components/ui/notice";
import type { BallotContent } from "@/voting/ballots/content";
import type { ProjectLine } from "./ballot-choices";
import type { Challenge } from "./device/ballot";
import { type Device, type Fault, faultOf } from "./device-client";
import { FaultNotice } from "./fault-notice";
import { ReviewedChoices } from "./reviewed-choices";

/** A ballot that was opened instead of sent: what it says, and the file that another device checks. */
export function OpenedBallot({
  device,
  proof,
  digest,
  lines,
}: {
  device: Device;
  proof: Challenge;
  /** That was shown before anybody knew that it would be opened. */
  digest: string;
  lines: readonly ProjectLine[];
}) {
  const t = useTranslations("sealedVoting.opened");
  const [read, setRead] = useState<{ digest: string; content: BallotContent }>();
  const [fault, setFault] = useState<Fault>();
  useEffect(() => {
    device.ask("readChallenge", { proof }).then(setRead, (error) => setFault(faultOf(error)));
  }, [device, proof]);
  if (fault) return <FaultNotice fault={fault} />;
  if (!read) return null;
  return (
    <div className="space-y-5">
      <p className="text-lg">{t("text")}</p>
      <ReviewedChoices lines={lines} content={read.content} />
      {read.digest === digest ? (
        <Notice tone="success">{t("same")}</Notice>
      ) : (
        <Notice tone="danger" live="alert">
          {t("other")}
        </Notice>
      )}
      <p>{t("elsewhere")}</p>
      <p>
        <a
          className="inline-flex min-h-11 items-center text-link underline underline-offset-4"
          href={`data:application/json,${encodeURIComponent(JSON.stringify(proof, null, 2))}`}
          download={`scheda-aperta-${digest.slice(0, 8)}.json`}
        >
          {t("download")}
        </a>
      </p>
    </div>
  );
}
