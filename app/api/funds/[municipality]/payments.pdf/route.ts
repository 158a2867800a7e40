import { paymentsFile } from "@/features/funds/payment-file-queries";

export async function GET(
  request: Request,
  { params }: RouteContext<"/api/funds/[municipality]/payments.pdf">,
): Promise<Response> {
  return paymentsFile(request, (await params).municipality, "pdf");
}
