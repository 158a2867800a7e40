-- Items of before there was a register of people in office say how they are submitted now. What was queued waits: an act
-- for its person's signature, anything else for the register (`ledger/client/outbox/before-register.ts`), where there is
-- none yet. What is being sent is signed already and is sent as it is.
CREATE TEMPORARY TABLE queued_before ON COMMIT DROP AS
  SELECT id FROM "public"."OutboxItem" WHERE by IS NULL AND status = 'queued';

UPDATE "public"."OutboxItem" SET by = CASE
  WHEN role = 'resident' THEN 'resident'
  WHEN role IN ('service', 'casting_service', 'registrar') THEN 'service'
  ELSE 'act' END
WHERE by IS NULL;

UPDATE "public"."OutboxItem" AS o SET
  follows = CASE WHEN o.follows IN (SELECT id FROM queued_before) THEN o.follows END,
  status = CASE
    WHEN o.by = 'act' THEN 'to_sign'
    WHEN o.follows IN (SELECT id FROM queued_before) THEN 'following'
    WHEN EXISTS (SELECT 1 FROM chain.municipality AS m WHERE m.municipality = o.municipality
      AND m.record->>'founding' IS NOT NULL) THEN 'queued'
    ELSE 'following' END
FROM queued_before AS q WHERE q.id = o.id;

ALTER TABLE "public"."OutboxItem" ALTER COLUMN "by" SET NOT NULL;
ALTER TABLE "public"."OutboxItem" ADD CONSTRAINT "OutboxItem_by_check" CHECK (by IN ('act', 'resident', 'service'));

-- Nobody asks with which certificate bytes were signed: they say so themselves.
ALTER TABLE "public"."OutboxSubmission" DROP CONSTRAINT "OutboxSubmission_identityId_fkey", DROP COLUMN "identityId";

-- People sign acts with their passkeys. Their certificates go, with the keys that the server kept for them; earlier
-- transactions have the certificates they were signed with on the ledger.
DELETE FROM "public"."LedgerIdentity" WHERE person NOT LIKE 'service-%' OR "privateKeyEncrypted" IS NULL;
ALTER TABLE "public"."LedgerIdentity" ALTER COLUMN "privateKeyEncrypted" SET NOT NULL;
ALTER TABLE "public"."LedgerIdentity" RENAME TO "ServiceCertificate";
ALTER TABLE "public"."ServiceCertificate" RENAME CONSTRAINT "LedgerIdentity_pkey" TO "ServiceCertificate_pkey";
ALTER TABLE "public"."ServiceCertificate"
  RENAME CONSTRAINT "LedgerIdentity_organisation_check" TO "ServiceCertificate_organisation_check";
ALTER INDEX "public"."LedgerIdentity_enrolmentId_key" RENAME TO "ServiceCertificate_enrolmentId_key";
ALTER INDEX "public"."LedgerIdentity_municipality_person_role_idx"
  RENAME TO "ServiceCertificate_municipality_person_role_idx";
