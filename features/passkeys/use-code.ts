"use client";

import { useEffect, useState } from "react";
import { type PasskeyFacts, passkeyCode } from "./rules";

/** The code of a key, computed in this browser from the key's facts; undefined until it is. */
export function useCode({ founding, person, credential, spki, rpId }: PasskeyFacts): string | undefined {
  const [code, setCode] = useState<string>();
  useEffect(() => {
    let current = true;
    setCode(undefined);
    void passkeyCode({ founding, person, credential, spki, rpId }).then((computed) => {
      if (current) setCode(computed);
    });
    return () => {
      current = false;
    };
  }, [founding, person, credential, spki, rpId]);
  return code;
}
