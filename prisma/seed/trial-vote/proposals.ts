/** What is voted on: a call of Agliè's that is always open, and three proposals that a commission has admitted. */
import { aglieAnswers, callTerms } from "../aglie";
import {
  criteria,
  tellAdhesions,
  tellCall,
  tellDecision,
  tellPublication,
  tellScores,
  tellSubmission,
} from "../steps";
import type { Story } from "../story";

const proposed = [
  {
    name: "La fontana di piazza",
    description: "Una fontana di pietra, asciutta da anni. (Luogo inventato.)",
    ...{ kind: "square", address: "piazza inventata 3, Agliè", lat: 45.3668, lon: 7.7695 },
    group: "Acqua in Piazza (gruppo inventato)",
    title: "Ridiamo l’acqua alla fontana",
    summary: "Una pompa nuova, la vasca pulita e due panchine all’ombra.",
    needs: "In piazza non si può bere né sedersi all’ombra.",
    costCents: 310_000n,
  },
  {
    name: "Il campetto delle frazioni",
    description: "Un campo da gioco con due porte rotte e nessuna rete. (Luogo inventato.)",
    ...{ kind: "green_area", address: "regione inventata 8, Agliè", lat: 45.3719, lon: 7.7642 },
    group: "Due Tiri (gruppo inventato)",
    title: "Il campetto di tutti",
    summary: "Porte e rete nuove, erba tagliata a turno, un torneo a settembre.",
    needs: "Fuori dal paese i ragazzi non hanno dove trovarsi.",
    costCents: 240_000n,
  },
  {
    name: "Il ponticello delle cascine",
    description: "Un ponticello di legno sul canale, con tre assi che mancano. (Luogo inventato.)",
    ...{ kind: "green_area", address: "strada inventata delle cascine, Agliè", lat: 45.3603, lon: 7.7765 },
    group: "Assi e Chiodi (gruppo inventato)",
    title: "Rifacciamo il ponticello",
    summary: "Assi nuove e un corrimano, per andare a piedi dalle cascine al paese.",
    needs: "Senza il ponticello si passa dalla provinciale.",
    costCents: 180_000n,
  },
] as const;

export async function tellCandidates(story: Story): Promise<{ call: string; proposals: string[] }> {
  const call = await tellCall(story, "voto di prova", {
    ...callTerms,
    title: "Tre angoli del paese",
    summary: "Tre proposte per un voto segreto che la prova tiene da sé, al primo avvio. (Bando inventato.)",
    ...{ opensOn: story.day(0), closesOn: story.day(60), rolling: true, lines: [] },
  });
  await story.advanceTo(story.day(0));
  const proposals = await Promise.all(
    proposed.map(async ({ group, title, summary, needs, costCents, ...commons }, index) => {
      const { name } = commons;
      const id = await tellSubmission(story, {
        ...{ name, call, commons, costCents, proponent: story.resident(index) },
        subject: { kind: "informal_group", name: group },
        answers: aglieAnswers({ title, summary, needs }),
      });
      await tellPublication(story, name, id);
      await tellAdhesions(story, name, id, 2);
      await tellScores(story, name, id, [7500 + index * 120, 7800 - index * 90], criteria);
      await tellDecision(story, name, id, true);
      return id;
    }),
  );
  return { call, proposals };
}
