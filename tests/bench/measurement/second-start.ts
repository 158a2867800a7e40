import { type CoCity, startCoCity } from "../../browser/co-city";
import { firstAnswer } from "./first-answer";

/** A Co-City on a data folder that has everything already, and how long its start took in seconds from the command. */
export async function secondStart(
  data: string,
  port: number,
): Promise<{ coCity: CoCity; untilFirstPageSeconds: number; untilRunningSeconds: number }> {
  const given = new AbortController();
  const answered = firstAnswer(`http://127.0.0.1:${port}/torino`, given.signal);
  answered.catch(() => undefined);
  try {
    const coCity = await startCoCity(data, port);
    return { coCity, untilFirstPageSeconds: await answered, untilRunningSeconds: coCity.startSeconds };
  } finally {
    given.abort();
  }
}
