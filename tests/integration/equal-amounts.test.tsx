/** What was asked for is the same sum wherever it is read: ledger, pages, files, contracting data, orders for the treasury. */
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { strFromU8, unzipSync } from "fflate";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { prerender } from "react-dom/static.edge";
import { beforeAll, expect, it } from "vitest";
import { digest } from "@/chaincode/testing/keys";
import { commitment, friendsCode, payAct, plan, withActive } from "@/chaincode/testing/pact-story";
import { people } from "@/chaincode/testing/people";
import { decimalOf, type TableFormat } from "@/lib/export/table";
import { formatMoney } from "@/lib/format";
import { tableIn } from "@/lib/pdf/test/read-table";
import messages from "@/messages/it.json";
import type { RecordOf } from "@/protocol/records";
import { projectCity } from "../open-data/project-city";
import { RecordedCity } from "../open-data/recorded-city";
import { sampleSeed } from "../seed";
import { request, serverActions } from "./actions/request";
import { settle, torino } from "./actions/town";
import { takeOffice } from "./register-rows";

const { db } = await serverActions();
const { default: FundsPage } = await import("@/app/[locale]/[municipality]/funds/page");
const { default: PaymentPage } = await import("@/app/[locale]/[municipality]/funds/[payment]/page");
const { default: ControlRoomPage } = await import("@/app/[locale]/[municipality]/control-room/page");
const { paymentsFile } = await import("@/features/funds/payment-file-queries");
const { controlRoomFile } = await import("@/features/control-room/file-queries");
const { openDataFile } = await import("@/features/open-data/file-queries");
const { treasuryFile } = await import("@/features/treasury/file-queries");

const seed = sampleSeed();
/** Each above all that are recovered. Few, so that every page shows all of them. */
const [amounts = []] = fc.sample(
  fc.uniqueArray(fc.integer({ min: 1_001, max: 99_999 }), { minLength: 6, maxLength: 9 }),
  { numRuns: 1, seed },
);
const [recovered = 1] = fc.sample(fc.integer({ min: 1, max: 1_000 }), { numRuns: 1, seed });
const ids = amounts.map((_, index) => `payment-${index + 1}`);
/** The first is paid and partly recovered, the second paid, the third returned; others are ordered. */
const [first = "", second = "", third = ""] = ids;
let city: RecordedCity;

beforeAll(async () => {
  await settle(db);
  await db.municipality.update({ where: { istatCode: torino }, data: { settings: { demo: true } } });
  city = await RecordedCity.founded();
  await withActive(city);
  await city.submit(people.officer, "funds:commit", commitment());
  await city.submit(people.officer, "funds:planMilestones", plan([1_000_000]));
  const milestone = "commitment-1-m1";
  await city.submit(people.resident, "milestones:submitEvidence", {
    ...{ id: milestone, evidence: [digest("photo")] },
  });
  await city.submit(people.coordinator, "milestones:verify", { id: milestone, reportHash: digest("visit") });
  await city.advanceTo("2026-02-16");
  await city.submit(people.officer, "milestones:accept", { id: milestone, acceptedCents: 1_000_000 });
  await city.submit(people.officer, "funds:publishGrant", {
    ...{ commitment: "commitment-1", digest: digest("row") },
  });
  for (const [index, amountCents] of amounts.entries()) {
    const id = ids[index] ?? "";
    await city.submit(people.resident, "payments:request", { id, milestone, amountCents });
    await city.submit(people.officer, "payments:check", { id });
    await city.submit(people.accountant, "payments:liquidate", { id, act: payAct(`l ${index}`) });
    await city.submit(people.secondAccountant, "payments:order", { id, orderNumber: `${index + 1}/2026` });
  }
  const outcome = (id: string) => ({
    ...{ id, reference: `CRO ${id}`, on: "2026-02-16", documentHash: digest(id) },
  });
  for (const id of [first, second]) await city.submit(people.treasurer, "payments:recordPaid", outcome(id));
  await city.submit(people.treasurer, "payments:recordReturned", outcome(third));
  await city.submit(people.treasurer, "payments:recover", {
    ...{ id: first, amountCents: recovered, reference: "CRO back", documentHash: digest("back") },
  });
  await db.subject.create({
    data: {
      ...{ municipality: torino, id: "garden-friends", kind: "association", name: "Amici del giardino" },
      ...{ representative: people.resident.person, salt: "0".repeat(64), fiscalCode: friendsCode },
    },
  });
  await projectCity(db, city);
  await db.treasuryCodes.create({ data: { municipality: torino, codes, changedBy: "treasurer" } });
  await db.person.create({ data: { id: "treasurer", displayName: "Persona di prova" } });
  await takeOffice(db, {
    ...{ person: "treasurer", municipality: torino, organisation: "Comune", role: "treasurer" },
  });
  request.person = "treasurer";
});

