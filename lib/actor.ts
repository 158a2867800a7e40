import type { Actor } from "@/chaincode/src/protocol/primitives";
import type { ActionContext } from "./action-client";

/** Who acts on the ledger: the person of the session in the role the action was allowed under. */
export function actorOf({ municipality, viewer, role }: ActionContext): Actor {
  const { organisation, role: name } = role;
  return { municipality: municipality.istatCode, person: viewer.id, organisation, role: name };
}

/** Today's calendar day in Italy, `YYYY-MM-DD`. */
export function todayInItaly(): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Rome" }).format(new Date());
}
