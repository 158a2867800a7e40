import { type WhatIfQuestion, whatIf } from "@/voting/what-if";

// A count may take seconds on an old telephone: the page must not freeze meanwhile.
addEventListener("message", ({ data }: MessageEvent<WhatIfQuestion>) => {
  const answer = whatIf(data);
  postMessage(answer.ok ? { ok: true, gained: answer.gained, lost: answer.lost } : answer);
});
