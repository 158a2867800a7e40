/** What a function of one municipality is given of another's, by name and type of the parameter. */
import { randomUUID } from "node:crypto";
import { viewOf as moneyViewOf } from "@/features/control-room/view";
import { paymentQuery } from "@/features/funds/payment-list";
import { queueOf } from "@/features/office/queue";
import { db } from "@/lib/db";
import type { Viewer } from "@/lib/permissions";
import type { Actor } from "@/protocol/primitives";
import type { Exported, Parameter } from "./signatures";
import { mostSampled, type Town } from "./town";

export type Scene = { own: Town; other: Town; viewer: Viewer; sample: number };

/** Types of parameters that say for which municipality a function works. */
const owners: Readonly<Record<string, (scene: Scene) => unknown>> = {
  Actor: ({ own, viewer }): Actor => actorOf(own, viewer),
  Commenter: ({ own, viewer }) => ({ municipality: own.istatCode, person: viewer.id }),
  Moderator: ({ own, viewer }) => ({ municipality: own.istatCode, viewer }),
  Proponent: ({ own, viewer }) => ({ municipality: own.istatCode, person: viewer.id }),
  Voter: ({ own, viewer }) => ({ municipality: own.istatCode, person: viewer.id }),
  KeyHolder: ({ own, viewer }) => ({ municipality: own.istatCode, person: viewer.id }),
  Uploader: ({ own, viewer }) => ({ municipality: own.istatCode, person: viewer.id }),
  Administrator: ({ own, viewer }) => actorOf(own, viewer),
  Scope: (scene) => ({
    ...{ municipality: scene.own.istatCode, day: "2026-11-22" },
    view: moneyViewOf(scene.own === scene.other ? {} : { bene: of("commons")(scene) }),
  }),
  "{ istatCode: string; slug: string }": ({ own }) => viewOf(own),
  "{ istatCode: string; name: string }": ({ own }) => viewOf(own),
  "{ istatCode: string; slug: string; name: string }": ({ own }) => viewOf(own),
};

/** Make something new for their own municipality and are given nothing that could be another's. */
const makers = new Set([
  ...["registerPayee", "registerCosigner", "changeRoll", "copyRoll", "deskOf", "keepText"],
  // Follows what it has just handed in, or joined.
  "followOwn",
  ...["giveFeedback", "saveProfile", "setAddress", "saveFrequencies", "markAllRead"],
  ...["storeUpload", "storeFile", "receiveAct", "receivePaper", "recordBinding", "requireRoomForUpload"],
  ...[
    "prepareImport",
    "saveTreasuryCodes",
    "prepareMap",
    "keepReceived",
    "saveEmblem",
    "sendTestMail",
    "writeNewsletter",
    "checkSignIn",
  ],
  // Of the page's own request: the browser's tests ask for it.
  ...["headerViewer", "rememberDone", "lastDone"],
]);

export function isOfOneMunicipality({ name, parameters }: Exported): boolean {
  return !makers.has(name) && parameters.some(isOwner);
}

/** How many times a function is called, so that every kind of id has its turn. */
export function samplesFor({ parameters }: Exported, other: Town): number {
  return parameters.some(({ name }) => name === "id" || name === "slug")
    ? everyId(other).length
    : mostSampled;
}

/** @throws Error for a parameter that this list does not know: say here what another municipality's is. */
export function argument(parameter: Parameter, scene: Scene): unknown {
  if (isOwner(parameter)) return owners[parameter.type]?.(scene) ?? scene.own.istatCode;
  const make = parameters[parameter.name] ?? ofType(parameter.type);
  if (!make)
    throw new Error(`tests/e2e/isolation/arguments.ts does not know ${parameter.name}: ${parameter.type}`);
  return make(scene, parameter);
}

