import { type Browser, chromium } from "playwright-core";
import { findChromium } from "@/scripts/test/machine";

/** The system's Chromium. As root it has no sandbox of its own, and no page but ours is opened. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findChromium();
  if (!executablePath) throw new Error("Chromium is not installed");
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}
