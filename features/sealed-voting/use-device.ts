"use client";

import { useCallback, useEffect, useState } from "react";
import { Device, type Fault, faultOf } from "./device-client";

export type Loaded =
  | { readonly state: "loading" }
  | { readonly state: "fault"; readonly fault: Fault }
  | { readonly state: "ready"; readonly device: Device };

/** The device's program for as long as the page is open, and how to load it again. */
export function useDevice(site: string): readonly [Loaded, () => void] {
  const [loaded, setLoaded] = useState<Loaded>({ state: "loading" });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt loads the same again
  useEffect(() => {
    let device: Device | undefined;
    let isOver = false;
    setLoaded({ state: "loading" });
    Device.start(site).then(
      (started) => {
        if (isOver) return started.end();
        device = started;
        setLoaded({ state: "ready", device: started });
      },
      (error) => !isOver && setLoaded({ state: "fault", fault: faultOf(error) }),
    );
    return () => {
      isOver = true;
      device?.end();
    };
  }, [site, attempt]);
  return [loaded, useCallback(() => setAttempt((number) => number + 1), [])];
}
