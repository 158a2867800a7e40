/** Torino's pacts and the money that follows them: payments in each state, one milestone late. */
import type { Actor } from "@/protocol/primitives";
import { tellMeeting } from "./meetings";
import {
  type PactTale,
  tellActivation,
  tellApproval,
  tellCoDesign,
  tellCommitment,
  tellDraftPact,
  tellGrantedBody,
  tellMilestone,
  tellPayee,
  tellPayment,
  tellSignatures,
} from "./pacts";
import type { Story } from "./story";
import { tellTurnOfYear } from "./turn-of-year";

/** Ids of the budget lines: of works, and of care. */
export type Lines = { works: string; care: string };

/** Who stands behind each proposal, and what its pact would be called. */
type Proponents = ReadonlyMap<string, { proponent: Actor; title: string }>;
type Pact = { id: string; proposal: string; proponent: Actor };

/** Three active pacts, one signed, one drafted; what is left stays in co-design. */
export async function tellPacts(
  story: Story,
  funded: readonly string[],
  proponents: Proponents,
): Promise<Pact[]> {
  await story.advanceTo(story.day(-280));
  await Promise.all(funded.map((proposal, index) => tellCoDesign(story, `patto ${index}`, proposal)));
  await story.advanceTo(story.day(-215));
  const pacts = await Promise.all(
    funded.slice(0, 5).map(async (proposal, index): Promise<Pact> => {
      const known = proponents.get(proposal);
      if (!known) throw new Error(`nobody proposed ${proposal}`);
      const { proponent, title } = known;
      const tale: PactTale = {
        ...{ name: `patto ${index}`, proposal, title },
        startsOn: story.day(-200),
        endsOn: story.day(-200 + 3 * 365),
      };
      return { id: await tellDraftPact(story, tale), proposal, proponent };
    }),
  );
  await story.advanceTo(story.day(-205));
  const signed = pacts.slice(0, 4);
  await Promise.all(
    signed.map(({ id }, index) => tellApproval(story, `patto ${index}`, id, index % 2 === 0)),
  );
  await story.advanceTo(story.day(-199));
  await Promise.all(
    // The last of them has no device to sign with, and comes to a Casa.
    signed.map(({ id, proponent }, index) =>
      tellSignatures(story, `patto ${index}`, id, proponent, index === 3),
    ),
  );
  await Promise.all(
    signed.slice(0, 3).map(({ id }, index) => tellActivation(story, `patto ${index}`, id, story.day(400))),
  );
  const [open] = pacts;
  if (open)
    await tellMeeting(
      story,
      { name: "patto 0", id: open.id },
      {
        ...{
          title: "Come va il patto: un anno di orari e di chiavi",
          place: "Cascina Roccafranca, via Rubino 45",
        },
        agenda:
          "Gli orari di apertura dopo il primo anno, chi tiene le chiavi, che cosa serve per l'inverno. (Incontro inventato.)",
        day: story.day(20),
      },
    );
  return pacts;
}

/** What is done by each milestone. */
const steps = [
  {
    title: "Cantiere pronto",
    deliverable: "Progetto approvato, permessi ottenuti, materiali consegnati. (Testo inventato.)",
  },
  {
    title: "Lavori finiti",
    deliverable:
      "Lavori conclusi e collaudati; il verbale dell'ufficio tecnico è allegato. (Testo inventato.)",
  },
  {
    title: "Si apre",
    deliverable:
      "Il luogo è aperto almeno tre giorni la settimana, con il calendario alla porta. (Testo inventato.)",
  },
  {
    title: "Un anno dopo",
    deliverable: "Relazione del primo anno: quante persone, quali spese, che cosa cambia. (Testo inventato.)",
  },
];

type Money = { pact: Pact; milestones: string[]; index: number }[];

/** Days from today on which the first money is committed. */
export const FIRST_MONEY = -190;

export async function tellFirstMoney(story: Story, pacts: readonly Pact[], lines: Lines): Promise<Money> {
  await story.advanceTo(story.day(FIRST_MONEY));
  const payees = await Promise.all([
    ...["Edilcura (impresa inventata)", "Impianti Dora (impresa inventata)"].map((name) =>
      tellPayee(story, name),
    ),
    tellGrantedBody(story, "Tre Tigli (associazione inventata)", "12345678903"),
  ]);
  const plans = [
    { amounts: [1_850_000, 2_400_000, 900_000, 650_000], due: [-150, -60, -12, 90], line: lines.works },
    { amounts: [900_000, 1_200_000, 700_000], due: [-145, -55, 30], line: lines.works },
    { amounts: [320_000, 410_000, 150_000], due: [-140, -50, 20], line: lines.care },
  ];
  const money: Money = [];
  for (const [index, pact] of pacts.slice(0, plans.length).entries()) {
    const plan = plans[index] as (typeof plans)[number];
    const milestones = await tellCommitment(story, {
      ...{ name: `impegno ${index}`, line: plan.line, pact: pact.id, payee: payees[index] as string },
      amountCents: plan.amounts.reduce((sum, cents) => sum + cents, 0) + 100_000,
      investment: plan.line === lines.works,
      isGrant: index === 2,
      milestones: plan.amounts.map((amountCents, number) => ({
        ...(steps[number] ?? { title: "Tappa", deliverable: "Come da progetto." }),
        dueOn: story.day(plan.due[number] ?? 0),
        amountCents,
      })),
      reports: [{ kind: "annual", dueOn: story.day(index === 0 ? -8 : 150) }],
    });
    money.push({ pact, milestones, index });
  }
  await story.advanceTo(story.day(-150));
  await tellTurnOfYear(story);
  await Promise.all(
    money.map(async ({ pact, milestones, index }) => {
      const [first] = milestones as [string];
      await tellMilestone(story, `${index}.1`, first, pact.proponent, "accepted");
      const amountCents = plans[index]?.amounts[0] ?? 1;
      const stage = index === 2 ? ("returned" as const) : ("paid" as const);
      await tellPayment(story, `${index}.1`, {
        milestone: first,
        amountCents,
        proponent: pact.proponent,
        stage,
      });
    }),
  );
  return money;
}

/** Second milestones: one ordered, one liquidated, one checked; what came back is asked for again. */
export async function tellSecondMoney(story: Story, money: Money): Promise<void> {
  await story.advanceTo(story.day(-50));
  await tellTurnOfYear(story);
  const stages = ["ordered", "liquidated", "checked"] as const;
  const amounts = [2_400_000, 1_200_000, 410_000];
  await Promise.all(
    money.map(async ({ pact, milestones, index }) => {
      const second = milestones[1] as string;
      await tellMilestone(story, `${index}.2`, second, pact.proponent, "accepted");
      const amountCents = amounts[index] ?? 1;
      const stage = stages[index] ?? "checked";
      await tellPayment(story, `${index}.2`, {
        milestone: second,
        amountCents,
        proponent: pact.proponent,
        stage,
      });
    }),
  );
  const [, second, third] = money;
  if (second)
    await tellMilestone(story, "1.3", second.milestones[2] as string, second.pact.proponent, "verified");
  if (!third) return;
  await tellMilestone(story, "2.3", third.milestones[2] as string, third.pact.proponent, "evidence");
  const again = {
    milestone: third.milestones[0] as string,
    amountCents: 320_000,
    proponent: third.pact.proponent,
  };
  await tellPayment(story, "2.1 again", { ...again, stage: "requested" });
}