/** What is taken apart where it is declared has no name, only a type. */
function ofType(type: string): ((scene: Scene) => unknown) | undefined {
  if (type.startsWith("Authority")) return authority;
  if (type === "SubscriptionSubject") return (scene) => ({ kind: "commons", subject: of("commons")(scene) });
  if (/^(NewsletterWords & )?\{ id: string; revision: number \}$/.test(type))
    return (scene) => ({
      ...{ id: of("Newsletter")(scene), revision: 1, districts: [] },
      ...{ titleIt: "Una prova", textIt: "Una prova.", titleEn: "A trial", textEn: "A trial." },
    });
  if (type === "{ id: string; command: string }")
    return (scene) => ({ id: of("Newsletter")(scene), command: randomUUID() });
  if (type === "CentreFilter") return () => ({ pagina: 1 });
  if (type === "Written")
    return (scene) => ({ kind: "remark", text: "Una prova.", replyTo: of("Comment")(scene) });
  if (type === "MeetingAbout") return (scene) => ({ type: "proposal", id: of("proposal")(scene) });
  if (type === "MeetingFilter") return () => ({ pagina: 1 });
  if (type === "Minutes") return () => ({ minutes: "Una prova.", attendance: 1 });
  if (type.startsWith("{ reason: string; text: string }")) return () => ({ reason: "insults", text: "" });
  if (type.startsWith("{ outcome:")) return () => ({ outcome: "reverse", reasons: "Una ragione." });
  if (type.startsWith("{ sort")) return () => ({});
  if (type === "PictureSubject") return (scene) => ({ type: "proposal", id: of("proposal")(scene) });
  if (type === "PictureDetails")
    return (scene) => ({
      about: { type: "house", id: of("House")(scene) },
      commons: scene.sample % 2 === 0 ? of("commons")(scene) : null,
    });
  if (type.startsWith("StepValues")) return (scene) => stepSave(scene).values;
  if (type === "View") return (scene) => moneyViewOf({ bene: of("commons")(scene) });
  return type.startsWith("{ step: Step; values: StepValues }") ? stepSave : undefined;
}

/** A function's arguments, those that have to be read first included. */
export async function argumentsOf(exported: Exported, scene: Scene): Promise<unknown[]> {
  return Promise.all(exported.parameters.map((parameter) => argument(parameter, scene)));
}

function isOwner({ name, type }: Parameter): boolean {
  return type in owners || (name === "municipality" && /^string\b/.test(type));
}

function viewOf({ istatCode, slug, name }: Town) {
  return { istatCode, slug, name };
}

function actorOf({ istatCode: municipality }: Town, viewer: Viewer): Actor {
  const held = viewer.roles.find((role) => role.municipality === municipality);
  if (!held) throw new Error("whoever asks holds no role");
  return { municipality, person: viewer.id, organisation: held.organisation, role: held.role };
}

function everyId({ records }: Town): { id: string; slug?: string }[] {
  return Object.values(records).flat();
}

const of =
  (table: string) =>
  ({ other, sample }: Scene): string => {
    const rows = other.records[table] ?? [];
    const row = rows[sample % rows.length];
    return row?.id ?? randomUUID();
  };
const anyId = ({ other, sample }: Scene) => everyId(other)[sample]?.id ?? "";
const digest = ({ other, sample }: Scene) => other.digests[sample % other.digests.length] ?? "";
const act = { kind: "determina", number: "1", date: "2026-11-01", body: "Ufficio", file: "a".repeat(64) };
const days = { opensOn: "2026-11-01", closesOn: "2026-12-31", startsOn: "2026-12-01", endsOn: "2027-12-01" };

