import type { Actor } from "@/protocol/primitives";
import type { TransactionName } from "@/protocol/transactions";
import type { ActionContext } from "./action-client";
import { NotAllowedError } from "./errors";
import { roleFor } from "./permissions";

/** Who acts on the ledger: the person of the session in the role the action was allowed under. */
export function actorOf({ municipality, viewer, role }: ActionContext): Actor {
  const { organisation, role: name } = role;
  return { municipality: municipality.istatCode, person: viewer.id, organisation, role: name };
}

/** The person of the session, for what is theirs whatever office they hold. */
export function personOf({ municipality, viewer }: ActionContext): Pick<Actor, "municipality" | "person"> {
  return { municipality: municipality.istatCode, person: viewer.id };
}

/** Whoever acts as a resident does so whatever office they may hold besides. */
export function residentOf(context: ActionContext): Actor {
  return { ...personOf(context), organisation: "Case", role: "resident" };
}

/**
 * Who acts on the ledger by a form that says itself which of several transactions it asks for.
 * @throws NotAllowedError where the person holds no role for that one
 */
export function actorFor({ municipality, viewer }: ActionContext, transaction: TransactionName): Actor {
  const held = roleFor(viewer, municipality.istatCode, transaction);
  if (!held) throw new NotAllowedError();
  const { organisation, role } = held;
  return { municipality: municipality.istatCode, person: viewer.id, organisation, role };
}
