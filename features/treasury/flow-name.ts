import { keyedHash } from "@/lib/encryption";
import { holdsPersonalCode } from "@/lib/personal-codes";

/** What a flow is called: by its own name where that is one, and where it holds words or somebody's code by a keyed hash. */
export function flowName(flow: string): string {
  const isName = /^(?=\D*\d)[\w.:#/-]+$/.test(flow) && !holdsPersonalCode(flow);
  return isName ? flow : `flow-${keyedHash("flow of a treasury", flow).slice(0, 32)}`;
}
