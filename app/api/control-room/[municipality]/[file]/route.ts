import { controlRoomFile } from "@/features/control-room/file-queries";

export async function GET(
  request: Request,
  { params }: RouteContext<"/api/control-room/[municipality]/[file]">,
): Promise<Response> {
  const { municipality, file } = await params;
  return controlRoomFile(request, municipality, file);
}
