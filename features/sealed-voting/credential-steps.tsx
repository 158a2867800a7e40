"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { ButtonLink, TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import type { Href } from "@/lib/language/navigation";
import { deadlinePhrases } from "@/lib/phrases";
import { type Device, type Fault, faultOf } from "./device-client";
import { FaultNotice } from "./fault-notice";
import {
  freshKept,
  heldText,
  isOnDevice,
  type Kept,
  keepOnDevice,
  readKept,
  seedOf,
  writeKept,
} from "./kept";
import { Screen, ScreenActions } from "./screen";
import { type Returned, takeReturned } from "./sign-in-return";
import { WithDevice } from "./with-device";
import { WordsAsked, WordsShown } from "./words";

type At =
  | { readonly screen: "start" | "ask" | "done" }
  | { readonly screen: "words" | "signIn"; readonly words: readonly string[] }
  | { readonly screen: "working"; readonly step: "rho" | "credential" | "list" }
  | { readonly screen: "waits"; readonly until: string }
  | { readonly screen: "refused"; readonly fault: Fault };

export interface CredentialProps {
  readonly round: string;
  /** Where the site tells of the round. */
  readonly site: string;
  readonly isOpen: boolean;
  /** Phrases of the day on which it opens (`lib/phrases.ts`). */
  readonly opens: Readonly<Record<string, string>>;
  readonly vote: Href;
}

/** Taking the credential, once a round: words, sign-in, issuing, words asked back. */
export function CredentialSteps(props: CredentialProps) {
  // The address is cleared at once: what it brought must not stay in the history.
  const returned = useRef<Returned | null>(undefined);
  useEffect(() => {
    if (returned.current === undefined) returned.current = takeReturned();
  }, []);
  return (
    <WithDevice site={props.site}>
      {(device) => <Steps {...props} device={device} returned={returned.current ?? null} />}
    </WithDevice>
  );
}

