import type { TrialPerson, TrialRole } from "../../prisma/seed/trial-people";
import { escapeHtml, type PageLanguage, trialPage } from "../trial-page";

const words = {
  it: {
    title: "Accesso di prova",
    warning: "Questo non è SPID né CIE. Le persone qui sotto sono inventate e servono a provare Co-City.",
    choose: "Scegli chi vuoi essere",
    resident: "abitante",
    underage: "abitante, meno di 16 anni",
    municipality: { torino: "Torino", aglie: "Agliè" },
    cancel: "Torna indietro senza accedere",
    signOutTitle: "Esci dall’accesso di prova",
    signOut: "Esci",
    failed: "L’accesso non è riuscito",
    failedText: "Torna a Co-City e riprova.",
    roles: {
      coordinator: "coordinamento di una Casa del Quartiere",
      assessor: "commissione di valutazione",
      technical_office: "ufficio tecnico",
      district_council: "segreteria della Circoscrizione",
      giunta: "segreteria della Giunta",
      responsible_officer: "responsabile del procedimento",
      accountant: "ragioneria",
      treasurer: "tesoreria",
      councillor: "Consiglio comunale",
      guarantor: "garante",
      administrator: "amministrazione",
      registrar: "anagrafe del voto",
    },
    organisations: { Comune: "Comune", Case: "rete delle Case", Garanti: "garanti" },
  },
  en: {
    title: "Trial sign-in",
    warning: "This is neither SPID nor CIE. The people below are invented and serve to try Co-City out.",
    choose: "Choose who you want to be",
    resident: "resident",
    underage: "resident, under 16",
    municipality: { torino: "Turin", aglie: "Agliè" },
    cancel: "Go back without signing in",
    signOutTitle: "Sign out of the trial sign-in",
    signOut: "Sign out",
    failed: "Signing in did not work",
    failedText: "Go back to Co-City and try again.",
    roles: {
      coordinator: "coordinator of a neighbourhood house",
      assessor: "assessor",
      technical_office: "technical office",
      district_council: "district council clerk",
      giunta: "city executive’s clerk",
      responsible_officer: "responsible officer",
      accountant: "accounting office",
      treasurer: "treasurer",
      councillor: "councillor",
      guarantor: "guarantor",
      administrator: "administrator",
      registrar: "voting registrar",
    },
    organisations: { Comune: "Municipality", Case: "network of houses", Garanti: "guarantors" },
  },
} as const;

/** The one page of the provider: a button a person, in plain HTML without scripts. */
export function choicePage(options: {
  language: PageLanguage;
  people: readonly TrialPerson[];
  action: string;
  cancelAction: string;
  styles: string;
}): string {
  const text = words[options.language];
  const groups = (["torino", "aglie"] as const).map((municipality) => {
    const people = options.people.filter((person) => person.municipality === municipality);
    return `<h2>${text.municipality[municipality]}</h2><ul>${people.map((person) => item(person, text)).join("")}</ul>`;
  });
  return trialPage(
    options,
    text.title,
    `<p class="warning"><strong>${text.warning}</strong></p>
    <form method="post" action="${escapeHtml(options.action)}">
      <p>${text.choose}</p>${groups.join("")}
    </form>
    <form method="post" action="${escapeHtml(options.cancelAction)}"><button>${text.cancel}</button></form>`,
  );
}

/** Confirmation of signing out: the form is the provider's own, its button ours. */
export function signOutPage(options: { language: PageLanguage; form: string; styles: string }): string {
  const text = words[options.language];
  return trialPage(
    options,
    text.signOutTitle,
    `${options.form}<button type="submit" form="op.logoutForm" name="logout" value="yes">${text.signOut}</button>`,
  );
}

export function failurePage(options: { language: PageLanguage; reason: string; styles: string }): string {
  const text = words[options.language];
  return trialPage(
    options,
    text.failed,
    `<p>${text.failedText}</p><p><code>${escapeHtml(options.reason)}</code></p>`,
  );
}

type Words = (typeof words)[PageLanguage];

function item(person: TrialPerson, text: Words): string {
  const described =
    person.roles.map((held) => describe(held, text)).join("; ") || describeResident(person, text);
  const name = `${person.givenName} ${person.familyName}`;
  return `<li><button name="account" value="${escapeHtml(person.id)}">${escapeHtml(name)}<small>${escapeHtml(described)}</small></button></li>`;
}

function describe(held: TrialRole, text: Words): string {
  const role = held.role in text.roles ? text.roles[held.role as keyof typeof text.roles] : held.role;
  return `${role} (${text.organisations[held.organisation]})`;
}

function describeResident(person: TrialPerson, text: Words): string {
  const sixteenYearsAgo = new Date();
  sixteenYearsAgo.setFullYear(sixteenYearsAgo.getFullYear() - 16);
  return new Date(person.birthDate) > sixteenYearsAgo ? text.underage : text.resident;
}
