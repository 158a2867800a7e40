import type { Identity } from "../msp/identity";
import { bytesField, messageOf, stringField } from "../wire";
import type { SystemChaincode } from "./endorser";

/** Of Fabric's configuration chaincode what `peer channel list` asks: the channels of this peer. */
export function configurationChaincode(channel: string): SystemChaincode {
  return {
    name: "cscc",
    async invoke([name], _creator: Identity) {
      const functionName = Buffer.from(name ?? []).toString("utf8");
      if (functionName !== "GetChannels")
        return {
          status: 500,
          message: `Requested function ${functionName} not found.`,
          payload: new Uint8Array(0),
        };
      // peer.ChannelQueryResponse with one ChannelInfo
      const payload = messageOf(bytesField(1, messageOf(stringField(1, channel))));
      return { status: 200, message: "", payload };
    },
  };
}
