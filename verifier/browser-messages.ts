/** What a page asks the verifier in its worker, and what it is told. */
import type { Progress, Verification } from "./verify-round";

export interface BrowserQuestion {
  /** Where the bundle is, or the file that the reader has of it. */
  readonly bundle: string | Blob;
  readonly round: string;
}

export type BrowserAnswer =
  /** Bytes of the bundle that are read, of so many; 0 where nobody knows. */
  | { readonly kind: "read"; readonly read: number; readonly size: number }
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "done"; readonly verification: Verification }
  /** What was given is no bundle of this round, or could not be had. */
  | { readonly kind: "noEvidence" }
  | { readonly kind: "failed"; readonly text: string };