const codes = {
  ...{ office: "UFABCD", siope: "000123456", taxCode: "00514490010", bankEntity: "0001234" },
  ...{ bankCode: "01234", entityName: "Comune di prova", ownChannel: "A2A-00000001" },
  ...{ bankChannel: "A2A-00000002", currentCode: "1040401001", investmentCode: "2030401001" },
  ...{ stampDuty: "exempt", stampDutyReason: "D.Lgs. 117/2017, art. 82" },
};

type Row = { amount: bigint; recovered: bigint };

/** By payment, as the ledger has them; `only` in these states. */
function onLedger(...only: string[]): Map<string, Row> {
  const payments = city.state.all<RecordOf<"payment">>(torino, "payment");
  return new Map(
    payments
      .filter(({ state }) => only.length === 0 || only.includes(state))
      .map(({ id, amountCents, recoveredCents }) => [
        id,
        { amount: BigInt(amountCents), recovered: BigInt(recoveredCents) },
      ]),
  );
}

const here = new Request("http://localhost:3000/x");
const filesOf = {
  payments: (format: TableFormat) => paymentsFile(here, "torino", format),
  "control room": (format: TableFormat) => controlRoomFile(here, "torino", `payments.${format}`),
};

it(`on the ledger it is what was asked for (seed ${seed})`, () => {
  expect([...onLedger().values()].map(({ amount }) => Number(amount)).sort((a, b) => a - b)).toEqual(
    [...amounts].sort((a, b) => a - b),
  );
  expect(onLedger().get(first)?.recovered).toBe(BigInt(recovered));
});

it.each(Object.entries(filesOf))(`in CSV, ODS, JSON and PDF of %s (seed ${seed})`, async (_, fileOf) => {
  const csv: Record<string, string>[] = parse(await (await fileOf("csv")).text(), {
    ...{ bom: true, delimiter: ";", columns: true },
  });
  const json = (await (await fileOf("json")).json()) as Record<string, number | string>[];
  const parts = unzipSync(new Uint8Array(await (await fileOf("ods")).arrayBuffer()));
  const rows = strFromU8(parts["content.xml"] ?? new Uint8Array()).split("<table:table-row>");
  const [headings = [], ...printed] = await tableIn(await (await fileOf("pdf")).bytes());
  expect([csv.length, json.length, printed.length]).toEqual([ids.length, ids.length, ids.length]);
  const inPdf = (row: readonly string[] | undefined, heading: string) =>
    row?.[headings.indexOf(heading.replaceAll(" ", ""))];
  for (const [id, { amount, recovered: back }] of onLedger()) {
    expect(csv.find((row) => row.Identificativo === id)).toMatchObject({
      ...{ "Importo in euro": decimalOf(amount, ","), "Recuperato in euro": decimalOf(back, ",") },
    });
    const ofJson = json.find((row) => row.id === id);
    expect([ofJson?.amount_eur, ofJson?.recovered_eur].map((euro) => Number(euro).toFixed(2))).toEqual([
      ...[decimalOf(amount, "."), decimalOf(back, ".")],
    ]);
    const ofOds = rows.find((row) => row.includes(`<text:p>${id}</text:p>`)) ?? "";
    const values = [...ofOds.matchAll(/office:value="([^"]*)"/g)].map(([, value]) => value);
    const ofPdf = printed.find((row) => inPdf(row, "Identificativo") === id);
    expect([inPdf(ofPdf, "Importo in euro"), inPdf(ofPdf, "Recuperato in euro")]).toEqual(
      [amount, back].map((cents) => decimalOf(cents, ",").replace(/^(\d+)(\d{3},)/, "$1.$2")),
    );
    expect(values).toEqual(expect.arrayContaining([decimalOf(amount, "."), decimalOf(back, ".")]));
  }
});

