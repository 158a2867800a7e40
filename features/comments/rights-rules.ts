import { can, roleFor, type Viewer } from "@/lib/permissions";
import type { CommentRights } from "./comment-view";

/** What somebody may do with comments in a municipality. */
export function rightsOf(viewer: Viewer | undefined, municipality: string): CommentRights {
  const held = viewer && roleFor(viewer, municipality, "comments:answer");
  return {
    write: can(viewer, municipality, "comments:write"),
    office: held && { organisation: held.organisation, role: held.role },
  };
}
