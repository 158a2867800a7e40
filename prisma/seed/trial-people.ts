/*
 * Demonstration data: every person here is invented. The fiscal numbers have the right form and check letter, and
 * a place of birth (Z999) that does not exist, so that none can be anybody's.
 */
import type { Organisation, Role } from "@/protocol/primitives";

export type TrialRole = { organisation: Organisation; role: Role; house?: string; district?: number };

export type TrialPerson = {
  id: string;
  /** Path of the municipality whose story they are part of. */
  municipality: "torino" | "aglie";
  givenName: string;
  familyName: string;
  /** ISO day. */
  birthDate: string;
  fiscalNumber: string;
  /** ISTAT code. */
  residence: string;
  /** Beside being residents. */
  roles: readonly TrialRole[];
};

export const trialMunicipalities = { torino: "001272", aglie: "001001" } as const;

/** Residents first; Nina Ruffino is under sixteen. Each role's people follow. */
export const trialPeople: readonly TrialPerson[] = [
  person("torino", "Giulia", "Ferrero", "1987-03-14", "FRRGLI87C54Z999V"),
  person("torino", "Marco", "Bonino", "1954-11-02", "BNNMRC54S02Z999J"),
  person("torino", "Amina", "Diallo", "1992-07-21", "DLLMNA92L61Z999H"),
  person("torino", "Luca", "Gallo", "2001-01-30", "GLLLCU01A30Z999T"),
  person("torino", "Teresa", "Actis", "1949-05-09", "CTSTRS49E49Z999B"),
  person("torino", "Andrei", "Munteanu", "1979-09-17", "MNTNDR79P17Z999X"),
  person("torino", "Sara", "Vercelli", "1984-12-05", "VRCSRA84T45Z999G"),
  person("torino", "Nina", "Ruffino", "2012-04-02", "RFFNNI12D42Z999F"),
  person("torino", "Paolo", "Rosso", "1972-02-11", "RSSPLA72B11Z999X", [
    { organisation: "Case", role: "coordinator", house: "cascina-roccafranca" },
  ]),
  person("torino", "Elena", "Marchetti", "1980-06-23", "MRCLNE80H63Z999S", [
    { organisation: "Case", role: "coordinator" },
  ]),
  person("torino", "Davide", "Cerutti", "1969-08-19", "CRTDVD69M19Z999K", [
    { organisation: "Comune", role: "assessor" },
  ]),
  person("torino", "Chiara", "Bosco", "1976-10-27", "BSCCHR76R67Z999H", [
    { organisation: "Case", role: "assessor" },
  ]),
  person("torino", "Nadia", "Haddad", "1983-04-03", "HDDNDA83D43Z999H", [
    { organisation: "Garanti", role: "assessor" },
  ]),
  person("torino", "Franco", "Peretti", "1963-01-16", "PRTFNC63A16Z999Q", [
    { organisation: "Comune", role: "technical_office" },
  ]),
  person("torino", "Silvia", "Odone", "1978-03-29", "DNOSLV78C69Z999Z", [
    { organisation: "Comune", role: "district_council", district: 2 },
  ]),
  person("torino", "Alberto", "Maina", "1966-09-08", "MNALRT66P08Z999H", [
    { organisation: "Comune", role: "giunta" },
  ]),
  person("torino", "Laura", "Giordano", "1971-12-12", "GRDLRA71T52Z999U", [
    { organisation: "Comune", role: "responsible_officer" },
  ]),
  person("torino", "Stefano", "Barbero", "1968-05-25", "BRBSFN68E25Z999C", [
    { organisation: "Comune", role: "responsible_officer" },
  ]),
  person("torino", "Beatrice", "Fassio", "1973-03-15", "FSSBRC73C55Z999R", [
    { organisation: "Comune", role: "accountant" },
  ]),
  person("torino", "Emilio", "Gariglio", "1980-01-18", "GRGMLE80A18Z999B", [
    { organisation: "Comune", role: "accountant" },
  ]),
  person("torino", "Ivana", "Conti", "1974-07-07", "CNTVNI74L47Z999V", [
    { organisation: "Comune", role: "treasurer" },
  ]),
  person("torino", "Riccardo", "Valfrè", "1959-10-01", "VLFRCR59R01Z999X", [
    { organisation: "Comune", role: "councillor" },
  ]),
  person("torino", "Maria", "Zanetti", "1965-02-20", "ZNTMRA65B60Z999R", [
    { organisation: "Garanti", role: "guarantor" },
  ]),
  person("torino", "Giorgio", "Sala", "1970-11-11", "SLAGRG70S11Z999U", [
    { organisation: "Garanti", role: "guarantor" },
  ]),
  person("torino", "Valeria", "Nicola", "1985-01-22", "NCLVLR85A62Z999Y", [
    { organisation: "Comune", role: "administrator" },
  ]),
  person("torino", "Tommaso", "Audisio", "1981-03-18", "DSATMS81C18Z999U", [
    { organisation: "Case", role: "administrator" },
  ]),
  person("torino", "Irene", "Castelli", "1975-05-31", "CSTRNI75E71Z999O", [
    { organisation: "Garanti", role: "administrator" },
  ]),
  person("aglie", "Carla", "Meinardi", "1958-04-12", "MNRCRL58D52Z999S"),
  person("aglie", "Piero", "Vassallo", "1990-10-10", "VSSPRI90R10Z999W"),
  person("aglie", "Fatima", "Rahmani", "1995-02-28", "RHMFTM95B68Z999J"),
  person("aglie", "Bruno", "Datta", "1961-07-15", "DTTBRN61L15Z999Q"),
  person("aglie", "Ornella", "Gillio", "1973-09-24", "GLLRLL73P64Z999U", [
    { organisation: "Case", role: "coordinator" },
  ]),
  person("aglie", "Guido", "Perono", "1967-12-30", "PRNGDU67T30Z999H", [
    { organisation: "Comune", role: "assessor" },
  ]),
  person("aglie", "Lidia", "Enrico", "1979-11-19", "NRCLDI79S59Z999A", [
    { organisation: "Case", role: "assessor" },
  ]),
  person("aglie", "Oscar", "Tinetti", "1964-06-02", "TNTSCR64H02Z999Q", [
    { organisation: "Comune", role: "technical_office" },
  ]),
  person("aglie", "Renata", "Ottino", "1956-03-05", "TTNRNT56C45Z999S", [
    { organisation: "Comune", role: "giunta" },
  ]),
  person("aglie", "Mauro", "Bertetti", "1970-08-28", "BRTMRA70M28Z999B", [
    { organisation: "Comune", role: "responsible_officer" },
  ]),
  person("aglie", "Marta", "Vigna", "1977-05-10", "VGNMRT77E50Z999I", [
    { organisation: "Comune", role: "accountant" },
  ]),
  person("aglie", "Daniela", "Oberto", "1976-01-13", "BRTDNL76A53Z999V", [
    { organisation: "Comune", role: "treasurer" },
  ]),
  person("aglie", "Sergio", "Milano", "1952-05-20", "MLNSRG52E20Z999C", [
    { organisation: "Comune", role: "councillor" },
  ]),
  person("aglie", "Anna", "Richetta", "1969-10-16", "RCHNNA69R56Z999G", [
    { organisation: "Garanti", role: "guarantor" },
  ]),
  person("aglie", "Claudio", "Zucca", "1963-09-03", "ZCCCLD63P03Z999N", [
    { organisation: "Garanti", role: "assessor" },
  ]),
  person("aglie", "Mirella", "Costa", "1962-02-08", "CSTMLL62B48Z999Y", [
    { organisation: "Comune", role: "administrator" },
  ]),
  person("aglie", "Dario", "Fenoglio", "1971-06-29", "FNGDRA71H29Z999E", [
    { organisation: "Case", role: "administrator" },
  ]),
  person("aglie", "Luisa", "Bracco", "1980-07-04", "BRCLSU80L44Z999V", [
    { organisation: "Garanti", role: "administrator" },
  ]),
];

function person(
  municipality: "torino" | "aglie",
  givenName: string,
  familyName: string,
  birthDate: string,
  fiscalNumber: string,
  roles: readonly TrialRole[] = [],
): TrialPerson {
  const id = `${municipality}-${givenName}-${familyName}`
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase();
  const residence = trialMunicipalities[municipality];
  return { id, municipality, givenName, familyName, birthDate, fiscalNumber, residence, roles };
}
