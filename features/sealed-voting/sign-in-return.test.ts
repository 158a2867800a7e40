import { expect, test } from "vitest";
import { readReturned } from "./sign-in-return";

test("a sign-in brings a token with its information, or says why not", () => {
  expect(readReturned("#token=a.b.c&userinfo=d.e.f")).toEqual({ token: "a.b.c", userinfo: "d.e.f" });
  expect(readReturned("#error=access_denied")).toEqual({ error: "access_denied" });
  expect(readReturned("#error=%3Cscript%3E")).toEqual({ error: "sign_in_failed" });
});

test("anything else is nothing", () => {
  for (const hash of ["", "#", "#token=a.b.c", "#userinfo=a", "#passo-2"])
    expect(readReturned(hash)).toBeNull();
});
