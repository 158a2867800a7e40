import { notFound } from "next/navigation";

export { notFoundMetadata as generateMetadata } from "@/components/layout/not-found";

/** Addresses that no page answers to: the not-found page of the language, inside its layout. */
export default function UnknownPage() {
  notFound();
}
