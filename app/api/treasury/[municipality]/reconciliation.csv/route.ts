import { treasuryFile } from "@/features/treasury/file-queries";

export async function GET(
  request: Request,
  { params }: RouteContext<"/api/treasury/[municipality]/reconciliation.csv">,
): Promise<Response> {
  return treasuryFile(request, (await params).municipality, "reconciliation.csv");
}
