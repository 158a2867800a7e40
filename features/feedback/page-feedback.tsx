import { cookies } from "next/headers";
import { ClientMessages } from "@/components/messages";
import { cookieName } from "@/lib/cookie-name";
import { errorSentences } from "@/lib/error-sentences";
import { FeedbackForm } from "./feedback-form";
import { readKeptAnswer } from "./kept-answer";

/** Under every public page of a municipality: how clear it is. */
export async function PageFeedback({ municipality }: { municipality: string }) {
  const kept = readKeptAnswer((await cookies()).get(cookieName("feedback"))?.value);
  const sentence = await errorSentences();
  const { path, code, params, typed } = kept ?? {};
  return (
    <ClientMessages namespaces={["feedback"]}>
      <FeedbackForm
        municipality={municipality}
        {...(path && code && typed && { before: { path, typed, ...outcome(code, params) } })}
      />
    </ClientMessages>
  );

  function outcome(code: string, params: Readonly<Record<string, string | number>> = {}) {
    return code === "done" ? { done: true as const } : { failure: sentence(code, params) };
  }
}
