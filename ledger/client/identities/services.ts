import { isProgramRole } from "../../../protocol/acts/roles";
import type { Organisation, Role } from "../../../protocol/primitives";
import type { Signer } from "../outbox/enqueue";
import type { Holder } from "./identities";

/** Identities of the server itself. What they are called says what they do, and they are nobody's person. */

/** Looks at blocks; its certificate has no attribute, so the chaincode does nothing for it. */
export const chainReader: Holder = {
  person: "service-reader",
  organisation: "Comune",
  role: "reader",
  municipality: "000000",
};

/** Daily transactions and reads of one municipality's records. */
export function municipalService(municipality: string): Holder {
  return { person: "service-municipality", organisation: "Comune", role: "service", municipality };
}

/** Carries acts of an organisation's people to the ledger; who acts stands in the act that they have signed. */
export function carriersHolder(municipality: string, organisation: Organisation): Holder {
  return {
    person: `service-carrier-${organisation.toLowerCase()}`,
    organisation,
    role: "service",
    municipality,
  };
}

/** Adds the guarantors' number to the draw of a round: who freezes is of the Comune. */
export function drawingService(municipality: string): Holder {
  return { person: "service-draw", organisation: "Garanti", role: "service", municipality };
}

/** Submits ballots, which their own keys have signed: no voter's certificate is near them. */
export function castingService(municipality: string): Holder {
  return { person: "service-casting", organisation: "Comune", role: "casting_service", municipality };
}

/** Registrars: those of two organisations admit keys to a round together. */
export function registrar(municipality: string, organisation: Organisation): Holder {
  return {
    person: `service-registrar-${organisation.toLowerCase()}`,
    organisation,
    role: "registrar",
    municipality,
  };
}

/** A program by what the ledger knows of it. @throws TypeError for who is none and has no certificate */
export function programHolder(actor: {
  person: string;
  organisation: Organisation;
  role: Role;
  municipality: string;
}): Holder {
  const { person, organisation, role, municipality } = actor;
  if (!isProgramRole(role)) throw new TypeError(`${role} is no program's role`);
  return { person, organisation, role, municipality };
}

/** How an item of the outbox names who signs it. */
export function signerOf({ person, organisation, role }: Holder): Signer {
  if (role === "reader") throw new TypeError("a reader signs nothing");
  return { person, organisation, role };
}
