-- Six years of money of one municipality as the projection would have it: 18 budget lines, 300 pacts, 5,000 payments.
INSERT INTO chain.day (municipality, id, day, record, "transactionId", block)
  VALUES ('001272', 'day', '2026-12-01', '{}', repeat('0', 64), 0);
INSERT INTO public."Commons" (municipality, id, slug, name, kind, district, salt, "createdBy", "publishedAt")
  SELECT '001272', 'commons-' || n, 'commons-' || n, 'Bene di prova ' || n, 'green_area', 1 + n % 8, repeat('0', 64), 'bench', now()
  FROM generate_series(1, 300) n;
INSERT INTO public."Subject" (municipality, id, kind, name, representative, salt)
  SELECT '001272', 'subject-' || n, 'association', 'Associazione di prova ' || n, 'bench', repeat('0', 64)
  FROM generate_series(1, 60) n;
INSERT INTO chain.budget_line
  (municipality, id, fund, name, year, kind, "budgetCents", "committedCents", "acceptedCents", "paidCents", fictional, record, "transactionId", block)
  SELECT '001272', 'line-' || year || '-' || fund, 'Fondo ' || fund, 'Linea ' || fund, year, 'investment',
    500000000, 0, 0, 0, true, '{}', repeat('0', 64), 0
  FROM generate_series(2021, 2026) year, generate_series(1, 3) fund;
INSERT INTO chain.pact
  (municipality, id, proposal, commons, form, state, version, "documentHash", "startsOn", "endsOn", record, "transactionId", block)
  SELECT '001272', 'pact-' || n, 'proposal-' || n, 'commons-' || n, (ARRAY['ordinary', 'complex', 'foundation'])[1 + n % 3], 'active', 1,
    repeat('0', 64), '2021-01-01', '2026-12-31', '{}', repeat('0', 64), 0
  FROM generate_series(1, 300) n;
INSERT INTO chain.commitment
  (municipality, id, line, proposal, commons, pact, beneficiary, payee, type, "amountCents", "acceptedCents", "paidCents", "plannedCents",
   "committedOn", fictional, record, "transactionId", block)
  SELECT '001272', 'commitment-' || n, 'line-' || (2021 + n % 6) || '-' || (1 + n % 3), 'proposal-' || n, 'commons-' || n, 'pact-' || n,
    'subject-' || (1 + n % 60), 'subject-' || (1 + n % 60), 'contribution', 17000000, 17000000, 0, 17000000, (2021 + n % 6) || '-01-15',
    true, '{}', repeat('0', 64), 0
  FROM generate_series(1, 300) n;
INSERT INTO chain.milestone
  (municipality, id, commitment, line, commons, number, "dueOn", "amountCents", digest, state, "acceptedCents", "requestedCents",
   record, "transactionId", block)
  SELECT '001272', 'milestone-' || n, 'commitment-' || (1 + n % 300), 'line', 'commons-' || (1 + n % 300), 1 + n / 300, '2026-01-01', 1000000,
    repeat('0', 64), 'accepted', 1000000, 1000000, '{}', repeat('0', 64), 0
  FROM generate_series(0, 4999) n;
INSERT INTO chain.payment
  (municipality, id, milestone, commitment, line, commons, payee, "amountCents", state, "requestedOn", "recoveredCents", record,
   "transactionId", block)
  SELECT '001272', 'payment-' || n, 'milestone-' || n, 'commitment-' || (1 + n % 300), 'line', 'commons-' || (1 + n % 300), 'subject-1', 1000000,
    'paid', '2026-01-01', 0, '{}', repeat('0', 64), 0
  FROM generate_series(0, 4999) n;
