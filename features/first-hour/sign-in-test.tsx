import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/ui/action-button";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { tryingSignIn } from "./actions";
import type { Finding } from "./provider-rules";
import type { SignInCheck } from "./sign-in-queries";
import { DoneBy } from "./step-facts";

const icons = { right: "check-circle", wrong: "alert", unsaid: "info" } as const;

/** Asks those by whom people sign in whether they are as this site needs them, and says it point by point. */
export function SignInTest({ last }: { last: SignInCheck | undefined }) {
  const t = useTranslations("firstHour.signInTest");
  const wrong = last?.findings.filter(({ state }) => state === "wrong") ?? [];
  return (
    <section aria-labelledby="sign-in-test" className="max-w-form space-y-4">
      <h2 id="sign-in-test">{t("title")}</h2>
      <p id="sign-in-test-text">{t("text")}</p>
      <ActionButton
        action={tryingSignIn}
        fields={{ what: "sign-in" }}
        icon="refresh"
        describedBy="sign-in-test-text"
      >
        {t("try")}
      </ActionButton>
      {last && (
        <>
          <Notice
            tone={wrong.length === 0 ? "success" : "danger"}
            title={t("outcome", { count: wrong.length })}
          />
          <DoneBy {...last} />
          <ul className="space-y-2">
            {last.findings.map((finding) => (
              <li key={`${finding.about} ${finding.what}`} className="flex gap-2">
                <span className="pt-0.5">
                  <Icon name={icons[finding.state]} />
                </span>
                <span className="min-w-0 break-words">
                  <Sentence {...finding} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Sentence({ about, state, what }: Finding) {
  const t = useTranslations("firstHour.signInTest");
  const why = useTranslations("firstHour.signInTest.why");
  const reason = what.replaceAll(" ", "_").toLowerCase();
  const shown = why.has(reason as "timeout") ? why(reason as "timeout") : what;
  return (
    <>
      {state !== "right" && <strong>{t(state)} </strong>}
      {t(`findings.${about}.${state}`, { what: shown, count: Number(what) || 0 })}
    </>
  );
}
