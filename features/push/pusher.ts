/** Sends one message to the push service of a browser: RFC 8030. */
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { ask, type OutsideAnswer } from "@/lib/outside/asking";
import { Unreachable } from "@/lib/outside/unreachable";
import { pushContentOf } from "./content";
import { forgetDevice } from "./device-service";
import { encryptedFor } from "./encryption";
import { vapidKey } from "./key-service";
import { GOOD_FOR_DAYS, isOwnService, notBeforeOf, outcomeOf } from "./rules";
import type { BrowserSubscription } from "./schema";
import { type PushToSend, postponePush, pushToSend, settlePush } from "./sending-service";
import { vapidHeader } from "./vapid";

const ANSWER_MS = 15_000;
const MOST_BYTES = 20_000;
const DAY_SECONDS = 86_400;

export class Pusher {
  /** @param ownServices origins of push services that the operator has named */
  constructor(private readonly ownServices: readonly string[]) {}

  /** @returns whether it is settled: sent, or never to be sent; otherwise it is tried again */
  async send(id: string): Promise<boolean> {
    const now = new Date();
    const push = await pushToSend(id);
    const content = push && pushContentOf(push);
    const isLate = push && now.getTime() - push.createdAt.getTime() > GOOD_FOR_DAYS * DAY_SECONDS * 1_000;
    if (!push?.device || !content || isLate) {
      await settlePush(id, "dropped");
      return true;
    }
    if (push.notBefore && push.notBefore > now) return false;
    let answer: OutsideAnswer;
    try {
      answer = await this.#post(push, push.device, JSON.stringify(content));
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      log.warn({ push: id, why: error.message }, "a push service could not be reached");
      return false;
    }
    const { status, headers } = answer;
    const outcome = outcomeOf(status);
    if (outcome !== "sent") log.info({ push: id, status, outcome }, "a push service took no message");
    if (outcome === "again") {
      const notBefore = notBeforeOf(headers["retry-after"], now);
      if (notBefore) await postponePush(id, notBefore);
      return false;
    }
    // The browser is there no more, or its person wants nothing any more; its messages go with it.
    if (outcome === "gone") await forgetDevice(push.deviceId);
    else await settlePush(id, outcome, push.deviceId);
    return true;
  }

  async #post(
    { batch, kind }: PushToSend,
    { endpoint, p256dh, auth }: BrowserSubscription,
    text: string,
  ): Promise<OutsideAnswer> {
    const reach = isOwnService(new URL(endpoint).origin, this.ownServices) ? "anywhere" : "public";
    return ask(
      endpoint,
      {
        method: "POST",
        headers: {
          authorization: await vapidHeader(await vapidKey(), { endpoint, contact: contact() }),
          "content-encoding": "aes128gcm",
          "content-type": "application/octet-stream",
          ttl: String(GOOD_FOR_DAYS * DAY_SECONDS),
          urgency: kind === "duty" ? "high" : "normal",
          // The same again after a crash takes the place of the one that waits for the device.
          topic: batch.replaceAll("-", ""),
        },
        body: encryptedFor({ p256dh, auth }, text),
      },
      { reach, bytes: MOST_BYTES, until: AbortSignal.timeout(ANSWER_MS) },
    );
  }
}

/** Whom the operator of a push service can ask; a site without https is a trial of nobody's. */
function contact(): string | undefined {
  return env.ORIGIN.startsWith("https:") ? env.ORIGIN : undefined;
}
