import type { Checked } from "./device/final-list";

/**
 * Counts a check in public, from the page of whichever organisation it was made on. Nothing of who checks goes with it, and
 * a count that does not arrive changes nothing for whoever has checked.
 * @param site where the site tells of the round
 */
export async function countCheck(site: string, found: Checked | "differs"): Promise<void> {
  const outcome = outcomeOf(found);
  if (!outcome) return;
  const options = { method: "POST", credentials: "omit", referrerPolicy: "no-referrer" } as const;
  await fetch(`${site}/checked`, { ...options, body: new URLSearchParams({ outcome }) }).catch(
    () => undefined,
  );
}

function outcomeOf(found: Checked | "differs"): string | undefined {
  if (found === "differs") return found;
  if (found.state === "not_closed") return undefined;
  if (found.state === "absent") return "absent";
  return found.opened && "void" in found.opened ? "void" : "stands";
}
