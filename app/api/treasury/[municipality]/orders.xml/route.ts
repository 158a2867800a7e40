import { treasuryFile } from "@/features/treasury/file-queries";

export async function GET(
  request: Request,
  { params }: RouteContext<"/api/treasury/[municipality]/orders.xml">,
): Promise<Response> {
  return treasuryFile(request, (await params).municipality, "orders.xml");
}
