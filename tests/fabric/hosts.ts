import { randomBytes } from "node:crypto";
import { run } from "@/ledger/network/command";

/** One organisation's machine: an address of its own, a cable that can be pulled. */
export interface Host {
  /** Of its network namespace. */
  name: string;
  address: string;
  /** Put before a command, runs it there. */
  launcher: string[];
  /** Pulls the cable: nobody reaches it, it reaches nobody. */
  cut(): Promise<void>;
  mend(): Promise<void>;
}

export interface Hosts {
  hosts: Host[];
  remove(): Promise<void>;
}

/**
 * Makes network namespaces joined by a bridge, as if each were a machine on one network that this process is on too.
 * Needs root and iproute2.
 */
export async function makeHosts(count: number): Promise<Hosts> {
  const id = randomBytes(2).toString("hex");
  const subnet = `10.${64 + Math.floor(Math.random() * 128)}.${Math.floor(Math.random() * 255)}`;
  const bridge = `cc${id}`;
  const made: string[] = [];
  const ip = (...args: string[]) => run("ip", args);
  const remove = async () => {
    // A namespace takes its end of the cable with it, and that the other end.
    for (const name of made) await ip("netns", "delete", name);
    await ip("link", "delete", bridge);
  };
  await ip("link", "add", bridge, "type", "bridge");
  try {
    await ip("address", "add", `${subnet}.254/24`, "dev", bridge);
    await ip("link", "set", bridge, "up");
    const hosts: Host[] = [];
    for (let number = 1; number <= count; number++) {
      const name = `cc${id}-${number}`;
      const cable = `cc${id}v${number}`;
      const address = `${subnet}.${number}`;
      await ip("netns", "add", name);
      made.push(name);
      await ip("link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", name);
      await ip("link", "set", cable, "master", bridge, "up");
      await ip("-n", name, "address", "add", `${address}/24`, "dev", "eth0");
      await ip("-n", name, "link", "set", "eth0", "up");
      await ip("-n", name, "link", "set", "lo", "up");
      hosts.push({
        name,
        address,
        launcher: ["ip", "netns", "exec", name],
        cut: async () => void (await ip("link", "set", cable, "down")),
        mend: async () => void (await ip("link", "set", cable, "up")),
      });
    }
    return { hosts, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
