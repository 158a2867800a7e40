"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { Notice } from "@/components/ui/notice";
import type { BallotContent } from "@/voting/ballots/content";
import type { Holding } from "@/voting/sealed/rho-list";
import type { ProjectLine } from "./ballot-choices";
import { countCheck } from "./count-check";
import type { Checked } from "./device/final-list";
import { type Device, type Fault, faultOf } from "./device-client";
import { FaultNotice } from "./fault-notice";
import { heldText, holdingOf, isOnDevice, readKept, seedOf, writeKept } from "./kept";
import { ReviewedChoices } from "./reviewed-choices";
import { Screen, ScreenActions } from "./screen";
import { Code } from "./voting-steps";
import { WithDevice } from "./with-device";
import { WordsTyped } from "./words";

type Line = Pick<ProjectLine, "number" | "title" | "costCents">;

export interface CheckProps {
  readonly round: string;
  readonly site: string;
  readonly lines: readonly Line[];
}

type At =
  | { readonly screen: "words" }
  | { readonly screen: "busy" }
  | { readonly screen: "checked"; readonly checked: Checked };

/** After the closing: whether one's own ballot is among those that count, and what it says. */
export function CheckSteps(props: CheckProps) {
  return <WithDevice site={props.site}>{(device) => <Steps {...props} device={device} />}</WithDevice>;
}

function Steps({ round, site, lines, device }: CheckProps & { device: Device }) {
  const t = useTranslations("sealedVoting.checking");
  const typed = useTranslations("sealedVoting.typed");
  const [at, setAt] = useState<At>({ screen: "words" });
  const [fault, setFault] = useState<Fault>();
  const hasBegun = useRef(false);

  async function check(seed: Uint8Array, known?: Holding) {
    setFault(undefined);
    setAt({ screen: "busy" });
    try {
      const holding = known ?? (await device.ask("restore", { seed }));
      const checked = await device.ask("check", { seed, holding });
      setAt({ screen: "checked", checked });
      void countCheck(site, checked);
      const kept = isOnDevice(round) && readKept(round);
      if (kept && !kept.holding) writeKept(round, { ...kept, holding: heldText(holding) });
    } catch (error) {
      setAt({ screen: "words" });
      setFault(faultOf(error));
    }
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: where the page begins is decided once
  useEffect(() => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    const kept = readKept(round);
    const seed = kept && seedOf(kept);
    if (seed) check(seed, (kept.holding && holdingOf(kept.holding)) ?? undefined);
  }, []);

  if (at.screen === "busy") return <p role="status">{t("busy")}</p>;
  if (at.screen === "words") {
    return (
      <Screen first title={t("title")}>
        {fault && <FaultNotice fault={fault} />}
        <p className="text-lg">{t("text")}</p>
        <WordsTyped
          read={(text) => device.ask("readWords", { text })}
          onSeed={(seed) => check(seed)}
          submitLabel={t("go")}
        />
        <Disclosure label={t("proof")} icon="eye" quiet>
          <ProofRead device={device} lines={lines} />
        </Disclosure>
      </Screen>
    );
  }
  const { checked } = at;
  const again = (
    <ScreenActions>
      <Button look="secondary" icon="arrow-left" onClick={() => setAt({ screen: "words" })}>
        {typed("others")}
      </Button>
    </ScreenActions>
  );
  switch (checked.state) {
    case "not_closed":
      return (
        <Screen title={t("notClosed")}>
          <p className="text-lg">{t("notClosedText")}</p>
          {again}
        </Screen>
      );
    case "absent":
      return (
        <Screen title={t("absent")}>
          <Notice tone="warning">{t("absentText")}</Notice>
          {again}
        </Screen>
      );
    case "stands":
      return (
        <Screen title={t("stands")}>
          <Notice tone="success" live="status">
            {t("standsText", { seq: checked.seq })}
          </Notice>
          {checked.opened === null && <p>{t("notOpened")}</p>}
          {checked.opened && "void" in checked.opened && <Notice tone="danger">{t("void")}</Notice>}
          {checked.opened && "content" in checked.opened && (
            <>
              <p className="text-lg">{t("says")}</p>
              <ReviewedChoices lines={lines} content={checked.opened.content} />
              <p>{t("other")}</p>
              <Differs site={site} />
            </>
          )}
          {again}
        </Screen>
      );
  }
}

/** Whoever reads something else than was chosen is counted, in public: one alone may err, many do not. */
function Differs({ site }: { site: string }) {
  const t = useTranslations("sealedVoting.checking");
  const [isTold, setTold] = useState(false);
  if (isTold)
    return (
      <Notice tone="warning" live="status">
        {t("differsTold")}
      </Notice>
    );
  return (
    <Button
      look="secondary"
      icon="flag"
      onClick={() => {
        setTold(true);
        void countCheck(site, "differs");
      }}
    >
      {t("differs")}
    </Button>
  );
}

/** A ballot that another device has opened instead of sending it. */
function ProofRead({ device, lines }: { device: Device; lines: readonly Line[] }) {
  const t = useTranslations("sealedVoting.checking");
  const [read, setRead] = useState<{ digest: string; content: BallotContent }>();
  const [fault, setFault] = useState<Fault>();
  async function take(file: File | undefined) {
    setRead(undefined);
    setFault(undefined);
    if (!file) return;
    try {
      const proof: unknown = JSON.parse((await file.text()).slice(0, 100_000));
      setRead(await device.ask("readChallenge", { proof }));
    } catch (error) {
      setFault(error instanceof SyntaxError ? { code: "bad_proof" } : faultOf(error));
    }
  }
  return (
    <div className="space-y-4">
      <p>{t("proofText")}</p>
      <label className="block space-y-1.5">
        <span className="block font-semibold">{t("proofFile")}</span>
        <input
          type="file"
          accept="application/json,.json"
          className="block w-full min-h-11"
          onChange={(event) => take(event.target.files?.[0])}
        />
      </label>
      {fault && <FaultNotice fault={fault} />}
      {read && (
        <>
          <p>
            {t("proofCode")} <Code digest={read.digest} />
          </p>
          <ReviewedChoices lines={lines} content={read.content} />
        </>
      )}
    </div>
  );
}
