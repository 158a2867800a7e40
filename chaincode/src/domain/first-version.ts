/** What the first version of this chaincode kept no key for is found among the records themselves. */
import type { RecordOf } from "../../../protocol/records";
import type { Tx } from "./tx";

/** All proposals of a municipality whose chain the first version began; none where every proposal has its keys. */
export async function proposalsWithoutKeys(tx: Tx): Promise<RecordOf<"proposal">[]> {
  const { hasFirstVersion } = await tx.need("municipality", tx.municipality);
  return hasFirstVersion ? tx.list("proposal") : [];
}
