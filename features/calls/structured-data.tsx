import { env } from "@/lib/env";
import type { CallView } from "./queries";

/** A call as search engines read it (schema.org): a public service that can be asked for between two days. */
export function CallStructuredData({
  municipality,
  call,
  path,
}: {
  municipality: string;
  call: CallView;
  path: string;
}) {
  const data = {
    "@context": "https://schema.org",
    "@type": "GovernmentService",
    name: call.title,
    description: call.summary,
    url: env.ORIGIN + path,
    provider: { "@type": "GovernmentOrganization", name: `Comune di ${municipality}` },
    areaServed: { "@type": "AdministrativeArea", name: municipality },
    offers: {
      "@type": "Offer",
      availabilityStarts: call.opensOn,
      availabilityEnds: call.closesOn,
      priceCurrency: "EUR",
      price: "0",
    },
  };
  return <script type="application/ld+json">{JSON.stringify(data)}</script>;
}
