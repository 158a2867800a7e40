import type { Actor, Organisation, Role } from "../../protocol/primitives";

export const torino = "001272";
export const smallComune = "001001";

/** Somebody in a role of an organisation, in one municipality. */
export function person(
  name: string,
  role: Role,
  organisation: Organisation,
  municipality: string = torino,
): Actor {
  return { person: name, role, organisation, municipality };
}

/** The people of the story, one for each role; two of the accounting office. */
export const people = {
  resident: person("anna-resident", "resident", "Case"),
  neighbour: person("bruno-resident", "resident", "Case"),
  coordinator: person("carla-coordinator", "coordinator", "Case"),
  assessor: person("dario-assessor", "assessor", "Comune"),
  secondAssessor: person("elena-assessor", "assessor", "Garanti"),
  technician: person("fabio-technician", "technical_office", "Comune"),
  district: person("gina-district", "district_council", "Comune"),
  giunta: person("hugo-giunta", "giunta", "Comune"),
  officer: person("irene-officer", "responsible_officer", "Comune"),
  accountant: person("leda-accountant", "accountant", "Comune"),
  secondAccountant: person("livio-accountant", "accountant", "Comune"),
  treasurer: person("luca-treasurer", "treasurer", "Comune"),
  councillor: person("mara-councillor", "councillor", "Comune"),
  guarantor: person("nino-guarantor", "guarantor", "Garanti"),
  administrator: person("olga-administrator", "administrator", "Comune"),
  registrar: person("piero-registrar", "registrar", "Comune"),
  caseRegistrar: person("rita-registrar", "registrar", "Case"),
  casting: person("casting-service", "casting_service", "Garanti"),
  service: person("daily-service", "service", "Garanti"),
} as const;
