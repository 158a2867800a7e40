import { beforeAll, describe, expect, it } from "vitest";
import { can, type Permission } from "@/lib/permissions";
import { everyAction, officials, somebodyInEveryOffice, whoMay } from "./every-action";
import { request, serverActions } from "./request";
import { aglie, settle, torino } from "./town";

const { db } = await serverActions();
const { introducePerson } = await import("@/features/people/service");
const { trialPeople } = await import("@/prisma/seed/trial-people");

/*
 * Every server action, found in the source, is posted something that no schema takes: by nobody, by somebody who may not,
 * by somebody who may do it in the other municipality alone. Each is told so, and never what is wrong with the form.
 * Whoever may is told what is wrong with the form: nothing but the person's office stood in the way.
 */
const actions = await everyAction();
let personOf: Map<string, string>;

beforeAll(async () => {
  await settle(db);
  personOf = await somebodyInEveryOffice(db);
  const grown = trialPeople.find(({ roles: held }) => held.length === 0);
  const young = trialPeople.find(({ familyName }) => familyName === "Ruffino");
  if (!grown || !young) throw new Error("there are no such trial people");
  personOf.set("resident", await introducePerson(grown));
  personOf.set("under age", await introducePerson(young));
});

describe.each(actions)("$name", ({ action, permission, file }) => {
  const ask = async (person: string | undefined): Promise<string> => {
    request.person = person;
    const answer = await action(undefined, rubbish()).catch((error: unknown) => ({ thrown: String(error) }));
    if (!answer || "thrown" in answer) return `${file}: ${answer?.thrown ?? "no answer"}`;
    if (answer.done) return "done";
    return answer.code ?? (answer.submission.error ? "form" : "no reason");
  };

  it("is not for nobody", async () => {
    expect(await ask(undefined)).toBe("not_signed_in");
  });

  it("is for those who hold an office for it here, whatever they hold elsewhere", async () => {
    const open = isOpen(permission);
    const may = whoMay(permission);
    for (const role of may) {
      const here = await ask(personOf.get(`${role} ${torino}`));
      if (!open) expect(refusals, `${role}: ${here}`).not.toContain(here);
      const elsewhere = await ask(personOf.get(`${role} ${aglie}`));
      if (!open) expect(elsewhere, role).toBe("not_allowed");
    }
    // All the others are told by the table of permissions, which has its own test: two of them are asked here.
    for (const role of officials.filter((name) => !may.includes(name)).slice(0, 2))
      expect(await ask(personOf.get(`${role} ${torino}`)), role).toBe("not_allowed");
  });

  it("is for residents where it is for anybody, and for those old enough where it acts on others", async () => {
    const resident = await ask(personOf.get("resident"));
    const young = await ask(personOf.get("under age"));
    if (!isOpen(permission)) {
      expect(resident).toBe("not_allowed");
      expect(young).toBe("not_allowed");
    } else {
      expect(refusals, resident).not.toContain(resident);
      // A vote asks for the age of its own round, once it is known which.
      const ownAge = permission.startsWith("own:") || permission === "ballots:request";
      if (ownAge) expect(refusals, young).not.toContain(young);
      else expect(young).toBe("under_age");
    }
  });
});

it("names that would keep whoever parses them busy for ever are read for nobody, allowed or not", async () => {
  const { savePreferences } = await import("@/features/people/actions");
  const form = new FormData();
  form.append("language", "it");
  form.append("_1_x[4294967294]", "x");
  request.person = undefined;
  expect(await savePreferences(undefined, form)).toMatchObject({ code: "not_signed_in" });
  request.person = personOf.get("resident");
  expect(await savePreferences(undefined, form)).toMatchObject({ code: "form_unreadable" });
});

it("a file that nobody may send is not read", async () => {
  const { POST } = await import("@/app/api/uploads/[municipality]/route");
  let read = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      read += 1;
      if (read > 3) controller.close();
      else controller.enqueue(Buffer.from("--rubbish\r\n"));
    },
  });
  request.person = undefined;
  const headers = {
    "sec-fetch-site": "same-origin",
    "content-type": "multipart/form-data; boundary=rubbish",
  };
  const sent = new Request("http://localhost:3000/api/uploads/torino", {
    ...{ method: "POST", headers: { ...headers, accept: "application/json" }, body },
    duplex: "half",
  } as RequestInit);
  const context = { params: Promise.resolve({ municipality: "torino" }) };
  const response = await POST(sent as never, context as never);
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ code: "not_signed_in" });
});

const refusals = ["not_allowed", "not_signed_in", "under_age", "level_too_low", "sign_in_again"];

function isOpen(permission: Permission): boolean {
  return can({ id: "", name: "", language: "it", roles: [] }, torino, permission);
}

/** Names and values that no schema knows, and that would trip whoever parses first. */
function rubbish(): FormData {
  const form = new FormData();
  for (const name of ["$ACTION_ID_x", "choices[0]", ""]) form.append(name, "\u0000");
  for (const name of [
    "command",
    "id",
    "proposal",
    "person",
    "transaction",
    "kind",
    "confirm",
    "language",
    "session",
  ])
    form.append(name, "rubbish");
  for (const name of ["file", "actFile", "document", "evidence"])
    form.append(name, new File(["rubbish"], "../../rubbish.exe"));
  return form;
}