const parameters: Readonly<Record<string, (scene: Scene, parameter: Parameter) => unknown>> = {
  id: anyId,
  slug: ({ other, sample }) => everyId(other)[sample]?.slug ?? everyId(other)[sample]?.id,
  call: of("call"),
  proposal: (scene, { type }) =>
    type === "string" ? of("proposal")(scene) : { id: of("proposal")(scene), reasonDigest: digest(scene) },
  commons: (scene, { type }) =>
    type.startsWith("string") && !type.includes("[]") ? of("commons")(scene) : [of("commons")(scene)],
  round: async (scene, { type }) => {
    const id = of("round")(scene);
    if (type === "string") return id;
    const { roundById } = await import("@/features/rounds/queries");
    return roundById(scene.other.istatCode, id);
  },
  pact: of("pact"),
  draft: (scene, { type }) =>
    type === "Proposal"
      ? { id: of("Proposal")(scene), step: "where", dossier: {}, commons: of("commons")(scene) }
      : of("Proposal")(scene),
  cup: () => undefined,
  parts: (scene) => [{ line: of("budget_line")(scene), amountCents: 1 }],
  milestone: of("milestone"),
  commitment: of("commitment"),
  attachment: of("Attachment"),
  upload: of("Attachment"),
  party: () => "party-comune",
  key: (scene) => of("ballot")(scene).split("/")[1],
  digest,
  code: (scene) => (scene.sample === 0 ? of("transaction")(scene) : digest(scene)),
  transactionId: of("transaction"),
  typed: () => "Nessuno Di Qui",
  person: () => randomUUID(),
  paper: () => undefined,
  renewal: (scene) => ({ tx: db, id: randomUUID(), renews: of("pact")(scene) }),
  papers: (scene, { type }) =>
    type.includes("RecordOf") ? [{ id: anyId(scene), asked: askedOnPaper(scene) }] : [anyId(scene)],
  asked: askedOnPaper,
  said: (scene) => ({ person: randomUUID(), asked: askedOnPaper(scene) }),
  made: () => ({ credential: "AAEC", spki: "MFkw", algorithm: -7 }),
  concerned: () => ({ person: randomUUID(), organisation: "Comune" }),
  first: () => undefined,
  hash: digest,
  hashes: ({ other }) => other.digests,
  ids: (scene) => [of("proposal")(scene)],
  proposals: (scene) => [{ id: of("proposal")(scene), commons: of("commons")(scene) }],
  rows: (scene) => [{ transactionId: of("transaction")(scene) }],
  comment: of("Comment"),
  newsletter: of("Newsletter"),
  invitation: of("CoAuthorInvitation"),
  addedBy: () => randomUUID(),
  others: (scene) => ({ type: "proposal", id: of("proposal")(scene) }),
  joining: (scene) => ({ code: digest(scene).slice(0, 12), showName: true }),
  people: () => [randomUUID()],
  districts: () => [],
  inCase: of("CommentCase"),
  revision: () => 1,
  reasons: () => "Una ragione di prova.",
  about: (scene) => ({ type: "proposal", types: ["proposal"], id: of("proposal")(scene), public: true }),
  files: () => [],
  chosen: () => 1,
  level: () => 2,
  write: () => async () => undefined,
  importId: () => randomUUID(),
  draftId: () => randomUUID(),
  credit: () => "Nessuno",
  cards: (scene) => [{ id: of("commons")(scene) }],
  part: () => "outlines",
  commitments: (scene) => [{ id: of("commitment")(scene), milestones: [], reports: [] }],
  states: () => ["submitted", "published", "under_assessment", "integration_requested", "admitted"],
  viewer: ({ viewer }, { type }) => (type.startsWith("string") ? viewer.id : viewer),
  tx: () => db,
  command: () => randomUUID(),
  filter: () => ({}),
  portion: () => ({ most: 5 }),
  query: () => paymentQuery({}),
  queue: () => queueOf({}, "it"),
  from: (scene) => ({ queue: queueOf({}, "it"), done: duty(scene) }),
  of: duty,
  duties: () => [],
  keys: () => [],
  subjects: (scene) => [of("subject")(scene)],
  day: () => "2026-11-22",
  per: () => "commons",
  exact: () => true,
  year: () => 2026,
  assignment: (scene) => ({ of: duty(scene), assignee: null, revision: 0 }),
  numbering: (scene) => ({ of: duty(scene), number: "1/2026", revision: 0 }),
  told: (scene) => ({ house: of("House")(scene), revision: 0, hours: "", email: "", phone: "", text: "" }),
  named: (scene) => ({
    ...{
      command: randomUUID(),
      house: of("House")(scene),
      name: "Nessuno",
      task: "prova",
      email: "",
      phone: "",
    },
    agreedOn: days.opensOn,
  }),
  housePlace: (scene) => ({
    ...{ house: of("House")(scene), revision: 0, name: "Casa di prova", address: "via della Prova 1" },
    ...{ district: null, lat: null, lon: null },
  }),
  item: (scene) => ({ house: of("House")(scene), id: randomUUID() }),
  happening: (scene) => ({
    ...{ command: randomUUID(), house: of("House")(scene), title: "Una prova", place: "", text: "" },
    ...{ startsAt: new Date("2026-12-01T12:00:00Z"), endsAt: new Date("2026-12-01T13:00:00Z") },
  }),
  consent: (scene) => ({ proposal: of("proposal")(scene), channel: "email", contact: "a@example.org" }),
  period: () => ({}),
  calendar: () => "calls",
  locale: () => "it",
  cardSubject: ({ sample }) => (sample % 2 === 0 ? "commons" : "rounds"),
  most: () => 5,
  centre: () => ({ lat: 45.07, lon: 7.68 }),
  shown: () => [],
  withCase: () => true,
  terms: () => ({ groupSize: 20, graceMinutes: 60, publishDays: 7, noticeHours: 0 }),
  secret: digest,
  station: of("House"),
  sheets: (_, { type }) =>
    type === "number"
      ? 20
      : type.includes("Sheet")
        ? Array.from({ length: 10 }, () => ({ choices: [1] }))
        : { given: 10, spoiled: 0, unused: 10, lost: 0, cast: 10 },
  fiscalNumber: () => "RSSMRA85T10A562S",
  deskCode: () => new Uint8Array(15),
  bundle: () => 1,
  incidents: () => "",
  bucket: () => 0,
  block: () => 0,
  isTold: () => true,
  transaction: () => "funds:commit",
  input: () => ({}),
  form: (scene) => {
    const form = new FormData();
    form.set("documentUpload", of("Attachment")(scene));
    return form;
  },
  field: () => "document",
  roles: ({ viewer }) => viewer.roles,
  desk: () => ({}),
  choices: () => [1],
  kind: () => "support",
  text: () => "Un testo di prova.",
  reason: () => "Una ragione di prova.",
  closesAt: () => new Date("2026-12-01T12:00:00Z"),
  replyTo: of("Comment"),
  act: (scene, { type }) => (type.startsWith("ActValue") ? act : { act, upload: of("Attachment")(scene) }),
  request: () => ({ reason: "Manca qualcosa.", dueOn: "2026-12-31" }),
  score: () => ({ points: { "criterion-1": 100 }, reason: "Una ragione." }),
  decision: (scene) => ({
    ...{ act, reason: "Una ragione.", upheld: true, funded: true, acceptedCents: 100 },
    ...{ upload: of("Attachment")(scene), proposal: of("proposal")(scene) },
  }),
  merge: (scene) => ({ into: of("proposal")(scene), act, upload: of("Attachment")(scene) }),
  exclusion: (scene) => ({ act, reason: "Una ragione.", upload: of("Attachment")(scene) }),
  rollSize: () => 10,
  origin: () => "http://localhost:3000",
  author: ({ viewer }) => viewer.id,
  page: () => 1,
  only: () => ({}),
  type: () => "payment",
  wanted: (_, { type }) => (type.startsWith("number") ? 1 : "2026-11-22"),
  now: () => new Date(),
  root: of("Comment"),
  without: () => null,
  inputs: (scene) => [{ proposal: of("proposal")(scene), reasonDigest: digest(scene) }],
  acts: (scene) => [{ act: JSON.stringify({ proposal: of("proposal")(scene) }) }],
  signature: () => ({
    texts: [],
    assertion: { credential: "AA", authenticatorData: "AA", clientDataJSON: "AA", signature: "AA" },
  }),
  extension: (scene) => ({ closesOn: days.closesOn, act, upload: of("Attachment")(scene) }),
  received: (scene) => ({ act, upload: { id: of("Attachment")(scene) } }),
  evidence: (scene) => [{ id: of("Attachment")(scene), hash: "a".repeat(64) }],
  report: (scene) => ({ id: of("Attachment")(scene), hash: "a".repeat(64) }),
  document: (scene) => ({ id: of("Attachment")(scene), hash: "a".repeat(64) }),
  insurance: (scene) => ({
    document: { id: of("Attachment")(scene), hash: "a".repeat(64) },
    validUntil: days.endsOn,
  }),
  briefing: (scene) => ({
    document: { id: of("Attachment")(scene), hash: "a".repeat(64) },
    heldOn: days.opensOn,
  }),
  outcome: (scene) => ({
    ...{ paid: true, reference: "1", on: days.opensOn },
    document: { id: of("Attachment")(scene), hash: "a".repeat(64) },
  }),
  recovery: (scene) => ({
    ...{ amountCents: 1, reference: "1" },
    document: { id: of("Attachment")(scene), hash: "a".repeat(64) },
  }),
  reduction: () => ({ amountCents: 1, reason: "Una ragione." }),
  amountCents: () => 100,
  found: () => "stands",
  orderNumber: () => "M-1",
  change: () => ({ budgetCents: 100_000_000, act }),
  plan: () => ({
    milestones: [{ title: "Lavori", deliverable: "Lavori", dueOn: days.endsOn, amountCents: 1 }],
    reports: [],
  }),
  row: () => ({ legalBasis: "una norma" }),
  approval: () => ({ transaction: "pacts:approveGiunta", act }),
  seen: () => ({ party: "party-comune", version: 1, documentHash: "a".repeat(64) }),
  event: (scene) => of("transaction")(scene),
  abouts: (scene) => [{ type: "commons", id: of("commons")(scene) }],
  interruption: () => ({ transaction: "pacts:suspend", reason: "Una ragione." }),
  words: () => () => ({}),
  save: (scene) => stepSave(scene),
  release: (scene) => authority(scene),
  withdrawal: () => ({ act, reason: "Una ragione di prova." }),
  recognition: () => ({ act, code: "12345678903" }),
  basis: digest,
  values: (scene, { type }) => {
    const make = forms[/^\w+/.exec(type)?.[0] ?? ""];
    if (!make) throw new Error(`tests/e2e/isolation/arguments.ts does not know the values of ${type}`);
    return make(scene);
  },
};

