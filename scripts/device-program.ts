import { checkPageScript, deviceProgram } from "@/lib/programs";
import { bundleForBrowsers } from "./bundle-for-browsers";

/**
 * Joins the program of a voter's device into one file that any organisation can serve as it is. The same sources give the
 * same bytes: sealed rounds freeze their digest.
 */
export async function bundleDeviceProgram(outfile = deviceProgram): Promise<void> {
  await bundleForBrowsers("features/sealed-voting/device/main.ts", outfile);
}

/** Joins the script of the check page that organisations serve from origins of their own. */
export async function bundleCheckPage(outfile = checkPageScript): Promise<void> {
  await bundleForBrowsers("services/check-page/script.ts", outfile);
}
