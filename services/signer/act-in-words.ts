import { readSignedAct } from "@/protocol/acts/signed-act";
import type { PageLanguage } from "../trial-page";

export function actInWords(
  text: string,
  _language: PageLanguage,
): { title: string; role: string; rows: [label: string, value: string][] } {
  const { transaction, role, input } = readSignedAct(text);
  return {
    title: transaction,
    role,
    rows: Object.entries(input).map(([name, value]) => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  };
}
