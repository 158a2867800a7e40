"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState, useTransition } from "react";

const PAUSE_MS = 1500;
/** After a minute the person reloads when they like: something is wrong on the way, and asking more will not help. */
const ROUNDS = 40;

/**
 * While something is on its way to the ledger the page is drawn again every second or two, and what has changed is
 * said aloud. Without JavaScript the link does the same.
 */
export function PendingRefresh({ pending }: { pending: boolean }) {
  const t = useTranslations("ui.pending");
  const router = useRouter();
  const wasPending = useRef(pending);
  const rounds = useRef(0);
  const [said, setSaid] = useState("");
  const [isRefreshing, startRefresh] = useTransition();
  useEffect(() => {
    if (wasPending.current && !pending) setSaid(t("recorded"));
    if (!pending) rounds.current = 0;
    wasPending.current = pending;
  }, [pending, t]);
  useEffect(() => {
    // One at a time: a refresh that is asked for again before it is done starts over, and a slow one never ends.
    if (!pending || isRefreshing || rounds.current >= ROUNDS) return;
    const timer = setTimeout(() => {
      rounds.current += 1;
      startRefresh(() => router.refresh());
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [pending, isRefreshing, router]);
  return (
    <div role="status" className="text-base print:hidden">
      {pending ? t("waiting") : said}
      {pending && (
        <noscript>
          {" "}
          <a href="?" className="text-link underline underline-offset-4">
            {t("reload")}
          </a>
        </noscript>
      )}
    </div>
  );
}
