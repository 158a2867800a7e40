import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { composeServices } from "./config/compose";
import { networkOnOneMachine, networkOnSeparateHosts, orderingOrganisations } from "./description";
import { networkFolders } from "./folders";
import { RecoveryKeysError, recoveryEnvironment, writeRecoveryKeys } from "./recovery-keys";

const network = networkOnOneMachine(7050);
const keys = `ComuneMSP:${"a".repeat(64)},CaseMSP:${"b".repeat(64)}`;
let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "cocity-recovery-"));
});
afterEach(() => rm(root, { recursive: true }));

it("every organisation's chaincode process is given the recovery keys, and none where there are none", async () => {
  const folders = networkFolders(root);
  const given = () =>
    Promise.all(network.organisations.map((each) => recoveryEnvironment(folders.organisation(each))));
  expect(await given()).toEqual([{}, {}, {}]);
  await writeRecoveryKeys(network, folders, keys.replace(",", " , "));
  const expected = { COCITY_RECOVERY_KEYS: keys };
  expect(await given()).toEqual([expected, expected, expected]);
});

it.each(["", "ComuneMSP", `ComuneMSP:${"a".repeat(63)}`, `${keys},`, `Comune MSP:${"a".repeat(64)}`])(
  "recovery keys of another form are refused: %s",
  async (wrong) => {
    await expect(writeRecoveryKeys(network, networkFolders(root), wrong)).rejects.toThrow(RecoveryKeysError);
  },
);

it("on separate hosts the organisation's own settings name them", () => {
  for (const organisation of orderingOrganisations(networkOnSeparateHosts({})))
    expect(composeServices(organisation)["chaincode-0"]?.environment).toMatchObject({
      COCITY_RECOVERY_KEYS: `\${COCITY_RECOVERY_KEYS:-}`,
    });
});
