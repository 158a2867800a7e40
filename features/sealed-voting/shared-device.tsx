"use client";

import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { beginSharing, forget, sharedPage } from "./kept";

/** Milliseconds without a touch after which somebody is asked whether they are still there, and then everything goes. */
const ASKED_AFTER = 8 * 60_000;
const GOES_AFTER = 10 * 60_000;
const TICK = 5_000;

/**
 * On a device of a Casa, which one person uses after another: how everything is erased, by whoever is done or by itself.
 * On all other devices nothing.
 */
export function SharedDevice({ round, begins = false }: { round: string; begins?: boolean }) {
  const t = useTranslations("sealedVoting.shared");
  const [page, setPage] = useState<string | null>(null);
  const [isAsked, setIsAsked] = useState(false);
  useEffect(() => {
    if (begins) beginSharing(round);
    setPage(sharedPage(round));
  }, [round, begins]);

  const finish = useCallback(() => {
    forget(round);
    // In the place of this page: going back must not show what was on it.
    if (page) location.replace(page);
  }, [round, page]);

  useEffect(() => {
    if (page === null) return;
    let last = Date.now();
    const touched = () => {
      last = Date.now();
      setIsAsked(false);
    };
    const timer = setInterval(() => {
      const idle = Date.now() - last;
      setIsAsked(idle >= ASKED_AFTER);
      if (idle >= GOES_AFTER) finish();
    }, TICK);
    // A page that the browser has kept whole still has the choices of whoever was here before.
    const shown = ({ persisted }: PageTransitionEvent) => persisted && location.reload();
    const events = ["pointerdown", "keydown", "scroll"] as const;
    for (const name of events) addEventListener(name, touched, { passive: true });
    addEventListener("pageshow", shown);
    return () => {
      clearInterval(timer);
      for (const name of events) removeEventListener(name, touched);
      removeEventListener("pageshow", shown);
    };
  }, [page, finish]);

  if (page === null) return null;
  return (
    <Notice title={t("title")} tone={isAsked ? "warning" : "info"}>
      <p role="status">{isAsked ? t("asked") : t("text")}</p>
      <p className="flex flex-wrap gap-3 pt-1">
        {isAsked && (
          <Button icon="check" onClick={() => setIsAsked(false)}>
            {t("stillHere")}
          </Button>
        )}
        <Button look="secondary" icon="trash" onClick={finish}>
          {t("finish")}
        </Button>
      </p>
    </Notice>
  );
}
