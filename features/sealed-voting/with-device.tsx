"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Device } from "./device-client";
import { FaultNotice } from "./fault-notice";
import { useDevice } from "./use-device";

/** What needs the device's program, once it runs; until then that it is loading, or why it does not. */
export function WithDevice({ site, children }: { site: string; children: (device: Device) => ReactNode }) {
  const [loaded, again] = useDevice(site);
  const t = useTranslations("sealedVoting");
  switch (loaded.state) {
    case "loading":
      return (
        <p role="status" className="noscript:hidden">
          {t("loading")}
        </p>
      );
    case "fault":
      return <FaultNotice fault={loaded.fault} again={again} />;
    case "ready":
      return children(loaded.device);
  }
}
