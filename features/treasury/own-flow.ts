const PREFIX = "COCITY-";

/** The id of a flow that this application writes; outcomes name it, by which they are known to be of one of its orders. */
export function ownFlowId(istatCode: string, instant: Date): string {
  return `${PREFIX}${istatCode}-${instant.toISOString().replaceAll(/\D/g, "").slice(0, 17)}`;
}

export function isOwnFlow(id: string): boolean {
  return id.startsWith(PREFIX);
}
