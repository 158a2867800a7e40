"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Icon } from "@/components/ui/icon";
import { textLinkClass } from "@/components/ui/link";

/** What only a script can do: the device's own sharing, and the address on the clipboard. */
export function ShareButtons({ title, url }: { title: string; url: string }) {
  const t = useTranslations("sharing");
  const [can, setCan] = useState({ share: false, copy: false });
  const [copied, setCopied] = useState<"yes" | "no">();
  useEffect(() => {
    setCan({ share: "share" in navigator, copy: "clipboard" in navigator });
  }, []);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      setCopied("yes");
    } catch {
      setCopied("no");
    }
  };
  return (
    <>
      {can.share && (
        <li>
          {/* Closing the device's sheet is no fault. */}
          <button
            type="button"
            className={buttonClass}
            onClick={() => navigator.share({ title, url }).catch(() => undefined)}
          >
            <Icon name="send" size="small" />
            {t("share")}
          </button>
        </li>
      )}
      {can.copy && (
        <li>
          <button type="button" className={buttonClass} onClick={copy}>
            <Icon name="link" size="small" />
            {t("copy")}
          </button>
          <span role="status" className="ml-2">
            {copied === "yes" ? t("copied") : copied === "no" ? t("notCopied", { url }) : ""}
          </span>
        </li>
      )}
    </>
  );
}

const buttonClass = `inline-flex min-h-11 items-center gap-1.5 ${textLinkClass}`;
