/** Preloaded into a process, puts its wall clock a day ahead. */
const AHEAD_MS = 24 * 3600_000;
const now = Date.now;

Date.now = () => now() + AHEAD_MS;
globalThis.Date = new Proxy(Date, {
  construct: (date, given, made) => Reflect.construct(date, given.length === 0 ? [date.now()] : given, made),
});
