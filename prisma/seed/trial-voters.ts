/*
 * Invented voters of the round that a trial holds by itself. They are on Agliè's roll and sign in for a credential alone;
 * their fiscal numbers are made like those of the trial's people, with a place of birth that does not exist.
 */
import { checkLetter } from "../../lib/fiscal-number";
import { type TrialPerson, trialMunicipalities } from "./trial-people";

/** Invented as well: the roll of the municipality names no district. */
export const votingAreas = ["cascine", "frazioni", "paese"] as const;
export type VotingArea = (typeof votingAreas)[number];

export type TrialVoter = TrialPerson & { area: VotingArea };

/** Below ten ballots an area is not opened: in the last one nobody could vote unseen. */
const names: Readonly<Record<VotingArea, readonly string[]>> = {
  paese: [
    ...[
      "Ada Bertola",
      "Bice Cavallero",
      "Carlo Dematteis",
      "Dora Enrietti",
      "Ettore Falletti",
      "Flora Gianotti",
    ],
    ...["Guido Ivaldi", "Irma Lanza", "Lea Moglia", "Mario Nigra", "Nora Olivero", "Oreste Pagliero"],
    ...["Pia Quagliotti", "Remo Ruffini", "Sofia Tabasso", "Tito Ubertis", "Ugo Vercellino", "Vera Zanone"],
    ...["Adele Bocca", "Bruno Coggiola", "Clara Davito", "Dino Fiorio", "Elsa Gassino", "Fulvio Leone"],
  ],
  frazioni: [
    ...[
      "Gemma Marchisio",
      "Igor Novarese",
      "Lidia Oddone",
      "Milo Perrero",
      "Nives Raimondo",
      "Olga Sandretto",
    ],
    ...["Piero Trompetto", "Rina Vallino", "Silvio Zeppegno", "Tea Audisio", "Ubaldo Brero", "Viola Ceresa"],
    ...["Walter Demarchi", "Zoe Ferraris"],
  ],
  cascine: [
    "Amelia Giacosa",
    "Berto Lusso",
    "Cesira Massucco",
    "Delio Nervi",
    "Emma Orsini",
    "Fosco Pautasso",
  ],
};

export const trialVoters: readonly TrialVoter[] = votingAreas.flatMap((area) =>
  names[area].map((name, index) => voter(area, name, index)),
);

function voter(area: VotingArea, name: string, index: number): TrialVoter {
  const [givenName = "", familyName = ""] = name.split(" ");
  const month = 1 + (index % 12);
  const day = 1 + ((index * 7) % 28);
  const year = 1940 + ((index * 13) % 60);
  const two = (number: number) => String(number).padStart(2, "0");
  const first = [
    threeLetters(familyName, false),
    threeLetters(givenName, true),
    ...[two(year % 100), "ABCDEHLMPRST"[month - 1], two(givenName.endsWith("a") ? day + 40 : day), "Z999"],
  ].join("");
  return {
    ...{ id: `aglie-elettore-${area}-${index + 1}`, municipality: "aglie", givenName, familyName, area },
    ...{ birthDate: `${year}-${two(month)}-${two(day)}`, fiscalNumber: first + checkLetter(first) },
    ...{ residence: trialMunicipalities.aglie, roles: [] },
  };
}

/** Consonants before vowels, and of a given name with four the first, third and fourth (D.M. 23 December 1976). */
function threeLetters(name: string, isGiven: boolean): string {
  const letters = [...name.toUpperCase()];
  const consonants = letters.filter((letter) => !"AEIOU".includes(letter));
  if (isGiven && consonants.length >= 4) consonants.splice(1, 1);
  return [...consonants, ...letters.filter((letter) => "AEIOU".includes(letter)), "XXX"].join("").slice(0, 3);
}
