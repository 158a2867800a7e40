/** The form by which the accounting office carries a commitment over to the running year. */
import { actSchema } from "@/features/documents/act-service";
import { oneLineIfAny } from "@/lib/text-field";
import { step } from "./schema";

/** A line that is chosen; or the name of one to be opened, which a line that is chosen makes needless. */
export const carryOverSchema = step
  .extend({ line: oneLineIfAny(100), name: oneLineIfAny(200), ...actSchema })
  .transform((values, context) => {
    if (!values.line && !values.name)
      context.addIssue({ code: "custom", path: ["name"], message: "required" });
    return values;
  });
