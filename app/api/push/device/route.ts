import { renewDevice } from "@/features/push/device-service";
import { vapidKey } from "@/features/push/key-service";
import { deviceSchema } from "@/features/push/schema";
import { deviceHere } from "@/features/push/this-browser";
import { ExpectedError, InvalidInputError, NotAllowedError, NotFoundError, TooMuchError } from "@/lib/errors";
import { count } from "@/lib/rate-limit";
import { isSameSite } from "@/lib/same-site";
import { presentError } from "@/lib/unexpected";

/** An address and two keys are far shorter. */
const MOST_BYTES = 4_000;

/**
 * What the service worker asks and says when the browser has changed its subscription by itself, which happens while nobody is
 * signed in and no page is open: the cookie of the device says which one it is.
 */
export async function GET(): Promise<Response> {
  return answering(async () => {
    if (!(await deviceHere())) throw new NotFoundError();
    return Response.json({ publicKey: (await vapidKey()).publicKey });
  });
}

export async function POST(request: Request): Promise<Response> {
  return answering(async () => {
    if (!isSameSite(request)) throw new NotAllowedError();
    const device = await deviceHere();
    if (!device) throw new NotFoundError();
    if (!(Number(request.headers.get("content-length") ?? Number.NaN) <= MOST_BYTES))
      throw new TooMuchError("form_unreadable");
    const parsed = deviceSchema.safeParse(jsonOf(await request.text()));
    if (!parsed.success) throw new InvalidInputError({}, "form_unreadable");
    await renewDevice(device, parsed.data, (person) => count("tests", person));
    return new Response(null, { status: 204 });
  });
}

async function answering(answer: () => Promise<Response>): Promise<Response> {
  try {
    const response = await answer();
    response.headers.set("cache-control", "no-store");
    return response;
  } catch (error) {
    const { code } = presentError(error, { route: "push/device" });
    return Response.json({ code }, { status: error instanceof ExpectedError ? error.status : 500 });
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
