"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useId, useRef } from "react";
import { Button } from "./button";
import type { ButtonLook } from "./button-class";
import type { IconName } from "./icon";

/**
 * A question before something that cannot be undone. The browser's own `<dialog>`: it keeps focus inside, closes
 * with Escape and gives focus back. Before JavaScript the button opens it too, where browsers know `command`;
 * where not, the page must offer the same by another way.
 */
export function Dialog({
  open,
  openLook,
  openIcon,
  title,
  children,
}: {
  open: ReactNode;
  openLook?: ButtonLook;
  openIcon?: IconName;
  title: ReactNode;
  children: ReactNode;
}) {
  const t = useTranslations("ui.dialog");
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <Button
        look={openLook}
        icon={openIcon}
        {...{ command: "show-modal", commandfor: id }}
        onClick={() => {
          if (!dialog.current?.open) dialog.current?.showModal();
        }}
      >
        {open}
      </Button>
      <dialog
        ref={dialog}
        id={id}
        aria-labelledby={`${id}-title`}
        className="w-full max-w-form rounded-smooth border-2 border-control bg-page p-6 text-ink backdrop:bg-deep/80"
      >
        <h2 id={`${id}-title`} className="text-xl">
          {title}
        </h2>
        <div className="my-4 space-y-4">{children}</div>
        <form method="dialog">
          <Button type="submit" look="secondary" icon="close">
            {t("close")}
          </Button>
        </form>
      </dialog>
    </>
  );
}
