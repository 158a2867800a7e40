// "Who may import whom": the folders' rules, checked by `npm run imports` and by `npm test`.
// TypeScript 7 has no JavaScript API to read sources with, so swc does.

const programs = "^(scripts|services|deploy|tests|prisma/seed)/";
const test = "\\.test\\.tsx?$";
const protocol = "^protocol/";

/** What a folder may import of the repository; packages are free unless another rule says otherwise. */
const only = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: "error",
  from: { path: from, pathNot: [test, "/test/"] },
  to: {
    path: ["^[^/]+/", "^[^/]+\\.tsx?$"],
    pathNot: ["^node_modules/", ...allowed],
    dependencyTypesNot: ["core"],
  },
});

/** Files that hold a database client or a query. */
const seesPrisma = [
  "^lib/db\\.ts$",
  "^lib/(auth|permissions|action-client|kept-form|session|rate-limit|roles-held)\\.ts$",
  "^lib/federation/(sign-ins|register)\\.ts$",
  "^lib/anpr/lookups\\.ts$",
  "^features/[^/]+/[a-z-]*(queries|service)\\.ts$",
  "^ledger/client/(outbox|projection|identities)/",
  "^ledger/client/(process|proof|health)\\.ts$",
];

/** Decisions without input or output, clock or randomness. */
const pure = ["^voting/", "^protocol/", "^features/[^/]+/rules\\.ts$", "^chaincode/src/domain/"];

module.exports = {
  forbidden: [
    {
      name: "no-unknown",
      comment: "Every import leads somewhere.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "no-circle",
      comment: "Two modules that need each other are one module, or three.",
      severity: "error",
      from: { pathNot: "^generated/" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "nothing-imports-app",
      comment: "app/ holds routes; nothing there is called by another folder.",
      severity: "error",
      from: { pathNot: ["^app/", "^tests/"] },
      to: { path: "^app/" },
    },
    {
      name: "programs-are-not-imported",
      comment: "Programs and tests may import anything; nothing else imports them.",
      severity: "error",
      from: { pathNot: [programs, test] },
      to: { path: programs },
    },
    only("app", "app → features, components, lib", "^app/", ["^app/", "^features/", "^components/", "^lib/"]),
    only("components", "components → lib", "^components/", ["^components/", "^lib/"]),
    only(
      "features",
      "features → lib, ledger, voting, components, the protocol; another feature's queries, service, rules",
      "^features/",
      [
        "^features/",
        "^lib/",
        "^ledger/",
        "^voting/",
        "^components/",
        protocol,
        "^chaincode/src/domain/",
        "^generated/prisma/",
        // Types of what the verifier tells a page: it runs in a worker of its own.
        "^verifier/(browser-messages|findings|verify-round)\\.ts$",
      ],
    ),
    {
      name: "domain-in-rules-only",
      comment: "Of a feature only rules.ts may use the chaincode's own rules.",
      severity: "error",
      from: { path: "^features/", pathNot: ["^features/[^/]+/rules\\.ts$", test] },
      to: { path: "^chaincode/src/domain/" },
    },
    {
      name: "features-by-their-door",
      comment: "Another feature is reached through its queries, service, rules or words.",
      severity: "error",
      from: { path: "^features/([^/]+)/" },
      to: {
        path: "^features/",
        pathNot: ["^features/$1/", "^features/[^/]+/[a-z-]*(queries|service|rules|words)\\.ts$"],
      },
    },
    only("lib", "lib → the protocol", "^lib/", ["^lib/", protocol, "^generated/prisma/", "^messages/"]),
    only("database-process", "The database process stands alone.", "^services/database/", [
      "^services/database/",
    ]),
    only(
      "ledger-client",
      "ledger/client → lib/{db,env,log,intention,acts-to-sign,personal-codes}, ledger/evidence, the protocol",
      "^ledger/client/",
      [
        "^ledger/(client|evidence)/",
        "^lib/(db|env|log|encryption|errors|intention|acts-to-sign|personal-codes)\\.ts$",
        protocol,
        // The signatures of acts are checked by the code of the chaincode.
        "^chaincode/src/ledger/checks\\.ts$",
        "^generated/prisma/",
      ],
    ),
    only(
      "evidence",
      "ledger/evidence is alone: reading and checking blocks within bounds",
      "^ledger/evidence/",
      ["^ledger/evidence/"],
    ),
    only(
      "network",
      "ledger/network → ledger/client's own files, the protocol, lib/programs",
      "^ledger/network/",
      ["^ledger/network/", "^ledger/client/[^/]+\\.ts$", "^lib/programs\\.ts$", protocol],
    ),
    only("embedded", "ledger/embedded → ledger/evidence, voting, the protocol", "^ledger/embedded/", [
      "^ledger/(embedded|evidence)/",
      "^voting/",
      protocol,
    ]),
    only("chaincode", "chaincode → voting, the protocol", "^chaincode/", [
      "^chaincode/",
      "^voting/",
      protocol,
    ]),
    only(
      "verifier",
      "verifier → ledger/evidence, voting, the protocol: it trusts no server's code",
      "^verifier/",
      ["^verifier/", "^ledger/evidence/", "^voting/", protocol],
    ),
    only("protocol", "the protocol is alone", protocol, [protocol]),
    only("voting", "voting → canonical JSON of the protocol", "^voting/", [
      "^voting/",
      "^protocol/canonical-json\\.ts$",
    ]),
    {
      name: "pure-does-no-io",
      comment: "voting, rules.ts and chaincode/src/domain do no I/O; bytes may be hashed and checked.",
      severity: "error",
      from: { path: pure, pathNot: test },
      to: { dependencyTypes: ["core"], pathNot: "^(node:)?crypto$" },
    },
    {
      name: "prisma-is-seen-by-few",
      comment: "Rows stay with those who ask for them: no Prisma type reaches a page.",
      severity: "error",
      from: { pathNot: [...seesPrisma, programs, test, "^generated/", "^prisma/", "^prisma\\.config\\.ts$"] },
      to: { path: ["^generated/prisma/", "^node_modules/@prisma/", "^node_modules/prisma/"] },
    },
    {
      name: "the-client-is-seen-by-few",
      comment: "As for Prisma itself; the worker closes what it opened.",
      severity: "error",
      from: { pathNot: [...seesPrisma, programs, test] },
      to: { path: "^lib/db\\.ts$" },
    },
    {
      name: "alone-without-environment",
      comment: "Programs that stand alone take arguments.",
      severity: "error",
      from: {
        path: [
          "^ledger/(embedded|network|evidence)/",
          "^protocol/",
          "^voting/",
          "^chaincode/",
          "^services/database/",
          "^verifier/",
        ],
      },
      to: { path: "^lib/env\\.ts$" },
    },
  ],
  options: {
    parser: "swc",
    doNotFollow: { path: ["node_modules", "^generated/", "/dist/"] },
    exclude: { path: ["/dist/", "/build/"] },
    webpackConfig: { fileName: ".dependency-cruiser.resolve.cjs" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".cjs", ".json", ".d.ts"],
    },
  },
};
