import { Readable } from "node:stream";
import { ZodError } from "zod";
import { municipalityBySlug } from "@/features/municipalities/queries";
import { roundById } from "@/features/rounds/queries";
import { bundleOf } from "@/features/sealed-voting/bundle-service";
import { checkSchema, countCheck } from "@/features/sealed-voting/checks-service";
import {
  finalBlock,
  finalEnvelopes,
  finalList,
  recordedBits,
  recordedBucket,
} from "@/features/sealed-voting/lists-queries";
import { programOf } from "@/features/sealed-voting/program-service";
import { parametersOf, roundRecordOf, sealingOf } from "@/features/sealed-voting/queries";
import { ExpectedError, NotFoundError } from "@/lib/errors";
import { count } from "@/lib/rate-limit";
import { presentError } from "@/lib/unexpected";

type Municipality = NonNullable<Awaited<ReturnType<typeof municipalityBySlug>>>;

type Context = RouteContext<"/api/sealed/[municipality]/[round]/[...part]">;

/**
 * Pages of other organisations read and count here too, without cookies: everything is public, and no session is asked
 * for.
 */
const fromAnywhere = {
  "access-control-allow-origin": "*",
  "cache-control": "no-store",
};

/** What voters' devices read of a sealed round. The same for everybody. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const { municipality: slug, round, part } = await params;
  const municipality = await municipalityBySlug(slug);
  const answer = municipality && (await answerTo(municipality, round, part));
  return answer ?? new Response(null, { status: 404, headers: fromAnywhere });
}

/** Counts a check that somebody has made after the closing. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { municipality: slug, round, part } = await params;
  try {
    const municipality = part.join("/") === "checked" ? await municipalityBySlug(slug) : null;
    if (!municipality) throw new NotFoundError();
    await count("checks", request.headers.get("x-forwarded-for") ?? "");
    const { outcome } = checkSchema.parse(
      Object.fromEntries(new URLSearchParams((await request.text()).slice(0, 200))),
    );
    await countCheck(municipality.istatCode, round, outcome);
    return new Response(null, { status: 204, headers: fromAnywhere });
  } catch (error) {
    const isUnreadable = error instanceof ZodError;
    const { code } = isUnreadable ? { code: "malformed" } : presentError(error, { route: "sealed check" });
    const status = isUnreadable ? 400 : error instanceof ExpectedError ? error.status : 500;
    return Response.json({ code }, { status, headers: fromAnywhere });
  }
}

async function answerTo(
  municipality: Municipality,
  round: string,
  [name, number, more, ...rest]: readonly string[],
): Promise<Response | undefined> {
  const { istatCode } = municipality;
  // Of a round with open ballots too: whoever doubts its result checks it in the same way.
  if (name === "projects" && number === undefined) return projects(istatCode, round);
  if (name === "bundle" && number === undefined) return bundle(istatCode, round);
  const sealing = await sealingOf(istatCode, round);
  if (!sealing || rest.length > 0) return undefined;
  const part = number === undefined ? undefined : Number(/^\d{1,6}$/.test(number) ? number : Number.NaN);
  if (Number.isNaN(part)) return undefined;
  if (name === "parameters" && part === undefined) {
    const parameters = await parametersOf(municipality, round);
    return parameters ? json(parameters) : undefined;
  }
  if (name === "program" && part === undefined) {
    const program = await programOf(sealing.bundle);
    return program && answer(new Uint8Array(program), "text/javascript; charset=utf-8");
  }
  if (name === "recorded" && more === undefined) {
    if (part === undefined) return json({ bits: await recordedBits(istatCode, round) });
    return octets(await recordedBucket(istatCode, round, part));
  }
  if (name !== "final") return undefined;
  if (part === undefined) return json(await finalList(istatCode, round));
  if (!sealing.list) return undefined;
  if (more === undefined) return octets(await finalBlock(istatCode, round, part));
  return more === "envelopes" ? octets(await finalEnvelopes(municipality, round, part)) : undefined;
}

/** What the numbers on a ballot stand for. */
async function projects(municipality: string, id: string): Promise<Response | undefined> {
  const round = await roundById(municipality, id);
  return round ? json(round.projectViews.map(({ number, title }) => ({ number, title }))) : undefined;
}

/** The round's public evidence as one file. */
async function bundle(municipality: string, id: string): Promise<Response | undefined> {
  const round = await roundRecordOf(municipality, id);
  const file = round && !round.reconstruction && (await bundleOf(round));
  if (!file) return undefined;
  return new Response(Readable.toWeb(file.stream) as ReadableStream, {
    headers: {
      "content-type": "application/octet-stream",
      "content-length": String(file.size),
      "content-disposition": `attachment; filename="${file.name}"`,
      ...fromAnywhere,
    },
  });
}

function json(value: object): Response {
  return Response.json(value, { headers: fromAnywhere });
}

function octets(bytes: Uint8Array | undefined): Response | undefined {
  return bytes && answer(bytes, "application/octet-stream");
}

function answer(bytes: Uint8Array, type: string): Response {
  return new Response(new Uint8Array(bytes), {
    headers: { "content-type": type, ...fromAnywhere },
  });
}
