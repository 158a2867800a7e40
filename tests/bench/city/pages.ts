/** The main pages, asked for at a steady rate by those who read them. */
import { db } from "@/lib/db";
import { sessionCookie } from "../../browser/session";
import { municipality } from "./copies";

const perSecond = 20;
const seconds = 5;
/** A page that takes longer is slow enough to be known by fewer requests. */
const enoughMs = 60_000;
const SLOW_MS = 2_000;
const FEW = 5;

export async function measurePages(origin: string): Promise<Record<string, object>> {
  const resident = await sessionCookie(await personWith(null));
  const officer = await sessionCookie(await personWith("responsible_officer"));
  const first = async (table: "commons" | "call" | "round" | "pact") => {
    const where = { municipality };
    const order = { orderBy: { slug: "asc" } } as const;
    if (table === "commons") {
      const busy = await db.chainAdhesion.groupBy({
        ...{ by: ["commons"], where, orderBy: { _count: { commons: "desc" } }, take: 1 },
      });
      return (await db.commons.findFirst({ where: { ...where, id: busy[0]?.commons ?? "" } }))?.slug;
    }
    if (table === "call") return (await db.call.findFirst({ where, ...order }))?.slug;
    if (table === "round") return (await db.round.findFirst({ where, ...order }))?.slug;
    return (await db.pact.findFirst({ where, ...order }))?.slug;
  };
  const paths: readonly (readonly [path: string, cookie: string])[] = [
    ...["", "/beni", "/beni?vista=mappa", `/beni/${await first("commons")}`].map(
      (path) => [path, ""] as const,
    ),
    ...["/bandi", `/bandi/${await first("call")}`, "/votazioni", `/votazioni/${await first("round")}`].map(
      (path) => [path, ""] as const,
    ),
    ...["/patti", `/patti/${await first("pact")}`, "/fondi", "/case", "/contributi", "/dati-aperti"].map(
      (path) => [path, ""] as const,
    ),
    ...["/cerca?q=giardino", "/cerca?q=lavatoio%20tetto"].map((path) => [path, ""] as const),
    ...["", "/mio", `/beni/${await first("commons")}`].map((path) => [path, resident] as const),
    ...["/ufficio", "/ufficio/proposte", "/ufficio/votazioni", "/ufficio/tesoreria"].map(
      (path) => [path, officer] as const,
    ),
  ];
  const results: Record<string, object> = {};
  const as: Record<string, string> = { "": "", [resident]: " as a resident", [officer]: " in an office" };
  for (const [path, cookie] of paths) {
    const name = `/torino${path}${as[cookie]}`;
    results[name] = await steady(`${origin}/torino${path}`, cookie);
    console.error(name, JSON.stringify(results[name]));
  }
  for (const file of ["payments.csv", "payments.json"]) {
    const name = `/api/funds/torino/${file}`;
    results[name] = await steady(origin + name, "");
    console.error(name, JSON.stringify(results[name]));
  }
  return results;
}

/** Somebody who holds a role, or none. */
export async function personWith(role: string | null): Promise<string> {
  const held = await db.chainOffice.findMany({ where: { municipality } });
  const ofRole = held.find(({ record }) => (record as { role?: string }).role === role);
  if (role !== null) return ofRole?.person ?? "";
  const officials = held.map(({ person }) => person);
  const someone = await db.person.findFirstOrThrow({ where: { id: { notIn: officials }, erasedAt: null } });
  return someone.id;
}

async function steady(url: string, cookie: string): Promise<object> {
  const alone = await timed(url, cookie).catch(() => undefined);
  if (!alone) return { failed: 1 };
  await timed(url, cookie);
  const asked: Promise<{ ms: number }>[] = [];
  const started = performance.now();
  const most = alone.ms > SLOW_MS ? FEW : perSecond * seconds;
  let failed = 0;
  for (let turn = 0; turn < most; turn += 1) {
    const due = started + (turn * 1000) / perSecond;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    asked.push(
      timed(url, cookie).catch(() => {
        failed += 1;
        return { ms: Number.POSITIVE_INFINITY };
      }),
    );
  }
  const durations = (await Promise.all(asked)).map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (part: number) => Math.round(durations[Math.floor(durations.length * part)] ?? Number.NaN);
  return {
    ...{ aloneMs: Math.round(alone.ms), p50Ms: at(0.5), p95Ms: at(0.95), kB: Math.round(alone.bytes / 1024) },
    ...(failed > 0 && { failed }),
  };
}

async function timed(url: string, cookie: string): Promise<{ ms: number; bytes: number }> {
  const started = performance.now();
  // An empty cookie is one too: its sender would get no page that is kept for everybody.
  const headers: Record<string, string> = cookie === "" ? {} : { cookie };
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(enoughMs) });
  const { length: bytes } = await response.bytes();
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
  return { ms: performance.now() - started, bytes };
}
