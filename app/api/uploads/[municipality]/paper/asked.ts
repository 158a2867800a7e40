import type { z } from "zod";
import { discardUpload, storeFile } from "@/features/documents/service";
import * as money from "@/features/funds/schema";
import { signatureSchema } from "@/features/pacts/schema";
import type { ListedFile } from "@/features/papers/form-queries";
import type { Said } from "@/features/papers/paper-code";
import type { PaperKind } from "@/features/papers/rules";
import { partyOfMilestone, partyOfPact, partyOfReport } from "@/features/papers/service";
import { issueCode, issueParams } from "@/lib/error-sentence";
import { InvalidInputError } from "@/lib/errors";
import type { Locale } from "@/lib/language/routing";

type Witness = { municipality: string; person: string };
type Asking = Omit<Said, "municipality"> & { files: readonly ListedFile[] };

/** What a witness has typed for a party, by the schema of the form that records it. @throws InvalidInputError */
export async function askedIn(
  kind: PaperKind,
  form: FormData,
  witness: Witness,
  locale: Locale,
): Promise<Asking> {
  const { municipality } = witness;
  switch (kind) {
    case "pact": {
      const { command: _, ...said } = parsed(signatureSchema, form);
      const person = await partyOfPact(municipality, said.id, said.party);
      return { person, asked: { transaction: "pacts:sign", ...said }, files: [] };
    }
    case "evidence": {
      const { id, evidence } = parsed(money.evidenceSchema, form);
      const person = await partyOfMilestone(municipality, id);
      const { name, hash } = await asKept(witness, evidence);
      const asked = { transaction: "milestones:submitEvidence" as const, id, evidence: [hash] };
      return { person, asked, files: [{ name, hash }] };
    }
    case "request": {
      const { milestone, amount, command } = parsed(money.requestSchema(locale), form);
      const person = await partyOfMilestone(municipality, milestone);
      const asked = { transaction: "payments:request" as const, id: command, milestone, amountCents: amount };
      return { person, asked, files: [] };
    }
    case "report": {
      const { id, text } = parsed(money.reportSchema, form);
      const person = await partyOfReport(municipality, id);
      return { person, asked: { transaction: "reports:submit", id, digest: NONE }, text, files: [] };
    }
  }
}

/** The salted digest of a report is made when it is recorded. */
const NONE = "0".repeat(64);

/** A file as it will be kept: pictures are made anew before they are. Nothing of it stays. */
async function asKept(witness: Witness, file: File): Promise<ListedFile> {
  const { id, name, hash } = await storeFile(witness, file, "evidence");
  await discardUpload(witness, id);
  return { name, hash };
}

function parsed<S extends z.ZodType>(schema: S, form: FormData): z.output<S> {
  const result = schema.safeParse(Object.fromEntries(form), { error: issueCode });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (!issue) throw new InvalidInputError({});
  throw new InvalidInputError({ [String(issue.path[0])]: issue.message }, issue.message, issueParams(issue));
}
