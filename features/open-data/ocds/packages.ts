/** Release and record packages (OCDS 1.1), written in parts as releases come: no process is held in memory. */
import { type JsonObject, mergeRelease } from "./merge";
import type { Release } from "./releases";

export type PackageHead = {
  /** Address of the package. */
  uri: string;
  publisher: string;
  licence: string;
  publicationPolicy: string;
};

export type ProcessReleases = { ocid: string; releases: AsyncIterable<Release> };

/** @param processes each with at least one release */
export async function* releasePackage(
  head: PackageHead,
  processes: AsyncIterable<ProcessReleases>,
): AsyncGenerator<string> {
  yield `${opening(head)},"releases":[`;
  let last = "";
  let comma = "";
  for await (const { releases } of processes) {
    for await (const release of releases) {
      yield `${comma}\n${JSON.stringify(release)}`;
      comma = ",";
      if (release.date > last) last = release.date;
    }
  }
  yield `\n],"publishedDate":${JSON.stringify(last)}}\n`;
}

/** @param processes each with at least one release */
export async function* recordPackage(
  head: PackageHead,
  processes: AsyncIterable<ProcessReleases>,
): AsyncGenerator<string> {
  yield `${opening(head)},"records":[`;
  let last = "";
  let comma = "";
  for await (const { ocid, releases } of processes) {
    yield `${comma}\n{"ocid":${JSON.stringify(ocid)},"releases":[`;
    comma = ",";
    let merged: JsonObject = {};
    let date = "";
    for await (const release of releases) {
      yield `${date && ","}\n${JSON.stringify(release)}`;
      merged = mergeRelease(merged, release);
      date = release.date;
    }
    const compiled = { ...merged, id: `${ocid}-${date}`, date, tag: ["compiled"] };
    yield `\n],"compiledRelease":${JSON.stringify(compiled)}}`;
    if (date > last) last = date;
  }
  yield `\n],"publishedDate":${JSON.stringify(last)}}\n`;
}

/** The members of a package without its contents, and without the brace that ends it. */
function opening({ uri, publisher, licence, publicationPolicy }: PackageHead): string {
  const members = {
    uri,
    version: "1.1",
    publisher: { name: publisher },
    license: licence,
    publicationPolicy,
  };
  return JSON.stringify(members).slice(0, -1);
}
