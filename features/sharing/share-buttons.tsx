"use client";

import { type ReactNode, useEffect, useState } from "react";

type Props = {
  title: string;
  url: string;
  className: string;
  /** What stands on the buttons and is said of copying, drawn by the server, icons included. */
  words: Readonly<Record<"share" | "copy" | "copied" | "notCopied", ReactNode>>;
};

/** What only a script can do: the device's own sharing, and the address on the clipboard. */
export function ShareButtons({ title, url, className, words }: Props) {
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
            className={className}
            onClick={() => navigator.share({ title, url }).catch(() => undefined)}
          >
            {words.share}
          </button>
        </li>
      )}
      {can.copy && (
        <li>
          <button type="button" className={className} onClick={copy}>
            {words.copy}
          </button>
          <span role="status" className="ml-2">
            {copied === "yes" ? words.copied : copied === "no" ? words.notCopied : ""}
          </span>
        </li>
      )}
    </>
  );
}
