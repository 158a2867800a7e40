import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { arrived } from "../browser/arrived";
import { tags } from "./audit";

/** What axe has against a page as it stands, in words. */
export async function wrongOn(page: Page): Promise<string[]> {
  await arrived(page);
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ["violations"] })
    .withTags([...tags])
    .analyze();
  return violations.map(
    ({ id, help, nodes }) =>
      `${page.url()}: ${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
  );
}
