/** Forms by which an administrator tries the settings. */
import { z } from "zod";

export const signInCheckSchema = z.object({ what: z.literal("sign-in") });

export const testMailSchema = z.object({ command: z.uuid() });
