"use client";

import { useEffect } from "react";

/** Asks the browser to keep the page that is shown without a network. A browser that will not loses only that. */
export function ServiceWorker() {
  useEffect(() => {
    if (!("serviceWorker" in navigator)) return;
    navigator.serviceWorker.register("/service-worker.js").catch(() => undefined);
  }, []);
  return null;
}
