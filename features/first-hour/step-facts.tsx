import { useLocale, useTranslations } from "next-intl";
import { InstantText } from "@/components/ui/date-text";
import { Italian } from "@/components/ui/italian";
import { formatList } from "@/lib/format";
import { datePhrases } from "@/lib/phrases";
import { organisations } from "@/protocol/primitives";
import type { Done, FirstHour } from "./queries";
import { type Step, type VacantRole, vacantForCall, vacantLater, withoutOutline } from "./rules";

/** What a step comes to now, beside whether it is done. */
export function StepFacts({ step, firstHour }: { step: Step; firstHour: FirstHour }) {
  const t = useTranslations("firstHour");
  const locale = useLocale();
  const { facts } = firstHour;
  switch (step) {
    case "accessibility":
      return facts.trial && !facts.profile.accessibility ? <p>{t("trialAccessibility")}</p> : null;
    case "organisations":
      return <Organisations firstHour={firstHour} />;
    case "callPeople":
      return <Vacant roles={vacantForCall(facts).map((role) => ({ role }))} />;
    case "people":
      return <Vacant roles={vacantLater(facts)} />;
    case "settings":
      return firstHour.settingsProposed ? <p>{t("settingsProposed")}</p> : null;
    case "houses": {
      const { houseNames } = firstHour;
      return houseNames.length > 0 ? (
        <p>
          <Italian>{formatList(houseNames, locale)}</Italian>
        </p>
      ) : null;
    }
    case "districts":
      return <Districts {...facts} />;
    case "lines":
      return <p>{t("linesCount", { count: facts.lines })}</p>;
    case "roll":
      return <p>{t("rollCount", { count: facts.roll })}</p>;
    case "signIn":
      return <p>{t(`signInStates.${facts.signIn}`, { issuer: firstHour.issuer })}</p>;
    case "mail":
      return <p>{t(`mailModes.${firstHour.mailMode}`)}</p>;
    case "call":
      return (
        <p>
          {t("callCount", { count: facts.calls })}
          {firstHour.drafts > 0 && ` ${t("draftCount", { count: firstHour.drafts })}`}
        </p>
      );
    default:
      return null;
  }
}

/** Who did it last and when, as far as it is known. */
export function DoneBy({ by, at, on }: Done) {
  const t = useTranslations("firstHour");
  const locale = useLocale();
  if (on) return <p className="text-base text-ink-soft">{t("since", datePhrases("date", on, locale))}</p>;
  if (!at) return null;
  return (
    <p className="text-base text-ink-soft">
      {by === undefined ? t("changedOn") : t("changedBy", { name: by || t("somebody") })}{" "}
      <InstantText value={at} />.
    </p>
  );
}

function Organisations({ firstHour: { facts, administrators } }: { firstHour: FirstHour }) {
  const t = useTranslations("firstHour");
  const names = useTranslations("organisations");
  const locale = useLocale();
  return (
    <ul className="list-disc space-y-1 pl-5">
      {organisations.map((part) => {
        const people = administrators[part].map((name) => name || t("somebody"));
        return (
          <li key={part}>
            {names(part)}:{" "}
            {t(`organisationStates.${facts.organisations[part]}`, {
              ...{ count: people.length, names: formatList(people, locale) },
            })}
          </li>
        );
      })}
    </ul>
  );
}

function Vacant({ roles }: { roles: readonly VacantRole[] }) {
  const t = useTranslations("firstHour");
  const names = useTranslations("roles");
  const locale = useLocale();
  if (roles.length === 0) return null;
  return (
    <>
      <p>{t("vacant")}</p>
      <ul className="list-disc space-y-1 pl-5">
        {roles.map(({ role, districts }) => (
          <li key={role}>
            {districts
              ? t("vacantDistricts", {
                  ...{ role: names(role), count: districts.length, list: formatList(districts, locale) },
                })
              : names(role)}
          </li>
        ))}
      </ul>
    </>
  );
}

function Districts({ districts, outlined }: Pick<FirstHour["facts"], "districts" | "outlined">) {
  const t = useTranslations("firstHour");
  const locale = useLocale();
  if (districts.length === 0) return <p>{t("noDistricts")}</p>;
  const left = withoutOutline({ districts, outlined });
  if (left.length === 0) return <p>{t("districtsDone", { count: outlined.length })}</p>;
  return <p>{t("districtsLeft", { count: left.length, list: formatList(left, locale) })}</p>;
}
