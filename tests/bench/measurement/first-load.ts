import { glob, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { z } from "zod";

const built = ".next";
const buildManifest = z.object({ rootMainFiles: z.array(z.string()) });
const routeManifests = z.record(
  z.string(),
  z.object({ entryJSFiles: z.record(z.string(), z.array(z.string())) }),
);

/**
 * JavaScript of a first visit to each route of the built site, in kB, the largest first: what the build's manifests say that
 * page and layouts load, as the build compressed it with Brotli and the site sends it. What a page loads later, as the map
 * when it is looked at, is not in it.
 */
export async function builtFirstLoads(): Promise<Record<string, number>> {
  const { rootMainFiles } = buildManifest.parse(
    JSON.parse(await readFile(join(built, "build-manifest.json"), "utf8")),
  );
  const sizes = new Map<string, number>();
  const sizeOf = async (file: string) => {
    const size =
      sizes.get(file) ?? (await stat(join(built, `${file}.br`)).catch(() => stat(join(built, file)))).size;
    sizes.set(file, size);
    return size;
  };
  const totals: [route: string, bytes: number][] = [];
  for await (const file of glob(join(built, "server/app/**/page_client-reference-manifest.js"))) {
    const scope = { globalThis: {} as { __RSC_MANIFEST?: unknown } };
    runInNewContext(await readFile(file, "utf8"), scope);
    for (const [route, { entryJSFiles }] of Object.entries(
      routeManifests.parse(scope.globalThis.__RSC_MANIFEST),
    )) {
      const files = new Set([...rootMainFiles, ...Object.values(entryJSFiles).flat()]);
      let bytes = 0;
      for (const each of files) bytes += await sizeOf(each);
      totals.push([route.replace(/\/page$/, "") || "/", bytes]);
    }
  }
  totals.sort(([, a], [, b]) => b - a);
  return Object.fromEntries(totals.map(([route, bytes]) => [route, Math.round(bytes / 102.4) / 10]));
}
