import { MunicipalityNotFound } from "@/components/layout/not-found";
import { municipalityOfPath } from "@/lib/request-path";

export { notFoundMetadata as generateMetadata } from "@/components/layout/not-found";

/** A record or a page that is not there, in a municipality that is. */
export default async function NotFoundPage() {
  return <MunicipalityNotFound municipality={await municipalityOfPath()} />;
}
