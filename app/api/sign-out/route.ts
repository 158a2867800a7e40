import { forgetDevice } from "@/features/push/device-service";
import { deviceHere, forgetDeviceHere } from "@/features/push/this-browser";
import { endSessionLocation } from "@/lib/identity-provider";
import { isSameSite } from "@/lib/same-site";
import { endSession } from "@/lib/session";

/** Ends the session here, then leads to the provider, which ends its own and leads back. */
export async function POST(request: Request): Promise<Response> {
  if (!isSameSite(request)) return new Response(null, { status: 403 });
  const language = (await request.formData()).get("language") === "en" ? "en" : "it";
  const location = await endSessionLocation(language);
  await endSession();
  // Whoever uses this browser next is not told what was meant for whoever has left it.
  const device = await deviceHere();
  if (device) {
    await forgetDevice(device);
    await forgetDeviceHere();
  }
  return new Response(null, { status: 303, headers: { location } });
}
