import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { FormOwnerProvider } from "@/components/ui/form/owner";
import { currentViewer } from "@/lib/auth";
import { keptFormFor, ownerOf } from "@/lib/kept-form";
import { requestedPath } from "@/lib/request-path";

/** Around the pages: their forms know whose they are, and one that was sent before signing in again is as it was. */
export async function Forms({ children }: { children: ReactNode }) {
  const viewer = await currentViewer();
  if (!viewer) return <FormOwnerProvider>{children}</FormOwnerProvider>;
  const kept = await keptFormFor(viewer.id, await requestedPath());
  const restored = kept && (await getTranslations("ui.form"))("signedInAgain");
  return (
    <FormOwnerProvider
      owner={ownerOf(viewer.id)}
      {...(kept &&
        restored && { kept: { form: kept.form, state: { submission: kept.submission, restored } } })}
    >
      {children}
    </FormOwnerProvider>
  );
}
