/** A proposal from its first words to its admission, by the pages of residents and offices. */
import type { Page } from "playwright-core";
import { type People, reloadUntil, send, sendAct, signAct } from "./people";

const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Rome" }).format(new Date());
const later = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);

/** A call named after `mark` is published, and a resident proposes. @returns the path of the proposal's page in the office */
export async function propose(
  people: People,
  origin: string,
  { mark, title, file }: { mark: string; title: string; file: string },
): Promise<string> {
  const act = actsOf(mark, file);
  const officer = await people.at("Laura Giordano", "/torino/ufficio/bandi/nuovo");
  await officer.getByRole("checkbox", { name: /Cura e attività/ }).check();
  await send(officer, "form#call", {
    ...{
      title: `Bando ${mark}`,
      summary: "Un bando di prova.",
      objectives: "Provare.",
      whoMay: "Chi prova.",
    },
    ...{
      scopes: "C",
      opensOn: today,
      closesOn: later(30),
      rolling: "on",
      threshold: "70",
      requiredScores: "2",
    },
    ...{ maxCost: "50.000,00", "criterionIt[0]": "Cura", "weight[0]": "100" },
  });
  await officer.locator("form#publish-call").waitFor();
  await sendAct(officer, "form#publish-call", act("DD 1"));
  await reloadUntil(officer, hasForm(officer, "form#extend-call"));

  const resident = await people.at("Giulia Ferrero", "/torino/proponi");
  await resident.getByRole("button", { name: `Comincia per «Bando ${mark}»` }).click();
  await resident.waitForURL(/\/proponi\/.+\/1/);
  const long = "Una risposta di prova, abbastanza lunga da dire qualcosa.";
  await send(resident, "form#step-where", {
    title,
    name: title,
    kind: "square",
    address: "via di prova 1",
  });
  await resident.waitForURL(/\/2$/);
  await send(resident, "form#step-who", { subjectKind: "association", subjectName: `Gruppo ${mark}` });
  await resident.waitForURL(/\/3$/);
  await send(resident, "form#step-why", { needs: long, recipients: long, objectives: long });
  await resident.waitForURL(/\/4$/);
  await send(resident, "form#step-what", { activities: long, economicPlan: long, cost: "12.500,00" });
  await resident.waitForURL(/\/5$/);
  await send(resident, "form#step-together", { governance: long, involvement: long });
  await resident.waitForURL(/\/6$/);
  await send(resident, "form#step-finish", { risks: long, summary: long });
  await resident.waitForURL(/\/7$/);
  await send(resident, "form#submit-proposal", { confirm: "on" });
  await officer.goto(`${origin}/torino/ufficio/proposte`);
  await reloadUntil(officer, has(officer, title));
  await officer.getByRole("link", { name: title }).first().click();
  await officer.waitForURL(/\/ufficio\/proposte\/.+/);
  return new URL(officer.url()).pathname;
}

/** The office publishes it, two assessors score it, and it is admitted by an act. */
export async function admit(
  people: People,
  proposalPath: string,
  { mark, file }: { mark: string; file: string },
): Promise<void> {
  const act = actsOf(mark, file);
  const officer = await people.at("Laura Giordano", proposalPath);
  await officer.getByRole("button", { name: "Pubblica la proposta" }).click();
  await signAct(officer);
  await officer.getByText("Fatto: Leggere la proposta presentata e pubblicarla").waitFor();
  const start = officer.getByRole("button", { name: "Inizia la valutazione" });
  await reloadUntil(officer, async () => (await start.count()) > 0);
  await start.click();
  await signAct(officer);
  for (const name of ["Davide Cerutti", "Chiara Bosco"]) {
    const assessor = await people.at(name, proposalPath);
    await reloadUntil(assessor, hasForm(assessor, "form#score"));
    await sendAct(assessor, "form#score", {
      "points.criterion-1": "81,50",
      reason: "Valutazione di prova.",
    });
    await reloadUntil(assessor, has(assessor, "81,5"));
  }
  await reloadUntil(officer, hasForm(officer, "form#decide"));
  await sendAct(officer, "form#decide", act("DD 2"));
  await reloadUntil(officer, has(officer, "ammessa"));
}

/** Fields of an act as a form has them. */
export function actsOf(mark: string, file: string) {
  return (number: string) => ({
    ...{ actKind: "determina", actNumber: `${number} ${mark}`, actDate: today },
    ...{ actBody: "Ufficio di prova", actFile: file },
  });
}

const has = (page: Page, text: string | RegExp) => async () => (await page.getByText(text).count()) > 0;
const hasForm = (page: Page, form: string) => async () => (await page.locator(form).count()) > 0;
