"use client";

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { ButtonLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import type { Href } from "@/lib/language/navigation";
import { drawnOrder } from "@/protocol/draw";
import type { BallotContent } from "@/voting/ballots/content";
import type { Holding } from "@/voting/sealed/rho-list";
import { BallotChoices, type ProjectLine } from "./ballot-choices";
import type { FormLimits } from "./content";
import type { Challenge, Sent } from "./device/ballot";
import { type Device, type Fault, faultOf } from "./device-client";
import { FaultNotice } from "./fault-notice";
import {
  freshKept,
  heldText,
  holdingOf,
  isOnDevice,
  type Kept,
  newOrder,
  readKept,
  type SealedText,
  seedOf,
  withReceipt,
  withSending,
  writeKept,
} from "./kept";
import { OpenedBallot } from "./opened-ballot";
import { ReceivedBallot } from "./received-ballot";
import { ReviewedChoices } from "./reviewed-choices";
import { Screen, ScreenActions } from "./screen";
import { WithDevice } from "./with-device";
import { WordsTyped } from "./words";

type At =
  | { readonly screen: "who" | "words" | "choose" | "review" }
  | { readonly screen: "busy"; readonly doing: "restoring" | "sealing" | "sending" }
  | ({ readonly screen: "sealed" } & SealedText)
  | { readonly screen: "opened"; readonly proof: Challenge; readonly digest: string }
  | { readonly screen: "received"; readonly sent: Sent };

export interface VotingProps {
  readonly round: string;
  readonly site: string;
  readonly lines: readonly ProjectLine[];
  readonly limits: FormLimits;
  readonly credential: Href;
  readonly check: Href;
  /** Phrases of the closing instant (`lib/phrases.ts`). */
  readonly closes: Readonly<Record<string, string>>;
}

interface Voter {
  readonly seed: Uint8Array;
  readonly holding: Holding;
}

/** A sealed vote: choose, review, seal, send. Choices and keys stay on the device; what leaves it is sealed. */
export function VotingSteps(props: VotingProps) {
  return <WithDevice site={props.site}>{(device) => <Steps {...props} device={device} />}</WithDevice>;
}

function Steps({
  round,
  lines,
  limits,
  credential,
  check,
  closes,
  device,
}: VotingProps & { device: Device }) {
  const t = useTranslations("sealedVoting");
  const [at, setAt] = useState<At>();
  const [kept, setKept] = useState<Kept | null>(null);
  const [fault, setFault] = useState<{ fault: Fault; again: () => void }>();
  const hasBegun = useRef(false);
  const voter = kept && voterOf(kept);

  function keep(next: Kept) {
    setKept(next);
    writeKept(round, next);
  }

  function go(next: At) {
    setFault(undefined);
    setAt(next);
  }

  /** Does what may fail, and comes back to where it began. */
  async function attempt(doing: "restoring" | "sealing" | "sending", back: At, run: () => Promise<void>) {
    go({ screen: "busy", doing });
    try {
      await run();
    } catch (error) {
      setAt(back);
      setFault({ fault: faultOf(error), again: () => attempt(doing, back, run) });
    }
  }

  useEffect(() => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    const found = readKept(round);
    setKept(found);
    const last = found?.sent.at(-1);
    const sending = found?.draft.sending;
    if (found && voterOf(found)) setAt(sending ? { screen: "sealed", ...sending } : { screen: "choose" });
    else if (last) setAt({ screen: "received", sent: last });
    else setAt({ screen: "who" });
  }, [round]);

  function restore(seed: Uint8Array) {
    return attempt("restoring", { screen: "words" }, async () => {
      const holding = await device.ask("restore", { seed });
      const before = readKept(round);
      keep({
        ...freshKept(seed),
        ...{ words: "checked", holding: heldText(holding), listed: true },
        ...{ sent: before?.sent ?? [], order: before?.order ?? newOrder() },
      });
      go({ screen: "choose" });
    });
  }

  function seal({ seed, holding }: Voter, { content, attempt: number }: Draft) {
    return attempt("sealing", { screen: "review" }, async () => {
      const seq = await device.ask("nextSeq", { seed, holding });
      const draft = { seq, attempt: number, content };
      const { digest } = await device.ask("commit", { seed, holding, draft });
      go({ screen: "sealed", seq, digest });
    });
  }

  function send(
    from: Kept,
    { seed, holding }: Voter,
    sealed: SealedText,
    { content, attempt: number }: Draft,
    back: At,
  ) {
    return attempt("sending", back, async () => {
      // Before it leaves: an answer that gets lost must not make it look unsent.
      keep(withSending(from, sealed));
      const draft = { seq: sealed.seq, attempt: number, content };
      const sent = await device.ask("send", { seed, holding, draft });
      keep(withReceipt(from, sent, isOnDevice(round)));
      go({ screen: "received", sent });
    });
  }

  function open(from: Kept, { seed, holding }: Voter, seq: number, digest: string, draft: Draft, back: At) {
    return attempt("sealing", back, async () => {
      // Its number is used up before the key is told.
      keep({ ...from, draft: { content: draft.content, attempt: draft.attempt + 1 } });
      const proof = await device.ask("challenge", { seed, holding, draft: { ...draft, seq } });
      go({ screen: "opened", proof, digest });
    });
  }

  if (!at) return <p role="status">{t("loading")}</p>;
  const content = kept?.draft.content ?? null;
  const draft = kept && content && { content, attempt: kept.draft.attempt };
  const isSending = kept?.draft.sending !== undefined;
  const failed = fault && <FaultNotice fault={fault.fault} again={fault.again} />;
  switch (at.screen) {
    case "who":
      return (
        <Screen first title={t("who.title")}>
          <p className="text-lg">{t("who.text")}</p>
          <ScreenActions>
            <Button icon="edit" onClick={() => go({ screen: "words" })}>
              {t("who.words")}
            </Button>
            <ButtonLink look="secondary" icon="arrow-right" href={credential}>
              {t("who.credential")}
            </ButtonLink>
          </ScreenActions>
          <Disclosure label={t("lost.label")} icon="info">
            <p>{t("lost.text")}</p>
          </Disclosure>
        </Screen>
      );
    case "words":
      return (
        <Screen title={t("typed.title")}>
          {failed}
          <WordsTyped
            read={(text) => device.ask("readWords", { text })}
            onSeed={restore}
            submitLabel={t("typed.go")}
          />
        </Screen>
      );
    case "choose":
      return (
        <Screen first title={t("choose.title")}>
          {kept && kept.sent.length > 0 && <Notice>{t("choose.again")}</Notice>}
          <p>{t("choose.stays")}</p>
          <BallotChoices
            lines={inDrawnOrder(lines, kept?.order ?? "")}
            limits={limits}
            content={content}
            onMarked={(marked) => kept && keep({ ...kept, draft: { ...kept.draft, content: marked } })}
            onDone={() => go({ screen: "review" })}
          />
        </Screen>
      );
    case "review":
      return (
        <Screen title={t("review.title")}>
          {failed}
          {content && <ReviewedChoices lines={lines} content={content} />}
          {kept?.words === "none" && <Notice tone="warning">{t("review.withoutWords")}</Notice>}
          <p>{t("review.next")}</p>
          <ScreenActions>
            <Button icon="seal" onClick={() => voter && draft && seal(voter, draft)}>
              {t("review.seal")}
            </Button>
            <Button look="secondary" icon="edit" onClick={() => go({ screen: "choose" })}>
              {t("review.back")}
            </Button>
          </ScreenActions>
        </Screen>
      );
    case "busy":
      return (
        <Screen title={t(`busy.${at.doing}`)}>
          <p role="status">{t("busy.wait")}</p>
        </Screen>
      );
    case "sealed":
      return (
        <Screen title={t("sealed.title")}>
          {failed}
          {isSending ? (
            <Notice tone="warning">{t("sealed.sending")}</Notice>
          ) : (
            <p className="text-lg">{t("sealed.text")}</p>
          )}
          <p>
            {t("sealed.code")} <Code digest={at.digest} />
          </p>
          <ScreenActions>
            <Button icon="send" onClick={() => kept && voter && draft && send(kept, voter, at, draft, at)}>
              {isSending ? t("sealed.sendAgain") : t("sealed.send")}
            </Button>
            {!isSending && (
              <Button
                look="secondary"
                icon="edit"
                onClick={() => {
                  if (kept) keep({ ...kept, draft: { ...kept.draft, attempt: kept.draft.attempt + 1 } });
                  go({ screen: "choose" });
                }}
              >
                {t("sealed.change")}
              </Button>
            )}
          </ScreenActions>
          {!isSending && (
            <Disclosure label={t("sealed.doubt")} icon="eye">
              <div className="space-y-3">
                <p>{t("sealed.doubtText")}</p>
                <Button
                  look="secondary"
                  icon="eye"
                  onClick={() => kept && voter && draft && open(kept, voter, at.seq, at.digest, draft, at)}
                >
                  {t("sealed.open")}
                </Button>
              </div>
            </Disclosure>
          )}
        </Screen>
      );
    case "opened":
      return (
        <Screen title={t("opened.title")}>
          <OpenedBallot device={device} proof={at.proof} digest={at.digest} lines={lines} />
          <Button icon="arrow-left" onClick={() => go({ screen: "review" })}>
            {t("opened.back")}
          </Button>
        </Screen>
      );
    case "received":
      return (
        <ReceivedBallot
          device={device}
          sent={at.sent}
          hasWords={kept?.words !== "none"}
          closes={closes}
          check={check}
          again={() => go(voter ? { screen: "choose" } : { screen: "who" })}
        />
      );
  }
}

interface Draft {
  readonly content: BallotContent;
  readonly attempt: number;
}

function voterOf(kept: Kept): Voter | null {
  const seed = seedOf(kept);
  const holding = kept.holding && holdingOf(kept.holding);
  return seed && holding ? { seed, holding } : null;
}

/** Short enough to be read out and compared. */
export function Code({ digest }: { digest: string }) {
  return (
    <code className="break-all font-semibold text-lg" translate="no">
      {digest.slice(0, 16).replace(/(.{4})(?=.)/g, "$1 ")}
    </code>
  );
}

/** Nobody's project is first for everybody: the order follows from a code that this tab has drawn. */
function inDrawnOrder(lines: readonly ProjectLine[], code: string): ProjectLine[] {
  const place = drawnOrder(code, lines, (text) => bytesToHex(sha256(utf8ToBytes(text))));
  return [...lines].sort((a, b) => place.indexOf(a.number) - place.indexOf(b.number));
}
