// Loaded before anything else in each process the supervisor starts (node --import): when the supervisor is
// gone, however it went, its channel closes and the process ends as if it had been asked to. While it is there,
// it is answered whenever it asks whether the process still moves.
if (process.channel) {
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.on("message", (message) => {
    if (message === "moving?") process.send?.("moving", () => undefined);
  });
  process.channel.unref();
}
