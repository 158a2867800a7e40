"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { CodeGroups } from "./code-groups";
import { type CreationProblem, createCredential, type NewCredential } from "./new-credential";
import { useCode } from "./use-code";

type Owner = { founding: string; person: string; name: string };

/** Makes a key in this browser, and shows what its owner sends and what they read out. */
export function FirstKey(owner: Owner) {
  const t = useTranslations("firstKey");
  const keys = useTranslations("passkeys");
  const [made, setMade] = useState<NewCredential>();
  const [problem, setProblem] = useState<CreationProblem>();
  const [asking, setAsking] = useState(false);

  async function create() {
    setAsking(true);
    setProblem(undefined);
    const { person, name } = owner;
    const created = await createCredential({ rpId: location.hostname, person, name, known: [] });
    setAsking(false);
    if (typeof created === "string") setProblem(created);
    else setMade(created);
  }

  if (made) return <MadeKey owner={owner} made={made} />;
  return (
    <div className="space-y-4">
      <p>{t("for", { name: owner.name })}</p>
      {problem && (
        <Notice tone="danger" live="alert">
          {keys(`problems.${problem}`, { origin: location.origin })}
        </Notice>
      )}
      <noscript>
        <Notice tone="warning">{keys("needsScript")}</Notice>
      </noscript>
      <span className="contents [@media(scripting:none)]:hidden">
        <Button type="button" icon="plus" aria-disabled={asking} onClick={() => !asking && create()}>
          {keys(asking ? "creating" : "createButton")}
        </Button>
      </span>
    </div>
  );
}

function MadeKey({ owner: { founding, person }, made }: { owner: Owner; made: NewCredential }) {
  const t = useTranslations("firstKey");
  const keys = useTranslations("passkeys");
  const { credential, spki } = made;
  const code = useCode({ founding, person, credential, spki, rpId: location.hostname });
  return (
    <div className="space-y-6">
      <section className="space-y-2">
        <h2 className="font-semibold text-xl">{keys("code")}</h2>
        <p>{t("readOut")}</p>
        <CodeGroups code={code} />
      </section>
      <section className="space-y-2">
        <h2 className="font-semibold text-xl">{t("line")}</h2>
        <p>{t("sendLine")}</p>
        <p className="max-w-text break-all font-mono">{JSON.stringify({ person, ...made })}</p>
      </section>
    </div>
  );
}
