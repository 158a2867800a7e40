"use strict";

const { Contract } = require("fabric-contract-api");

/** The form in which those versions wrote records. */
const SCHEMA = 2;
const organisations = { ComuneMSP: "Comune", CaseMSP: "Case", GarantiMSP: "Garanti" };

/** What is left on a chain by a transaction whose one argument is a plain input, signed by a person's own certificate. */
class Municipality extends Contract {
  constructor() {
    super("municipality");
  }

  async register(ctx, argument) {
    const { command, municipality, day, ...terms } = JSON.parse(argument);
    const { stub, clientIdentity } = ctx;
    const attribute = (name) => clientIdentity.getAttributeValue(`cocity.${name}`);
    const person = attribute("person");
    const actor = {
      organisation: organisations[clientIdentity.getMSPID()],
      ...{ role: attribute("role"), municipality: attribute("municipality"), person },
    };
    const put = (parts, value) =>
      stub.putState(stub.createCompositeKey(municipality, parts), Buffer.from(canonicalJson(value)));
    const entries = [
      entry("municipality", municipality, { municipality, id: municipality, ...terms, schema: SCHEMA }),
      entry("day", "day", { municipality, id: "day", day, schema: SCHEMA }),
    ];
    for (const { type, idParts, record } of entries) await put([type, ...idParts], record);
    const txId = stub.getTxID();
    await put(["command", person, command], { txId });
    const event = {
      ...{ version: 1, transaction: "municipality:register", command, municipality, actor, day },
      ...{ commons: [], entries },
    };
    stub.setEvent("cocity", Buffer.from(canonicalJson(event)));
    return canonicalJson({ txId });
  }
}

function entry(type, id, record) {
  return { type, idParts: [id], record };
}

/** Members in the order of their names. */
function canonicalJson(value) {
  return JSON.stringify(value, (_, inner) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

module.exports.contracts = [Municipality];
