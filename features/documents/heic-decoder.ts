/**
 * The program of a thread that decodes one HEIC picture: the decoder computes for seconds without a pause, and its
 * memory is given back only with the thread. Loaded by Node as it stands, outside of the site's bundles.
 */
import { parentPort, workerData } from "node:worker_threads";
import decode from "heic-decode";

type Task = { bytes: Uint8Array; mostPixels: number };

const { bytes, mostPixels } = workerData as Task;
const images = await decode.all({ buffer: bytes });
const [image] = images;
if (!image) throw new Error("no picture in the file");
if (image.width * image.height > mostPixels) parentPort?.postMessage({ tooLarge: true });
else {
  const { width, height, data } = await image.decode();
  parentPort?.postMessage({ width, height, data }, [data.buffer]);
}