it(`on the pages (seed ${seed})`, async () => {
  const funds = await shown(FundsPage, {});
  const room = await shown(ControlRoomPage, {});
  for (const [id, { amount, recovered: back }] of onLedger()) {
    const single = await shown(PaymentPage, { payment: id });
    const words = [amount, ...(back > 0n ? [back] : [])].map((cents) => formatMoney(cents, "it"));
    for (const word of words) expect(single).toContain(word);
    for (const page of [funds, room]) {
      const row = page.split("<tr").find((cells) => cells.includes(`/${id}"`)) ?? "";
      for (const word of words) expect(row, id).toContain(word);
    }
  }
});

it(`in contracting data, of what was paid and what came back (seed ${seed})`, async () => {
  const url = new Request("http://localhost:3000/api/open-data/torino/ocds/records.json");
  const { records } = await (await openDataFile(url, "torino", "ocds/records.json")).json();
  const { transactions } = records[0].compiledRelease.contracts[0].implementation;
  const told = transactions.map(({ id, value }: { id: string; value: { amount: number } }) => [
    id,
    value.amount.toFixed(2),
  ]);
  const paid = [...onLedger("paid")].flatMap(([id, { amount, recovered: back }]) => [
    [id, decimalOf(amount, ".")],
    ...(back > 0n ? [[`${id}-recovery-1`, decimalOf(back, ".")]] : []),
  ]);
  expect(told.sort()).toEqual(paid.sort());
});

it(`in the orders for the treasury, as a list and as an OPI flow (seed ${seed})`, async () => {
  const url = new Request("http://localhost:3000/x?anno=2026");
  const xml = await (await treasuryFile(url, "torino", "orders.xml")).text();
  const csv: Record<string, string>[] = parse(
    await (await treasuryFile(url, "torino", "orders.csv")).text(),
    { bom: true, delimiter: ";", columns: true },
  );
  const ordered = onLedger("ordered");
  const orders = xml.split("<mandato>").slice(1);
  expect([orders.length, csv.length]).toEqual([ordered.size, ordered.size]);
  for (const [id, { amount }] of ordered) {
    const number = id.replace("payment-", "");
    const order = orders.find((one) => one.includes(`<numero_mandato>${number}<`)) ?? "";
    for (const element of ["importo_mandato", "importo_beneficiario", "importo"])
      expect(order, id).toContain(`<${element}>${decimalOf(amount, ".")}</${element}>`);
    const row = csv.find((one) => Object.values(one)[1]?.replace("'", "") === number);
    expect(Object.values(row ?? {}), id).toContain(decimalOf(amount, ","));
  }
});

/** A page as it is sent. */
async function shown(
  page: (props: never) => Promise<ReactNode>,
  params: Record<string, string>,
): Promise<string> {
  const props = {
    params: Promise.resolve({ locale: "it", municipality: "torino", ...params }),
    searchParams: Promise.resolve({}),
  };
  const { prelude } = await prerender(
    <NextIntlClientProvider locale="it" messages={messages as never} timeZone="Europe/Rome">
      {await page(props as never)}
    </NextIntlClientProvider>,
  );
  return new Response(prelude).text();
}
