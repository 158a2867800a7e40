"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextLink } from "@/components/ui/link";
import type { Href } from "@/lib/language/navigation";
import { deadlinePhrases } from "@/lib/phrases";
import { AtDesk } from "./at-desk";
import { CredentialDone } from "./credential-done";
import type { SignedIn } from "./device/enrol";
import { type Device, type Fault, faultOf } from "./device-client";
import { FaultNotice } from "./fault-notice";
import { freshKept, heldText, type Kept, readKept, seedOf, writeKept } from "./kept";
import { Screen, ScreenActions } from "./screen";
import { type Returned, takeReturned } from "./sign-in-return";
import { WithDevice } from "./with-device";
import { WordsAsked, WordsShown, WordsTyped } from "./words";

type At =
  | { readonly screen: "start" | "typed" | "ask" | "done" }
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
  /** Where operators vouch, on a device of a Casa: nobody signs in there. */
  readonly office?: string;
  /** How one votes without a sign-in, where a Casa receives people. */
  readonly desk?: Href;
}

/** Taking the credential, once a round: words, sign-in or two operators at a desk, issuing, words asked back. */
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
  office,
  desk,
  device,
  returned,
}: CredentialProps & { device: Device; returned: Returned | null }) {
  const t = useTranslations("sealedVoting");
  const locale = useLocale();
  const [at, setAt] = useState<At>();
  const [words, setWords] = useState<readonly string[]>([]);
  const [places, setPlaces] = useState<readonly number[]>([]);
  const [kept, setKept] = useState<Kept | null>(null);
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

  async function beginWith(seed: Uint8Array) {
    keep({ ...freshKept(seed), words: "checked" });
    setAt({ screen: "signIn", words: await wordsOf(seed) });
  }

  async function enrol(given: Kept, signedIn: SignedIn) {
    const seed = seedOf(given);
    if (!seed) return;
    setAt({ screen: "working", step: "rho" });
    try {
      const answer = await device.ask("enrol", { seed, signedIn }, (step) =>
        setAt({ screen: "working", step: step as "rho" }),
      );
      if ("waitsUntil" in answer) return setAt({ screen: "waits", until: answer.waitsUntil });
      keep({ ...given, holding: heldText(answer.holding), listed: answer.listed });
      if (given.words === "shown") ask();
      else setAt({ screen: "done" });
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
          {office ? (
            <p>
              <Button look="plain" onClick={() => setAt({ screen: "typed" })}>
                {t("start.haveWordsHere")}
              </Button>
            </p>
          ) : (
            <p>
              <TextLink href={vote}>{t("start.haveWords")}</TextLink>
            </p>
          )}
          {desk && (
            <p>
              <TextLink href={desk}>{t("start.atDesk")}</TextLink>
            </p>
          )}
        </Screen>
      );
    case "typed":
      return (
        <Screen title={t("typed.title")}>
          <WordsTyped
            read={(text) => device.ask("readWords", { text })}
            onSeed={beginWith}
            submitLabel={t("typed.goOn")}
          />
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
    case "signIn": {
      const toWords = () => setAt({ screen: "words", words: at.words });
      const seed = kept && seedOf(kept);
      if (office && seed)
        return (
          <AtDesk
            {...{ device, seed, office }}
            onNumber={(fiscalNumber) => enrol(kept, { fiscalNumber })}
            onBack={toWords}
          />
        );
      return (
        <Screen title={t("signIn.title")}>
          <p className="text-lg">{t("signIn.text")}</p>
          <p>{t("signIn.notChoices")}</p>
          <ScreenActions>
            <Button icon="sign-in" onClick={goToSignIn}>
              {t("signIn.go")}
            </Button>
            <Button look="secondary" icon="arrow-left" onClick={toWords}>
              {t("signIn.back")}
            </Button>
          </ScreenActions>
        </Screen>
      );
    }
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
          <p className="text-lg">
            {t(
              office ? "waits.textAtDesk" : "waits.text",
              deadlinePhrases("until", new Date(at.until), locale),
            )}
          </p>
          {kept?.words !== "none" && <p>{t("waits.words")}</p>}
          {kept?.words === "none" && !office && <p>{t("waits.withoutWords")}</p>}
          {kept?.words === "none" && office && (
            <Button icon="eye" onClick={() => setAt({ screen: "words", words })}>
              {t("words.showAgain")}
            </Button>
          )}
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
      return <CredentialDone {...{ round, kept, isOpen, opens, vote }} isShared={office !== undefined} />;
  }
}

/** Three different places, in their order. */
function threeOf(count: number): number[] {
  const places = Array.from({ length: count }, (_, index) => index);
  const draw = () => places.splice((crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) % places.length, 1);
  return [...draw(), ...draw(), ...draw()].sort((a, b) => a - b);
}
