import { useTranslations } from "next-intl";
import type { Office } from "./rules";

/** How an office is called where it stands in the place of a person's name. */
export function useOfficeName(): (office: Office) => string {
  const roles = useTranslations("roles");
  const organisations = useTranslations("organisations");
  const t = useTranslations("comments");
  return ({ organisation, role }) =>
    t("officeName", { role: roles(role), organisation: organisations(organisation) });
}
