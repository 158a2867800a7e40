"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Lost, SignInAgain, Slow } from "@/components/ui/form/notices";
import { useAction } from "@/components/ui/form/use-action";
import { Notice } from "@/components/ui/notice";
import { addDevice } from "./actions";

type Obstacle = "unsupported" | "install" | "denied" | "failed";
type Kept = { endpoint: string; p256dh: string; auth: string };

/** Adds this browser: it asks its person for the permission on the click, and only then. */
export function ThisBrowser({ publicKey }: { publicKey: string }) {
  const t = useTranslations("push");
  const { state, submit, onSubmit, pending, isSlow } = useAction(addDevice);
  // Without JavaScript no browser can be added: the button comes with it.
  const [isReady, setReady] = useState(false);
  const [obstacle, setObstacle] = useState<Obstacle>();
  const [isAsking, setAsking] = useState(false);
  const kept = useRef<Kept>(undefined);
  useEffect(() => {
    setObstacle(obstacleHere());
    setReady(true);
  }, []);

  const send = (event: FormEvent<HTMLFormElement>) => {
    const form = event.currentTarget;
    if (kept.current) {
      for (const [name, value] of Object.entries(kept.current))
        (form.elements.namedItem(name) as HTMLInputElement).value = value;
      kept.current = undefined;
      return onSubmit(event);
    }
    event.preventDefault();
    if (isAsking || pending) return;
    setAsking(true);
    subscribed(publicKey)
      .then((found) => {
        if (typeof found === "string") return setObstacle(found);
        kept.current = found;
        setObstacle(undefined);
        form.requestSubmit();
      })
      .catch(() => setObstacle("failed"))
      .finally(() => setAsking(false));
  };

  const isPossible = isReady && (obstacle === undefined || obstacle === "failed");
  return (
    <>
      <noscript>
        <p>{t("needsScript")}</p>
      </noscript>
      {obstacle && (
        <Notice
          tone={obstacle === "failed" ? "danger" : "warning"}
          live="status"
          title={t(`${obstacle}.title`)}
        >
          {t(`${obstacle}.text`)}
        </Notice>
      )}
      {isPossible && (
        <form action={submit} onSubmit={send} className="space-y-2">
          {(["endpoint", "p256dh", "auth"] as const).map((name) => (
            <input key={name} type="hidden" name={name} />
          ))}
          <Button type="submit" icon="bell" aria-disabled={pending || isAsking}>
            {t("add")}
          </Button>
          {state?.failure && <Notice tone="danger" live="alert" title={state.failure} />}
          {state?.code === "not_signed_in" && <SignInAgain />}
          {state?.lost && <Lost {...state.lost} />}
          <Slow isSlow={isSlow} />
        </form>
      )}
    </>
  );
}

/** Why this browser cannot be added, as far as it says before it is asked. */
function obstacleHere(): Obstacle | undefined {
  const isApple = /\b(iPhone|iPad)\b/.test(navigator.userAgent);
  const canPush = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  // On iPhone and iPad only what was added to the Home Screen can be told anything.
  if (!canPush) return isApple ? "install" : "unsupported";
  return Notification.permission === "denied" ? "denied" : undefined;
}

async function subscribed(publicKey: string): Promise<Kept | Obstacle> {
  if ((await Notification.requestPermission()) !== "granted") return "denied";
  const { pushManager } = await navigator.serviceWorker.ready;
  const key = bytesOf(publicKey);
  const before = await pushManager.getSubscription();
  // One that was made for another key of the site is of no use.
  if (before && !sameBytes(before.options.applicationServerKey, key)) await before.unsubscribe();
  const now = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = now.toJSON();
  if (!endpoint || !keys?.p256dh || !keys.auth) return "failed";
  return { endpoint, p256dh: keys.p256dh, auth: keys.auth };
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function sameBytes(given: ArrayBuffer | null, wanted: Uint8Array): boolean {
  if (!given || given.byteLength !== wanted.length) return false;
  return new Uint8Array(given).every((byte, index) => byte === wanted[index]);
}
