/** Canonical JSON, of which there is one for rules of counting and for records. */
export { canonicalJson } from "../../../voting/canonical-json";
