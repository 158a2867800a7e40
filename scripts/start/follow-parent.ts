// Loaded before anything else in each process the supervisor starts (node --import): when the supervisor is
// gone, however it went, its channel closes and the process ends as if it had been asked to.
if (process.channel) {
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel.unref();
}
