"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { ActionForm, useActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { fromBase64url } from "@/protocol/acts/base64url";
import { offerPasskey } from "./actions";
import { rememberCode } from "./made-here";
import { type CreationProblem, createCredential, type NewCredential } from "./new-credential";
import type { PasskeyMaking } from "./queries";
import { passkeyCode, passkeyIdOf } from "./rules";

/** Makes a key in this browser and hands it to the site, which keeps it until somebody proposes it. */
export function CreatePasskey({
  making,
  person,
  name,
}: {
  making: PasskeyMaking;
  person: string;
  name: string;
}) {
  const t = useTranslations("passkeys");
  const [made, setMade] = useState<NewCredential>();
  const [problem, setProblem] = useState<CreationProblem>();
  const [asking, setAsking] = useState(false);
  const control = useActionForm<Record<string, string>>(offerPasskey, { id: "offer-passkey" });
  const { element, state } = control;

  async function create() {
    setAsking(true);
    setProblem(undefined);
    const known = making.known.map((credential) => Uint8Array.from(fromBase64url(credential)));
    const created = await createCredential({ rpId: making.rpId, person, name, known });
    setAsking(false);
    if (typeof created === "string") return setProblem(created);
    const { founding, rpId } = making;
    const { credential, spki } = created;
    const id = await passkeyIdOf(Uint8Array.from(fromBase64url(credential)));
    // Computed from what the browser itself made, before the site has said anything of it.
    rememberCode(id, await passkeyCode({ founding, person, credential, spki, rpId }));
    setMade(created);
  }

  useEffect(() => {
    if (made) element.current?.requestSubmit();
  }, [made, element]);

  const sent = state?.done !== undefined;
  return (
    <div className="space-y-4">
      {problem && (
        <Notice tone="danger" live="alert">
          {t(`problems.${problem}`, { origin: making.origin })}
        </Notice>
      )}
      <noscript>
        <Notice tone="warning">{t("needsScript")}</Notice>
      </noscript>
      {made && (
        <ActionForm control={control} labels={{}} submitLabel={t("send")} submitIcon="send">
          {!sent && <p>{t("sendAgain")}</p>}
          {Object.entries(made).map(([field, value]) => (
            <input key={field} type="hidden" name={field} value={value} />
          ))}
        </ActionForm>
      )}
      {(!made || sent) && (
        <span className="contents [@media(scripting:none)]:hidden">
          <Button type="button" icon="plus" aria-disabled={asking} onClick={() => !asking && create()}>
            {t(asking ? "creating" : "createButton")}
          </Button>
        </span>
      )}
    </div>
  );
}
