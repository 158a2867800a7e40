/** Asks ANPR whether somebody lives in a municipality. Of the answer only that is taken, and nothing of it is kept here. */
import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { Fetching } from "../federation/fetching";
import { dayInItaly } from "../local-time";
import { asked, json } from "./asking";
import { AnprRefusal } from "./refusal";
import type { Anpr, AnprMember } from "./settings";
import { digestHeader, integritySignature, trackingEvidence } from "./signing";
import { forgetVouchers, voucherFor } from "./vouchers";

/** `elsewhere`: in another municipality or abroad. `not_found`: ANPR has nobody by that number. */
export type Residence = "resident" | "elsewhere" | "not_found";

export interface Question {
  readonly fiscalNumber: string;
  /** Random identifier of whoever signed in: they ask about themselves. */
  readonly person: string;
  /** Level of assurance of that sign-in. */
  readonly level: number;
  /** Name of the municipality that is asked about. */
  readonly name: string;
  /** Names this question at both ends. */
  readonly operation: string;
  readonly now: Date;
}

export interface Found {
  readonly residence: Residence;
  /** By which ANPR finds the question again. */
  readonly anprOperation: string | null;
}

/** Voucher and answer together; whoever signs in waits no longer. */
const bounds = { requests: 2, bytes: 100_000, milliseconds: 5_000 };
const TYPE = "application/json";
/** ANPR's code for a number that nobody has. */
const NOBODY = "EN122";

/** At most 30 characters, as the services want it. */
export function newOperation(): string {
  return randomBytes(13).toString("hex");
}

/** @throws AnprRefusal */
export async function askResidence(whole: Anpr, member: AnprMember, question: Question): Promise<Found> {
  const { now } = question;
  const fetching = new Fetching(whole.thisMachine, bounds);
  const evidence =
    whole.service === "C020" ? await trackingEvidence(whole, member, question, now) : undefined;
  const bound = evidence && createHash("sha256").update(evidence).digest("hex");
  const voucher = await voucherFor(whole, member, {
    ...{ fetching, now },
    ...(bound !== undefined && { bound }),
  });
  const body = JSON.stringify(requestOf(whole, member, question));
  const digest = digestHeader(body);
  const answer = await asked(fetching, `${whole.address}/anpr-service-e002`, {
    method: "POST",
    headers: {
      ...{ authorization: `Bearer ${voucher}`, "content-type": TYPE, accept: TYPE, digest },
      "agid-jwt-signature": await integritySignature(whole, member, { digest, type: TYPE }, now),
      ...(evidence !== undefined && { "agid-jwt-trackingevidence": evidence }),
    },
    body,
  });
  const said = json(answer.text);
  if (answer.status === 404 && saysNobody(said)) return { residence: "not_found", anprOperation: null };
  if (answer.status === 429) throw new AnprRefusal("threshold", "answered 429");
  if (answer.status !== 200) {
    forgetVouchers();
    throw new AnprRefusal("refused", `answered ${answer.status}`);
  }
  return readFound(said, whole, member, question);
}

function requestOf({ service, reason }: Anpr, { municipality }: AnprMember, question: Question): object {
  const { fiscalNumber, operation, name, now } = question;
  return {
    idOperazioneClient: operation,
    criteriRicerca: { codiceFiscale: fiscalNumber },
    ...(service === "C008" && {
      verifica: { residenza: { indirizzo: { comune: { nomeComune: name, codiceIstat: municipality } } } },
    }),
    datiRichiesta: {
      ...{ dataRiferimentoRichiesta: dayInItaly(now), motivoRichiesta: reason, casoUso: service },
    },
  };
}

const anomaliesSchema = z.object({
  ...{ listaErrori: anomalies().optional(), listaAnomalie: anomalies().optional() },
});

function anomalies() {
  return z.array(z.object({ codiceErroreAnomalia: z.string().max(20).optional() })).max(50);
}

function saysNobody(said: unknown): boolean {
  const { data } = anomaliesSchema.safeParse(said);
  return [...(data?.listaErrori ?? []), ...(data?.listaAnomalie ?? [])].some(
    ({ codiceErroreAnomalia: code }) => code === NOBODY,
  );
}

const foundSchema = z.object({
  idOperazioneANPR: z.string().max(40).optional(),
  listaSoggetti: z.object({
    datiSoggetto: z
      .array(
        z.object({
          generalita: z
            .object({ codiceFiscale: z.object({ codFiscale: z.string().max(20) }).optional() })
            .optional(),
          residenza: z
            .array(
              z.object({
                indirizzo: z
                  .object({ comune: z.object({ codiceIstat: z.string().regex(/^\d{6}$/) }) })
                  .optional(),
                localitaEstera: z.unknown().optional(),
              }),
            )
            .max(20)
            .optional(),
          infoSoggettoEnte: z
            .array(z.object({ valore: z.string().max(10) }))
            .max(20)
            .optional(),
        }),
      )
      .length(1),
  }),
});

function readFound(said: unknown, whole: Anpr, member: AnprMember, question: Question): Found {
  if (saysNobody(said)) return { residence: "not_found", anprOperation: null };
  const parsed = foundSchema.safeParse(said);
  if (!parsed.success) throw new AnprRefusal("answer", `form: ${parsed.error.issues[0]?.path.join(".")}`);
  const [subject] = parsed.data.listaSoggetti.datiSoggetto;
  if (!subject) throw new AnprRefusal("answer", "nobody");
  const about = subject.generalita?.codiceFiscale?.codFiscale;
  // Who is found by another number than the one that was asked for is somebody else; C008 need not say who it is about.
  if (about === undefined ? whole.service === "C020" : about.toUpperCase() !== question.fiscalNumber)
    throw new AnprRefusal("person", "about another number");
  const residence =
    whole.service === "C008"
      ? readDeclared(subject.infoSoggettoEnte)
      : readResidences(subject.residenza, member.municipality);
  return { residence, anprOperation: parsed.data.idOperazioneANPR ?? null };
}

type Subject = z.output<typeof foundSchema>["listaSoggetti"]["datiSoggetto"][number];

/** `S` or `N` to what was declared. */
function readDeclared(said: Subject["infoSoggettoEnte"]): Residence {
  const values = new Set(said?.map(({ valore }) => valore));
  const [value] = values;
  if (values.size !== 1 || (value !== "S" && value !== "N"))
    throw new AnprRefusal("answer", "neither yes nor no");
  return value === "S" ? "resident" : "elsewhere";
}

/** Where there are several addresses they have to be of one place: who lives where is not guessed. */
function readResidences(said: Subject["residenza"], municipality: string): Residence {
  const places = new Set(
    said?.map(
      ({ indirizzo, localitaEstera }) => indirizzo?.comune.codiceIstat ?? (localitaEstera ? "abroad" : ""),
    ),
  );
  const [place] = places;
  if (places.size !== 1 || !place) throw new AnprRefusal("answer", "not one residence");
  return place === municipality ? "resident" : "elsewhere";
}