function Steps({
  round,
  isOpen,
  opens,
  vote,
  device,
  returned,
}: CredentialProps & { device: Device; returned: Returned | null }) {
  const t = useTranslations("sealedVoting");
  const locale = useLocale();
  const [at, setAt] = useState<At>();
  const [words, setWords] = useState<readonly string[]>([]);
  const [places, setPlaces] = useState<readonly number[]>([]);
  const [kept, setKept] = useState<Kept | null>(null);
  const [onDevice, setOnDevice] = useState(false);
  const hasBegun = useRef(false);

  function keep(next: Kept) {
    setKept(next);
    writeKept(round, next);
  }

  async function wordsOf(seed: Uint8Array) {
    const found = await device.ask("wordsOf", { seed });
    setWords(found);
    return found;
  }

  function ask() {
    setPlaces(threeOf(12));
    setAt({ screen: "ask" });
  }

  async function begin() {
    const { seed, words: found } = await device.ask("newSeed", {});
    keep(freshKept(seed));
    setWords(found);
    setAt({ screen: "words", words: found });
  }

  async function goToSignIn() {
    const seed = kept && seedOf(kept);
    if (!seed) return begin();
    location.assign(await device.ask("signIn", { seed, back: location.origin + location.pathname }));
  }

  async function enrol(given: Kept, signedIn: { token: string; userinfo: string }) {
    const seed = seedOf(given);
    if (!seed) return;
    setAt({ screen: "working", step: "rho" });
    try {
      const answer = await device.ask("enrol", { seed, signedIn }, (step) =>
        setAt({ screen: "working", step: step as "rho" }),
      );
      if ("waitsUntil" in answer) return setAt({ screen: "waits", until: answer.waitsUntil });
      keep({ ...given, holding: heldText(answer.holding), listed: answer.listed });
      if (given.words === "none") setAt({ screen: "done" });
      else ask();
    } catch (error) {
      setAt({ screen: "refused", fault: faultOf(error) });
    }
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: where the page begins is decided once
  useEffect(() => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    const found = readKept(round);
    setKept(found);
    setOnDevice(isOnDevice(round));
    const seed = found && seedOf(found);
    if (returned && "error" in returned) {
      setAt({ screen: "refused", fault: { code: "refused", reason: returned.error } });
    } else if (returned && !seed) {
      setAt({ screen: "refused", fault: { code: "other_tab" } });
    } else if (found && seed) {
      wordsOf(seed).then((list) => {
        if (returned) return enrol(found, returned);
        if (!found.holding) setAt({ screen: found.words === "none" ? "signIn" : "words", words: list });
        else if (found.words === "shown") ask();
        else setAt({ screen: "done" });
      });
    } else setAt({ screen: "start" });
  }, []);

  if (!at) return <p role="status">{t("loading")}</p>;
  switch (at.screen) {
    case "start":
      return (
        <Screen first title={t("start.title")}>
          <p className="text-lg">{t("start.text")}</p>
          <p>{t("start.once")}</p>
          <ScreenActions>
            <Button icon="arrow-right" onClick={begin}>
              {t("start.begin")}
            </Button>
          </ScreenActions>
          <p>
            <TextLink href={vote}>{t("start.haveWords")}</TextLink>
          </p>
        </Screen>
      );
    case "words":
      return (
        <Screen title={t("show.title")}>
          <p className="text-lg">{t("show.text")}</p>
          <WordsShown words={at.words} />
          <p>{t("show.secret")}</p>
          <ScreenActions>
            <Button
              icon="arrow-right"
              onClick={() => {
                if (kept?.holding) ask();
                else {
                  if (kept) keep({ ...kept, words: "shown" });
                  setAt({ screen: "signIn", words: at.words });
                }
              }}
            >
              {t("show.written")}
            </Button>
            <Button
              look="secondary"
              onClick={() => {
                if (!kept) return;
                keep({ ...kept, words: "none" });
                setAt(kept.holding ? { screen: "done" } : { screen: "signIn", words: at.words });
              }}
            >
              {t("show.without")}
            </Button>
          </ScreenActions>
          <p className="text-base text-ink-soft">{t("show.withoutText")}</p>
        </Screen>
      );
    case "signIn":
      return (
        <Screen title={t("signIn.title")}>
          <p className="text-lg">{t("signIn.text")}</p>
          <p>{t("signIn.notChoices")}</p>
          <ScreenActions>
            <Button icon="sign-in" onClick={goToSignIn}>
              {t("signIn.go")}
            </Button>
            <Button
              look="secondary"
              icon="arrow-left"
              onClick={() => setAt({ screen: "words", words: at.words })}
            >
              {t("signIn.back")}
            </Button>
          </ScreenActions>
        </Screen>
      );
    case "working":
      return (
        <Screen title={t("working.title")}>
          <p role="status" className="text-lg">
            {t(`working.${at.step}`)}
          </p>
          <p>{t("working.stay")}</p>
        </Screen>
      );
    case "waits":
      return (
        <Screen title={t("waits.title")}>
          <p className="text-lg">{t("waits.text", deadlinePhrases("until", new Date(at.until), locale))}</p>
          <p>{kept?.words === "none" ? t("waits.withoutWords") : t("waits.words")}</p>
        </Screen>
      );
    case "refused":
      return (
        <Screen title={t("refused.title")}>
          <FaultNotice
            fault={at.fault}
            again={() => setAt(kept?.seed ? { screen: "signIn", words } : { screen: "start" })}
          />
          <p>{t("refused.paper")}</p>
        </Screen>
      );
    case "ask":
      return (
        <Screen title={t("ask.title")}>
          <p className="text-lg">{t("ask.text")}</p>
          <WordsAsked
            words={words}
            places={places}
            onRight={() => {
              if (kept) keep({ ...kept, words: "checked" });
              setAt({ screen: "done" });
            }}
            onShow={() => setAt({ screen: "words", words })}
          />
        </Screen>
      );
    case "done":
      return (
        <Screen title={t("done.title")}>
          <p className="text-lg">{isOpen ? t("done.open") : t("done.later", opens)}</p>
          {kept && !kept.listed && <Notice tone="warning">{t("done.notListed")}</Notice>}
          {kept?.words === "none" && !onDevice && <Notice tone="warning">{t("done.withoutWords")}</Notice>}
          {!isOpen && kept?.words !== "none" && <p>{t("done.keepWords")}</p>}
          <ScreenActions>
            {isOpen && (
              <ButtonLink icon="ballot" href={vote}>
                {t("done.vote")}
              </ButtonLink>
            )}
            <Button
              look="secondary"
              icon={onDevice ? "trash" : "download"}
              aria-pressed={onDevice}
              onClick={() => {
                keepOnDevice(round, !onDevice);
                setOnDevice(isOnDevice(round));
              }}
            >
              {onDevice ? t("done.keptHere") : t("done.keepHere")}
            </Button>
          </ScreenActions>
          <p className="text-base text-ink-soft">
            {onDevice ? t("done.keptHereText") : t("done.keepHereText")}
          </p>
        </Screen>
      );
  }
}

/** Three different places, in their order. */
function threeOf(count: number): number[] {
  const places = Array.from({ length: count }, (_, index) => index);
  const draw = () => places.splice((crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) % places.length, 1);
  return [...draw(), ...draw(), ...draw()].sort((a, b) => a - b);
}
