"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";

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
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (wasPending.current && !pending) setSaid(t("recorded"));
    wasPending.current = pending;
    if (!pending) return;
    let rounds = 0;
    const timer = setInterval(() => {
      rounds += 1;
      if (rounds > ROUNDS) clearInterval(timer);
      else if (document.visibilityState === "visible") router.refresh();
    }, PAUSE_MS);
    return () => clearInterval(timer);
  }, [pending, router, t]);
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
