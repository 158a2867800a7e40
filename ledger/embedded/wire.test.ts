import { common, peer } from "@hyperledger/fabric-protos";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesField, integerField, messageOf, stringField, timestampBytes } from "./wire";

const bytes = fc.uint8Array({ maxLength: 300 });
/** Any code points but surrogates, which UTF-8 has none for. */
const text = fc
  .array(fc.integer({ min: 0, max: 0x10_ffff - 0x800 }), { maxLength: 40 })
  .map((points) => String.fromCodePoint(...points.map((point) => (point < 0xd800 ? point : point + 0x800))));
const equal = (left: Uint8Array, right: Uint8Array) => expect(Buffer.from(left)).toEqual(Buffer.from(right));

describe("messages written by hand", () => {
  it("are those that the protocol's package writes", () => {
    fc.assert(
      fc.property(fc.nat(), text, bytes, (status, message, payload) => {
        const response = new peer.Response();
        response.setStatus(status);
        response.setMessage(message);
        response.setPayload(payload);
        equal(
          messageOf(integerField(1, status), stringField(2, message), bytesField(3, payload)),
          response.serializeBinary(),
        );
      }),
    );
  });

  it("may be nested and repeated", () => {
    fc.assert(
      fc.property(bytes, fc.array(fc.tuple(bytes, bytes), { maxLength: 4 }), (payload, pairs) => {
        const action = new peer.ChaincodeEndorsedAction();
        action.setProposalResponsePayload(payload);
        const encoded = pairs.map(([endorser, signature]) => {
          const endorsement = new peer.Endorsement();
          endorsement.setEndorser(endorser);
          endorsement.setSignature(signature);
          action.addEndorsements(endorsement);
          return [endorser, signature] as const;
        });
        const read = peer.ChaincodeEndorsedAction.deserializeBinary(
          messageOf(
            bytesField(1, payload),
            ...encoded.map(([endorser, signature]) =>
              bytesField(2, messageOf(bytesField(1, endorser), bytesField(2, signature))),
            ),
          ),
        );
        // An empty message is left out, so only those with something in them come back.
        const whole = action.getEndorsementsList().filter((one) => one.serializeBinary().length > 0);
        action.setEndorsementsList(whole);
        equal(read.serializeBinary(), action.serializeBinary());
      }),
    );
  });

  it("hold times beyond 32 bits", () => {
    fc.assert(
      fc.property(fc.nat(253_402_300_799), fc.nat(999_999_999), (seconds, nanos) => {
        const header = common.ChannelHeader.deserializeBinary(
          messageOf(bytesField(3, timestampBytes(seconds, nanos))),
        );
        if (seconds === 0 && nanos === 0) return;
        expect(header.getTimestamp()?.getSeconds()).toBe(seconds);
        expect(header.getTimestamp()?.getNanos()).toBe(nanos);
      }),
    );
  });
});
