import { resolve } from "node:path";
import type { Plugin } from "esbuild";
import { browserVerifier } from "@/lib/programs";
import { bundleForBrowsers } from "./bundle-for-browsers";

/** What a browser has in the place of Node's own: the rest of the verifier is the same code. */
const inItsPlace: Readonly<Record<string, string>> = {
  "verifier/machine/this.ts": "verifier/machine/web-this.ts",
  "ledger/evidence/digest.ts": "verifier/machine/web-digest.ts",
};

/** Packages' services over gRPC, which nothing here calls, would bring Node's network in. */
const leftOut = /_grpc_pb(\.js)?$|^@grpc\/grpc-js$/;
/** Messages that no block holds. */
const notRead = /^\.\/(gossip|discovery|gateway|transientstore)$/;

/** Joins the verifier into one file for a worker of the reader's browser. */
export async function bundleBrowserVerifier(outfile = browserVerifier): Promise<void> {
  await bundleForBrowsers("verifier/browser.ts", outfile, {
    inject: ["verifier/machine/web-buffer.ts"],
    plugins: [forBrowsers],
  });
}

const forBrowsers: Plugin = {
  name: "for-browsers",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: leftOut }, ({ path }) => ({ path, namespace: "left-out" }));
    onResolve({ filter: notRead }, ({ path, importer }) =>
      importer.endsWith("fabric-protos/lib/index.js") ? { path, namespace: "left-out" } : undefined,
    );
    onLoad({ filter: /.*/, namespace: "left-out" }, () => ({ contents: "module.exports = {};" }));
    for (const [node, web] of Object.entries(inItsPlace)) {
      const filter = new RegExp(`${resolve(node).replaceAll(".", "\\.")}$`);
      onLoad({ filter }, () => ({
        contents: `export * from ${JSON.stringify(resolve(web))};`,
        resolveDir: process.cwd(),
      }));
    }
  },
};
