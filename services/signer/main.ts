/*
 * The trial signer: holds a passkey of each invented person in office, and signs what their browser confirms. For trials
 * and tests only; its keys count in no municipality that was not founded as a trial.
 *
 * It keeps its keys in SIGNER_FOLDER, answers browsers at SIGNER_ORIGIN on HOST and SIGNER_PORT, and the seed on the
 * socket SIGNER_SOCKET. It prints one line of JSON when it serves, {"ready":true,"recoveryKeys":"…"}, and ends on SIGTERM
 * and SIGINT. Like the trial identity provider it serves other machines only with TRIAL_SIGN_IN_FOR_EVERYBODY=true.
 */
import { createServer } from "node:http";
import { env } from "@/lib/env";
import { mayServeTrialSignIn } from "@/lib/origin";
import { BrowserSide } from "./browser";
import { openDesk } from "./desk";
import { SignerKeys } from "./keys";
import { Requests } from "./requests";
import { TrialSignIn } from "./trial-sign-in";

const { SIGNER_FOLDER, SIGNER_SOCKET, SIGNER_ORIGIN, IDENTITY_PROVIDER_SOCKET } = env;
if (!SIGNER_FOLDER || !SIGNER_SOCKET || !SIGNER_ORIGIN || !IDENTITY_PROVIDER_SOCKET)
  throw new Error("SIGNER_FOLDER, SIGNER_SOCKET, SIGNER_ORIGIN and IDENTITY_PROVIDER_SOCKET are needed");
if (!mayServeTrialSignIn(env))
  throw new Error("other machines can reach this site: see TRIAL_SIGN_IN_FOR_EVERYBODY");

const keys = await SignerKeys.open(SIGNER_FOLDER);
const browsers = new BrowserSide({
  keys,
  requests: new Requests(),
  signIn: new TrialSignIn(env.ORIGIN, IDENTITY_PROVIDER_SOCKET, `${SIGNER_ORIGIN}/chosen`),
  origin: SIGNER_ORIGIN,
  site: env.ORIGIN,
});
const server = createServer((request, response) => void browsers.answer(request, response));
server.requestTimeout = 30_000;
const desk = await openDesk(keys, SIGNER_SOCKET);
server.on("error", (error) => {
  console.error(error.message);
  process.exit(1);
});
server.listen(env.SIGNER_PORT, env.HOST, () => {
  keys.recoveryFingerprints().then(
    (recoveryKeys) => console.log(JSON.stringify({ ready: true, recoveryKeys })),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    for (const listening of [server, desk]) {
      listening.closeAllConnections();
      listening.close();
    }
    process.exit(0);
  });
}
