/** What the forms about meetings take. */
import { z } from "zod";
import { italianInstant, lasting } from "@/lib/instant-field";
import { wholeNumber } from "@/lib/number-field";
import { longText, oneLine, oneLineIfAny } from "@/lib/text-field";
import { aboutTypes } from "./rules";

const MOST_PLACES = 5_000;
const MOST_YEARS = 2;
const id = z.string().min(1).max(64);
const meeting = z.uuid();
const revision = z.coerce.number().int().min(1).max(10_000);

/** Where people meet online: over https alone, and with nothing that signs in; kept in the one form that every reader takes. */
const link = oneLineIfAny(500)
  .refine(
    (value) => {
      if (value === "") return true;
      const url = /^https:\/\//i.test(value) && URL.canParse(value) ? new URL(value) : undefined;
      return (
        url?.protocol === "https:" && url.username === "" && url.password === "" && url.hostname.includes(".")
      );
    },
    { error: "meeting_link_https", abort: true },
  )
  .transform((value) => (value === "" ? "" : new URL(value).href));

const words = {
  title: oneLine(120),
  place: oneLineIfAny(200),
  link,
  startsAt: italianInstant,
  endsAt: italianInstant,
  language: z.enum(["it", "en"]),
  agenda: longText(4000),
  /** Nothing typed: anybody may come. */
  places: wholeNumber(1, MOST_PLACES, "meeting_places").optional(),
};

type Words = { place: string; link: string; startsAt: Date; endsAt: Date };
const checked = <Shape extends z.ZodType<Words>>(schema: Shape) =>
  lasting(
    schema.refine(({ place, link: online }) => place !== "" || online !== "", {
      path: ["place"],
      error: "meeting_where",
    }),
  )
    .refine(({ startsAt }) => startsAt > new Date(), { path: ["startsAt"], error: "meeting_past" })
    .refine(({ startsAt }) => startsAt <= latestStart(), { path: ["startsAt"], error: "meeting_too_far" });

function latestStart(): Date {
  const now = new Date();
  return new Date(now.setFullYear(now.getFullYear() + MOST_YEARS));
}

export const conveneSchema = checked(
  z.object({ aboutType: z.enum(aboutTypes), aboutId: id, command: z.uuid(), ...words }),
);
export const changeMeetingSchema = checked(z.object({ meeting, revision, reason: longText(500), ...words }));
export type MeetingWords = z.output<z.ZodObject<typeof words>>;

export const cancelMeetingSchema = z.object({ meeting, revision, reason: longText(500) });
export const meetingIdSchema = z.object({ meeting });
export const minutesSchema = z.object({
  ...{ meeting, revision, minutes: longText(20_000) },
  attendance: wholeNumber(0, 100_000, "meeting_attendance"),
});
export type Minutes = Pick<z.output<typeof minutesSchema>, "minutes" | "attendance">;

/** What the list shows, as it stands in the address of the page. */
export const meetingListSchema = z.object({
  zona: z.coerce.number().int().min(1).max(99).optional().catch(undefined),
  pagina: z.coerce.number().int().min(1).max(10_000).catch(1),
});
export type MeetingFilter = z.output<typeof meetingListSchema>;

/** What a page for calling a meeting is about, as its path says it. */
export const aboutSchema = z.object({ type: z.enum(aboutTypes), id });
