import { useTranslations } from "next-intl";
import { DateText } from "@/components/ui/date-text";
import { DefinitionList } from "@/components/ui/definition-list";
import { OfficeRole } from "./office-state";
import { ActName } from "./offices-table";
import type { OfficeView } from "./queries";

/** What somebody who decides about an office has to know of it. */
export function OfficeFacts(office: OfficeView) {
  const t = useTranslations("register");
  const organisations = useTranslations("organisations");
  const { organisation, from, until, act, proposedBy, suspension } = office;
  const by = (actor: NonNullable<typeof proposedBy>) =>
    t("by", { name: actor.name || t("noName"), organisation: organisations(actor.organisation) });
  return (
    <DefinitionList
      items={[
        { term: t("role"), description: <OfficeRole {...office} /> },
        { term: t("organisation"), description: organisations(organisation) },
        { term: t("from"), description: <DateText value={from} /> },
        {
          term: t("until"),
          description: until === undefined ? t("noEnd") : <DateText value={until} />,
        },
        { term: t("act"), description: <ActName act={act} /> },
        ...(proposedBy ? [{ term: t("proposedBy"), description: by(proposedBy) }] : []),
        ...(suspension
          ? [
              { term: t("suspendedBy"), description: by(suspension.by) },
              { term: t("reason"), description: suspension.reason },
            ]
          : []),
      ]}
    />
  );
}
