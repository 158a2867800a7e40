import { readFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { type Control, controlFile, controlSchema } from "../../services/supervisor/control";

/** The supervisor that runs on a data folder, as its control file describes it. */
export async function readControl(folder: string): Promise<Control> {
  const content = await readFile(controlFile(folder), "utf8").catch(() => undefined);
  if (content === undefined) throw new Error("Co-City is only just starting; try again when it is running");
  return controlSchema.parse(JSON.parse(content));
}

export type Pause = {
  /** Throws when the ledger did not stand still all the time. */
  end(): void;
};

/** Has the supervisor stop the ledger where it stands; it goes on when the pause ends, or this program does. */
export async function pauseLedger({ socket: path, token }: Control): Promise<Pause> {
  const socket = connect(path);
  const answer = await new Promise<string>((resolve, reject) => {
    socket.once("data", (chunk) => resolve(chunk.toString().trim()));
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("Co-City refused to pause its ledger")));
    socket.write(`${token} pause\n`);
  });
  if (answer !== "paused") throw new Error(`the ledger cannot be paused: ${answer}`);
  return { end: () => finish(socket) };
}

function finish(socket: Socket): void {
  const whole = !socket.destroyed && socket.writable;
  socket.destroy();
  if (!whole) throw new Error("the ledger went on before it had been copied; try again");
}
