/** What is published of whoever is paid. Pure. */
export { leftOver } from "@/chaincode/src/domain/left-over";
export { hasEnded } from "@/protocol/records/pacts";

/** A natural person's name is not published here: what is paid to whom by law is in the list of grants. */
export function publishedName({ name, kind }: { name: string; kind: string }): string {
  return kind === "person" ? "" : name;
}
