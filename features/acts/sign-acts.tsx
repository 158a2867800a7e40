"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Lost, SignInAgain, Slow } from "@/components/ui/form/notices";
import { useAction } from "@/components/ui/form/use-action";
import { Notice } from "@/components/ui/notice";
import { ActWords } from "./act-words";
import { signActs } from "./actions";
import { useVerifiedTexts } from "./known-texts";
import { GestureCancelledError, signWithPasskey } from "./passkey-gesture";

export type SignActsProps = {
  acts: readonly { id: string; text: string }[];
  names: Readonly<Record<string, string>>;
  texts: readonly { digest: string; salt: string; text: string }[];
  passkeys: readonly { credential: string; rpId: string }[];
  /** The path that it goes on to. */
  next: string;
};

const members = ["credential", "authenticatorData", "clientDataJSON", "signature"] as const;

/** The acts in words, made here from the bytes that are signed, and one gesture for all of them. */
export function SignActs({ acts, names, texts, passkeys, next }: SignActsProps) {
  const known = { names, texts: useVerifiedTexts(texts) };
  return (
    <div className="space-y-8">
      {acts.map(({ id, text }) => (
        <ActWords key={id} id={id} text={text} known={known} />
      ))}
      {passkeys.length > 0 && <Gesture acts={acts} passkeys={passkeys} next={next} />}
    </div>
  );
}

type Trouble = "cancelled" | "failed" | "noWebAuthn";

function Gesture({ acts, passkeys, next }: Pick<SignActsProps, "acts" | "passkeys" | "next">) {
  const t = useTranslations("signing");
  const { state, submit, onSubmit, pending, isSlow } = useAction(signActs);
  const form = useRef<HTMLFormElement>(null);
  const [trouble, setTrouble] = useState<Trouble>();
  const [isAsking, setAsking] = useState(false);
  // What the server wrote does nothing until this part is loaded.
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    setReady(true);
    if (!("PublicKeyCredential" in window)) setTrouble("noWebAuthn");
  }, []);
  const sign = async () => {
    if (isAsking || pending || !form.current) return;
    setAsking(true);
    setTrouble(undefined);
    try {
      const assertion = await signWithPasskey(
        acts.map(({ text }) => text),
        passkeys,
      );
      for (const member of members) {
        const input = form.current.elements.namedItem(member);
        if (input instanceof HTMLInputElement) input.value = assertion[member];
      }
      form.current.requestSubmit();
    } catch (error) {
      setTrouble(error instanceof GestureCancelledError ? "cancelled" : "failed");
    } finally {
      setAsking(false);
    }
  };
  const isBusy = isAsking || pending;
  return (
    <form ref={form} action={submit} onSubmit={onSubmit} className="max-w-form space-y-3">
      <input type="hidden" name="ids" value={acts.map(({ id }) => id).join(",")} />
      <input type="hidden" name="next" value={next} />
      {members.map((member) => (
        <input key={member} type="hidden" name={member} defaultValue="" />
      ))}
      {trouble && (
        <Notice tone={trouble === "noWebAuthn" ? "warning" : "danger"} live="alert" title={t(trouble)}>
          <p>{t(`${trouble}Text`)}</p>
        </Notice>
      )}
      {state?.failure && <Notice tone="danger" live="alert" title={state.failure} />}
      {state?.code === "not_signed_in" && <SignInAgain />}
      {state?.lost && <Lost {...state.lost} />}
      {trouble !== "noWebAuthn" && (
        <Button type="button" icon="check" aria-disabled={isBusy || !isReady} onClick={sign}>
          {isBusy ? t("signing") : t("sign", { count: acts.length })}
        </Button>
      )}
      <Slow isSlow={isSlow} />
      <noscript>
        <Notice tone="warning" title={t("needsScript")} />
      </noscript>
    </form>
  );
}
