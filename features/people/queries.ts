import "server-only";
import { currentViewer } from "@/lib/auth";
import { holdsOffice } from "@/lib/permissions";

/** What the page header shows of the person who is signed in. */
export async function headerViewer(
  municipality: string | undefined,
): Promise<{ name: string; official: boolean } | undefined> {
  const viewer = await currentViewer();
  if (!viewer) return undefined;
  return { name: viewer.name, official: municipality !== undefined && holdsOffice(viewer, municipality) };
}
