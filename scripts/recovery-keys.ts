/*
 * npm run recovery-keys   the trial's recovery keys, made now if there are none, as COCITY_RECOVERY_KEYS names them: for a
 *                         Fabric network's chaincode, before the trial's first start
 *
 * COCITY_DATA names the data folder. An organisation of a real network makes its own key: ledger/network/README.md.
 */
import { env } from "@/lib/env";
import { SignerKeys } from "../services/signer/keys";
import { signerFolder } from "../services/supervisor/sockets";

const keys = await SignerKeys.open(signerFolder(env.COCITY_DATA));
console.log(await keys.recoveryFingerprints());
