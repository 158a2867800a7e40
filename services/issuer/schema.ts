/** Tables of an issuer's store. Nothing in it is of a voter's key or ballot: issuers never see one. */
export const issuerSchema = [
  `
  CREATE TABLE key (
    round TEXT NOT NULL, area INTEGER NOT NULL, modulus BLOB NOT NULL, sealed BLOB NOT NULL,
    PRIMARY KEY (round, area)
  ) WITHOUT ROWID;
  CREATE TABLE roll (round TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE place (
    round TEXT NOT NULL, fiscal_hash BLOB NOT NULL, area INTEGER NOT NULL, person BLOB NOT NULL,
    PRIMARY KEY (round, fiscal_hash)
  ) WITHOUT ROWID;
  CREATE TABLE enrolment (
    round TEXT NOT NULL, person BLOB NOT NULL, area INTEGER NOT NULL, enrolment_key BLOB NOT NULL,
    noticed_at INTEGER NOT NULL, not_before INTEGER NOT NULL,
    credential BLOB, posting BLOB, issued_at INTEGER, objected_at INTEGER, objection BLOB NOT NULL UNIQUE,
    PRIMARY KEY (round, person)
  ) WITHOUT ROWID;
  CREATE TABLE paper (round TEXT NOT NULL, person BLOB NOT NULL, area INTEGER NOT NULL, PRIMARY KEY (round, person)) WITHOUT ROWID;
  CREATE TABLE refusal (round TEXT NOT NULL, code TEXT NOT NULL, person BLOB NOT NULL, PRIMARY KEY (round, code, person)) WITHOUT ROWID;
  CREATE TABLE rho_entry (round TEXT NOT NULL, tag BLOB NOT NULL, entry BLOB NOT NULL, PRIMARY KEY (round, tag)) WITHOUT ROWID;
  CREATE TABLE notice (
    id INTEGER PRIMARY KEY, address TEXT NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL, at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0
  );
  CREATE INDEX notice_address ON notice (address, id);
  CREATE TABLE report (round TEXT NOT NULL, day TEXT NOT NULL, PRIMARY KEY (round, day)) WITHOUT ROWID;
  `,
  `
  CREATE TABLE token_key (
    round TEXT NOT NULL, area INTEGER NOT NULL, modulus BLOB NOT NULL, id BLOB NOT NULL,
    PRIMARY KEY (round, area)
  ) WITHOUT ROWID;
  `,
] as const;
