/** What the forms beside a published proposal take. */
import { z } from "zod";

const id = z.string().min(1).max(64);

export const adhesionKinds = ["support", "time", "resources"] as const;

export const adhereSchema = z.object({ proposal: id, command: z.uuid(), kind: z.enum(adhesionKinds) });
export const withdrawAdhesionSchema = z.object({ proposal: id, command: z.uuid() });
export const commentSchema = z.object({
  proposal: id,
  command: z.uuid(),
  replyTo: id.optional(),
  text: z.string().trim().min(1, "required").max(2000, "too_long"),
});
export const ownCommentSchema = z.object({ comment: id });
export const moderationSchema = z.object({
  comment: id,
  reason: z.string().trim().min(1, "required").max(300, "too_long"),
});
export const followSchema = z.object({ commons: id });
