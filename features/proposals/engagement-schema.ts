/** What the forms beside a published proposal take. */
import { z } from "zod";
import { longText } from "@/lib/text-field";

const id = z.string().min(1).max(64);

export const adhesionKinds = ["support", "time", "resources"] as const;

export const adhereSchema = z.object({ proposal: id, command: z.uuid(), kind: z.enum(adhesionKinds) });
export const withdrawAdhesionSchema = z.object({ proposal: id, command: z.uuid() });
export const commentSchema = z.object({
  proposal: id,
  command: z.uuid(),
  replyTo: id.optional(),
  text: longText(2000),
});
export const ownCommentSchema = z.object({ comment: id });
export const moderationSchema = z.object({
  comment: id,
  reason: longText(300),
});
export const followSchema = z.object({ commons: id });
