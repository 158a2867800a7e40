import { notFound } from "next/navigation";
import { commonsBySlug } from "@/features/commons/queries";
import { requireMunicipality } from "@/features/municipalities/queries";
import { currentViewer } from "@/lib/auth";

/** The commons that the address names, with its municipality and who is looking; where there is none, the page is not found. */
export async function requireCommons({
  params,
}: {
  params: Promise<{ municipality: string; commons: string }>;
}) {
  const { municipality: path, commons: slug } = await params;
  const municipality = await requireMunicipality(path);
  const viewer = await currentViewer();
  const commons = (await commonsBySlug(municipality.istatCode, slug, viewer)) ?? notFound();
  return { municipality, viewer, commons };
}