-- Each step of each milestone and payment, a transaction each; one payment in fifty has stopped half way.
CREATE TEMPORARY TABLE step AS
  SELECT n, s AS step, 1000 + n * 10 + s AS block, 1 + n % 300 AS c,
    to_char(date '2021-02-01' + n * 2100 / 5000 + s * (2 + n % 9), 'YYYY-MM-DD') AS day,
    (ARRAY['planned', 'evidence_submitted', 'verified', 'accepted', 'requested', 'checked', 'liquidated', 'ordered', 'paid'])[s] AS state
  FROM generate_series(0, 4999) n, generate_series(1, 9) s
  WHERE s <= 4 OR n % 50 > 0 OR s < 5 + n / 50 % 4;
INSERT INTO chain.transaction (block, index, id, code, name, "mspId", "statedTime", municipality, person, day)
  SELECT block, 0, lpad(block::text, 64, '0'), 0, 'payments:check', 'ComuneMSP', now(), '001272', 'bench', day FROM step;
INSERT INTO chain.money (block, index, position, municipality, day, type, "recordId", line, commitment, commons, payee, state, "amountCents", "plannedCents", "acceptedCents", "paidCents", since, moved)
  SELECT block, 0, 0, '001272', day, CASE WHEN step <= 4 THEN 'milestone' ELSE 'payment' END,
    CASE WHEN step <= 4 THEN 'milestone-' ELSE 'payment-' END || n, 'line-' || (2021 + c % 6) || '-' || (1 + c % 3), 'commitment-' || c,
    'commons-' || c, 'subject-' || (1 + c % 60), state, 1000000, 0, 0, CASE WHEN state = 'paid' THEN 1000000 ELSE 0 END, day, false
  FROM step;
INSERT INTO chain.money (block, index, position, municipality, day, type, "recordId", line, commitment, commons, payee, state, "amountCents", "plannedCents", "acceptedCents", "paidCents", since, moved)
  SELECT 0, n, 0, '001272', '2021-01-15', 'commitment', 'commitment-' || n, 'line-' || (2021 + n % 6) || '-' || (1 + n % 3), 'commitment-' || n,
    'commons-' || n, 'subject-' || (1 + n % 60), NULL, 17000000, 17000000, 0, 0, '2021-01-15', false
  FROM generate_series(1, 300) n;
-- What is accepted and paid is written to its commitment and its line in the same transaction.
INSERT INTO chain.money (block, index, position, municipality, day, type, "recordId", line, commitment, commons, payee, state, "amountCents", "plannedCents", "acceptedCents", "paidCents", since, moved)
  SELECT block, 0, 1, '001272', day, 'commitment', 'commitment-' || c, 'line-' || (2021 + c % 6) || '-' || (1 + c % 3), 'commitment-' || c,
    'commons-' || c, 'subject-' || (1 + c % 60), NULL, 17000000, 17000000,
    1000000 * count(*) FILTER (WHERE state = 'accepted') OVER (PARTITION BY c ORDER BY block),
    1000000 * count(*) FILTER (WHERE state = 'paid') OVER (PARTITION BY c ORDER BY block), day, false
  FROM step WHERE state IN ('accepted', 'paid');
INSERT INTO chain.money (block, index, position, municipality, day, type, "recordId", line, commitment, commons, payee, state, "amountCents", "plannedCents", "acceptedCents", "paidCents", since, moved)
  SELECT 0, 1000 + row_number() OVER (ORDER BY id), 0, '001272', '2021-01-01', 'budget_line', id, id, NULL, NULL, NULL, NULL,
    500000000, 0, 0, 0, '2021-01-01', false
  FROM chain.budget_line;
INSERT INTO chain.money (block, index, position, municipality, day, type, "recordId", line, commitment, commons, payee, state, "amountCents", "plannedCents", "acceptedCents", "paidCents", since, moved)
  SELECT block, 0, 2, '001272', day, 'budget_line', 'line-' || (2021 + c % 6) || '-' || (1 + c % 3), 'line-' || (2021 + c % 6) || '-' || (1 + c % 3),
    NULL, NULL, NULL, NULL, 500000000, 0, 0, 0, day, false
  FROM step WHERE state IN ('accepted', 'paid');
