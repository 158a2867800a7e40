import { z } from "zod";
import { dayGone } from "@/lib/day-field";
import { italianInstant, lasting } from "@/lib/instant-field";
import { longTextIfAny, oneLine, oneLineIfAny } from "@/lib/text-field";

const house = oneLine(100);
const email = oneLineIfAny(200).refine(
  (value) => value === "" || z.email().safeParse(value).success,
  "email_invalid",
);
const phone = oneLineIfAny(40).refine((value) => /^$|^\+?[\d ./()-]{5,}$/.test(value), "phone_invalid");

export const housePageSchema = z.object({
  house,
  /** Of what the form showed, so that nobody overwrites what they have not seen. */
  revision: z.coerce.number().int().min(0).max(1_000_000),
  hours: longTextIfAny(500),
  email,
  phone,
  text: longTextIfAny(4000),
});

/** Nobody is named without having said yes. */
export const housePersonSchema = z.object({
  house,
  command: z.uuid(),
  name: oneLine(120),
  task: oneLine(120),
  email,
  phone,
  agreedOn: dayGone,
  agreed: z.stringbool({ truthy: ["on"], falsy: [], error: "person_consent_needed" }),
});

export const houseEventSchema = lasting(
  z.object({
    house,
    command: z.uuid(),
    title: oneLine(120),
    startsAt: italianInstant,
    endsAt: italianInstant,
    place: oneLineIfAny(200),
    text: longTextIfAny(2000),
  }),
);

export const houseItemSchema = z.object({ house, id: z.uuid() });
