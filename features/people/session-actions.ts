"use server";

import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { formAction } from "@/lib/action-client";
import { currentSession } from "@/lib/auth";
import { NotFoundError, NotSignedInError } from "@/lib/errors";
import { endSessionsOf } from "@/lib/session";

export const endOwnSession = formAction({
  name: "endOwnSession",
  permission: "own:write",
  schema: z.object({ session: z.uuid() }),
  run: async ({ session }, { viewer }) => {
    if ((await endSessionsOf(viewer.id, { id: session })) === 0) throw new NotFoundError("session_not_found");
    return { done: (await getTranslations("people.sessions"))("ended") };
  },
});

export const endOtherSessions = formAction({
  name: "endOtherSessions",
  permission: "own:write",
  schema: z.object({}),
  run: async (_, { viewer }) => {
    const session = await currentSession();
    if (!session) throw new NotSignedInError();
    await endSessionsOf(viewer.id, { allBut: session.id });
    return { done: (await getTranslations("people.sessions"))("othersEnded") };
  },
});