function duty(scene: Scene) {
  return { transaction: "payments:check", record: of("payment")(scene) };
}

function askedOnPaper(scene: Scene) {
  return {
    transaction: "pacts:sign",
    id: of("pact")(scene),
    party: "party-comune",
    version: 1,
    documentHash: digest(scene),
  };
}

function stepSave(scene: Scene) {
  return {
    ...{ step: "where", revision: 0 },
    values: { answers: {}, place: { existing: of("commons")(scene) } },
  };
}

/** An act with what it decides, of whatever exception it is for. */
function authority(scene: Scene) {
  return {
    ...{ act, upload: of("Attachment")(scene), reason: "Una ragione di prova.", amountCents: 100 },
    ...{ milestone: of("milestone")(scene), costCents: 100, line: of("budget_line")(scene) },
    representative: randomUUID(),
  };
}

/** Forms whose lists and references are all the other municipality's. */
const forms: Readonly<Record<string, (scene: Scene) => object>> = {
  MeetingWords: () => ({
    ...{ title: "Una prova", place: "Qui", link: "", language: "it", agenda: "Una prova." },
    ...{ startsAt: new Date("2027-06-01T16:00:00Z"), endsAt: new Date("2027-06-01T18:00:00Z") },
  }),
  CallValues: (scene) => ({
    ...{ title: "Una prova", summary: "Una prova.", objectives: "Provare.", whoMay: "Chi prova." },
    ...{ documentsAsked: "", scopes: ["A"], rolling: true, criteria: [], threshold: 70, requiredScores: 1 },
    ...{
      maxCostCents: 1_00n,
      lines: [of("budget_line")(scene)],
      opensOn: "2026-11-01",
      closesOn: "2026-12-31",
    },
  }),
  RoundValues: (scene) => ({
    ...{
      title: "Una prova",
      summary: "Una prova.",
      ballotType: "approval",
      least: 1,
      most: 1,
      opensOn: "2026-11-01",
    },
    ...{ rule: { kind: "greedy" }, budgetCents: 1_00n, proposals: [of("proposal")(scene)] },
    ...{ closesAt: new Date("2026-12-01T12:00:00Z"), requiredAttestations: 2, objectionDays: 0 },
  }),
  PactValues: () => ({
    ...{ title: "Una prova", form: "ordinary", content: {}, parties: [] },
    ...{ startsOn: "2026-12-01", endsOn: "2027-12-01" },
  }),
  SettingsValues: (scene) => ({
    settings: {
      ...{ leastAge: 99, longestPactYears: 1, votingDays: 9, objectionDays: 9, challengeDays: 9 },
      ...{ publishGrantsAboveCents: 1, cigRequired: false },
    },
    ...{ act, upload: of("Attachment")(scene) },
  }),
  OfficeProposal: (scene) => ({
    ...{ person: randomUUID(), role: "assessor", from: days.startsOn, act },
    ...{ substituteFor: of("office")(scene), upload: of("Attachment")(scene) },
  }),
  OriginProposal: (scene) => ({ origin: "https://new.example", act, upload: of("Attachment")(scene) }),
  OriginChange: () => ({ part: "Case", origin: "https://new.example" }),
  LineValues: () => ({ fund: "Fondo", name: "Linea", year: 2026, kind: "current", budgetCents: 1_00, act }),
  CommitmentValues: (scene) => ({
    ...{ line: of("budget_line")(scene), pact: of("pact")(scene), payee: of("subject")(scene) },
    ...{ beneficiary: of("subject")(scene), type: "goods", amountCents: 1_00, act },
  }),
};
