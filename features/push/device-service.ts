/** The browsers in which a person wants to be told at once. */
import { randomUUID } from "node:crypto";
import { type Database, db } from "@/lib/db";
import { DecryptionError, decrypt, encrypt, keyedHash } from "@/lib/encryption";
import { ConflictError, NotFoundError } from "@/lib/errors";
import type { Viewer } from "@/lib/permissions";
import { MOST_DEVICES } from "./rules";
import type { BrowserSubscription } from "./schema";

export type PushDeviceView = {
  id: string;
  browser: string | null;
  system: string | null;
  createdAt: Date;
  takenAt: Date | null;
};

/**
 * Keeps a browser that asked to be told. One that comes again is the same one, also where somebody else uses it now:
 * whoever used it before is told there no more.
 * @returns its id
 */
export async function addDevice(
  viewer: Viewer,
  subscription: BrowserSubscription,
  names: { browser: string | null; system: string | null },
): Promise<string> {
  const person = viewer.id;
  const endpointHash = keyedHash("push endpoint", subscription.endpoint);
  return db.$transaction(async (tx) => {
    // One after the other, so that nobody has more than so many.
    await tx.$queryRaw`SELECT id FROM public."Person" WHERE id = ${person} FOR UPDATE`;
    await tx.pushDevice.deleteMany({ where: { endpointHash, person: { not: person } } });
    const known = await tx.pushDevice.findUnique({ where: { endpointHash } });
    if (!known && (await tx.pushDevice.count({ where: { person } })) >= MOST_DEVICES)
      throw new ConflictError("push_devices_enough", { most: MOST_DEVICES });
    const id = known?.id ?? randomUUID();
    const row = { sealed: encrypt(JSON.stringify(subscription), devicePurpose(id)), ...names };
    await tx.pushDevice.upsert({
      where: { id },
      create: { id, person, endpointHash, ...row },
      update: row,
    });
    return id;
  });
}

/**
 * The same browser under another address at its push service, or with other keys.
 * @param count called once the device is known, with its person
 * @throws NotFoundError for a device that was forgotten
 */
export async function renewDevice(
  id: string,
  subscription: BrowserSubscription,
  count: (person: string) => Promise<void>,
): Promise<void> {
  const known = await db.pushDevice.findUnique({ where: { id }, select: { person: true } });
  if (!known) throw new NotFoundError();
  await count(known.person);
  const endpointHash = keyedHash("push endpoint", subscription.endpoint);
  const sealed = encrypt(JSON.stringify(subscription), devicePurpose(id));
  await db.$transaction(async (tx) => {
    // What a browser's address was before is not another device beside it.
    await tx.pushDevice.deleteMany({ where: { endpointHash, id: { not: id }, person: known.person } });
    if ((await tx.pushDevice.count({ where: { endpointHash, id: { not: id } } })) > 0)
      throw new ConflictError("push_device_elsewhere");
    const { count: changed } = await tx.pushDevice.updateMany({
      where: { id },
      data: { endpointHash, sealed },
    });
    if (changed !== 1) throw new NotFoundError();
  });
}

export async function removeDevice(viewer: Viewer, id: string): Promise<void> {
  const { count } = await db.pushDevice.deleteMany({ where: { id, person: viewer.id } });
  if (count === 0) throw new NotFoundError();
}

/** Forgets the device of a browser in which nobody is signed in any more. */
export async function forgetDevice(id: string): Promise<void> {
  await db.pushDevice.deleteMany({ where: { id } });
}

/** Part of erasing a person. */
export async function forgetDevicesOf(tx: Database, person: string): Promise<void> {
  await tx.pushDevice.deleteMany({ where: { person } });
}

export async function devicesOf(viewer: Pick<Viewer, "id">): Promise<PushDeviceView[]> {
  return db.pushDevice.findMany({
    where: { person: viewer.id },
    select: { id: true, browser: true, system: true, createdAt: true, takenAt: true },
    orderBy: { createdAt: "asc" },
  });
}

/** A person's devices with all that is kept of them, for that person alone. */
export async function devicesWithAddresses(viewer: Pick<Viewer, "id">) {
  const rows = await db.pushDevice.findMany({ where: { person: viewer.id }, orderBy: { createdAt: "asc" } });
  return rows.map(({ id, browser, system, createdAt, takenAt, sealed }) => ({
    ...{ browser, system, createdAt, takenAt },
    endpoint: openDevice(id, sealed)?.endpoint ?? null,
  }));
}

/** Where a device is reached; undefined for one of a database that was restored beside other keys. */
export function openDevice(id: string, sealed: Uint8Array): BrowserSubscription | undefined {
  try {
    return JSON.parse(decrypt(sealed, devicePurpose(id)).toString("utf8")) as BrowserSubscription;
  } catch (error) {
    if (error instanceof DecryptionError) return undefined;
    throw error;
  }
}

function devicePurpose(id: string): string {
  return `PushDevice.sealed ${id}`;
}
