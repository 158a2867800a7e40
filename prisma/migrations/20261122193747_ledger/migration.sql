-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "chain";

-- DropForeignKey
ALTER TABLE "LedgerIdentity" DROP CONSTRAINT "LedgerIdentity_person_fkey";

-- AlterTable
ALTER TABLE "LedgerIdentity" DROP CONSTRAINT "LedgerIdentity_pkey",
DROP COLUMN "endedAt",
DROP COLUMN "status",
ADD COLUMN     "enrolmentId" TEXT NOT NULL,
ADD COLUMN     "revokedAt" TIMESTAMPTZ(3),
DROP COLUMN "id",
ADD COLUMN     "id" UUID NOT NULL,
ADD CONSTRAINT "LedgerIdentity_pkey" PRIMARY KEY ("id");

-- DropEnum
DROP TYPE "LedgerIdentityStatus";

-- CreateTable
CREATE TABLE "OutboxItem" (
    "id" UUID NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "municipality" CHAR(6) NOT NULL,
    "transaction" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "person" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "signing" TEXT NOT NULL DEFAULT 'server',
    "subjectType" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "orderKey" TEXT,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "submissionId" UUID,
    "notBefore" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "alone" BOOLEAN NOT NULL DEFAULT false,
    "transactionId" CHAR(64),
    "block" BIGINT,
    "errorCode" TEXT,
    "errorParams" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "OutboxItem_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OutboxSubmission" (
    "id" UUID NOT NULL,
    "command" UUID NOT NULL,
    "transaction" TEXT NOT NULL,
    "identityId" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "proposal" BYTEA,
    "envelope" BYTEA,
    "code" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "OutboxSubmission_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LedgerWorker" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "worker" UUID NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "alarm" TEXT,

    CONSTRAINT "LedgerWorker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chain"."block" (
    "number" BIGINT NOT NULL,
    "hash" CHAR(64) NOT NULL,
    "previousHash" TEXT NOT NULL,
    "dataHash" CHAR(64) NOT NULL,
    "transactions" INTEGER NOT NULL,

    CONSTRAINT "block_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "chain"."transaction" (
    "block" BIGINT NOT NULL,
    "index" INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "code" INTEGER NOT NULL,
    "name" TEXT,
    "mspId" TEXT NOT NULL,
    "statedTime" TIMESTAMPTZ(3) NOT NULL,
    "municipality" CHAR(6),
    "organisation" TEXT,
    "role" TEXT,
    "person" TEXT,
    "command" UUID,
    "day" CHAR(10),

    CONSTRAINT "transaction_pkey" PRIMARY KEY ("block","index")
);

-- CreateTable
CREATE TABLE "chain"."step" (
    "municipality" CHAR(6) NOT NULL,
    "commons" TEXT NOT NULL,
    "block" BIGINT NOT NULL,
    "index" INTEGER NOT NULL,

    CONSTRAINT "step_pkey" PRIMARY KEY ("municipality","commons","block","index")
);

-- CreateTable
CREATE TABLE "chain"."entry" (
    "block" BIGINT NOT NULL,
    "index" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "municipality" CHAR(6) NOT NULL,
    "type" TEXT NOT NULL,
    "recordId" TEXT NOT NULL,
    "commons" TEXT,
    "record" JSONB NOT NULL,

    CONSTRAINT "entry_pkey" PRIMARY KEY ("block","index","position")
);

-- CreateTable
CREATE TABLE "chain"."municipality" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "casaBody" TEXT NOT NULL,
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "municipality_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "chain"."day" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "day" CHAR(10) NOT NULL,
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "day_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "chain"."signing_key" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "publicKey" TEXT NOT NULL,
    "withdrawn" BOOLEAN NOT NULL,
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "signing_key_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "chain"."subject" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "representative" TEXT NOT NULL,
    "digest" CHAR(64) NOT NULL,
    "eligible" BOOLEAN NOT NULL,
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "subject_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "chain"."commons" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "digest" CHAR(64) NOT NULL,
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "commons_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "chain"."call" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "scopes" TEXT[],
    "digest" CHAR(64) NOT NULL,
    "opensOn" CHAR(10) NOT NULL,
    "closesOn" CHAR(10) NOT NULL,
    "threshold" INTEGER NOT NULL,
    "requiredScores" INTEGER NOT NULL,
    "maxCostCents" BIGINT NOT NULL,
    "lines" TEXT[],
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "call_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "chain"."proposal" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "call" TEXT NOT NULL,
    "commons" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "representative" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "digest" CHAR(64) NOT NULL,
    "costCents" BIGINT NOT NULL,
    "submittedOn" CHAR(10) NOT NULL,
    "score" INTEGER,
    "integrationDueOn" CHAR(10),
    "round" TEXT,
    "mergedInto" TEXT,
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "proposal_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "chain"."adhesion" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "proposal" TEXT NOT NULL,
    "commons" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "withdrawn" BOOLEAN NOT NULL,
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "adhesion_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "chain"."assessment" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "proposal" TEXT NOT NULL,
    "commons" TEXT NOT NULL,
    "assessor" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "conflict" BOOLEAN NOT NULL,
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "assessment_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "chain"."round" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "call" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "ballotKind" TEXT NOT NULL,
    "budgetCents" BIGINT NOT NULL,
    "rollSize" INTEGER NOT NULL,
    "frozenDigest" CHAR(64) NOT NULL,
    "opensOn" CHAR(10) NOT NULL,
    "closesAt" TIMESTAMPTZ(3) NOT NULL,
    "requiredAttestations" INTEGER NOT NULL,
    "objectionDays" INTEGER NOT NULL,
    "outcomeDigest" CHAR(64),
    "attestedOn" CHAR(10),
    "openObjections" INTEGER NOT NULL,
    "reconstruction" BOOLEAN NOT NULL,
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "round_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "chain"."admission" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "round" TEXT NOT NULL,
    "key" CHAR(64) NOT NULL,
    "slot" INTEGER NOT NULL,
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "admission_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "chain"."ballot" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "round" TEXT NOT NULL,
    "key" CHAR(64) NOT NULL,
    "seq" INTEGER NOT NULL,
    "choices" INTEGER[],
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "ballot_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "chain"."objection" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "round" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "digest" CHAR(64) NOT NULL,
    "raisedOn" CHAR(10) NOT NULL,
    "upheld" BOOLEAN,
    "decidedOn" CHAR(10),
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "objection_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "chain"."pact" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "proposal" TEXT NOT NULL,
    "commons" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "documentHash" CHAR(64) NOT NULL,
    "startsOn" CHAR(10) NOT NULL,
    "endsOn" CHAR(10) NOT NULL,
    "insuredUntil" CHAR(10),
    "briefedOn" CHAR(10),
    "renews" TEXT,
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "pact_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "chain"."budget_line" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "fund" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "budgetCents" BIGINT NOT NULL,
    "committedCents" BIGINT NOT NULL,
    "acceptedCents" BIGINT NOT NULL,
    "paidCents" BIGINT NOT NULL,
    "fictional" BOOLEAN NOT NULL,
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "budget_line_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "chain"."commitment" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "proposal" TEXT NOT NULL,
    "commons" TEXT NOT NULL,
    "pact" TEXT NOT NULL,
    "beneficiary" TEXT NOT NULL,
    "payee" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "amountCents" BIGINT NOT NULL,
    "acceptedCents" BIGINT NOT NULL,
    "paidCents" BIGINT NOT NULL,
    "plannedCents" BIGINT NOT NULL,
    "cup" TEXT,
    "cig" TEXT,
    "publishedOn" CHAR(10),
    "fictional" BOOLEAN NOT NULL,
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "commitment_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "chain"."milestone" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "commitment" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "commons" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "dueOn" CHAR(10) NOT NULL,
    "amountCents" BIGINT NOT NULL,
    "digest" CHAR(64) NOT NULL,
    "state" TEXT NOT NULL,
    "submittedOn" CHAR(10),
    "verifiedOn" CHAR(10),
    "acceptedOn" CHAR(10),
    "acceptedCents" BIGINT NOT NULL,
    "requestedCents" BIGINT NOT NULL,
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "milestone_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "chain"."payment" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "milestone" TEXT NOT NULL,
    "commitment" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "commons" TEXT NOT NULL,
    "payee" TEXT NOT NULL,
    "amountCents" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "requestedOn" CHAR(10) NOT NULL,
    "orderNumber" TEXT,
    "orderedOn" CHAR(10),
    "paidOn" CHAR(10),
    "reference" TEXT,
    "recoveredCents" BIGINT NOT NULL,
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "payment_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "chain"."report" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "commitment" TEXT NOT NULL,
    "commons" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "dueOn" CHAR(10) NOT NULL,
    "submittedOn" CHAR(10),
    "digest" CHAR(64),
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "report_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "chain"."document" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "commons" TEXT,
    "kind" TEXT NOT NULL,
    "hash" CHAR(64) NOT NULL,
    "recordedOn" CHAR(10) NOT NULL,
    "corrects" TEXT,
    "record" JSONB NOT NULL,
    "transactionId" CHAR(64) NOT NULL,
    "block" BIGINT NOT NULL,

    CONSTRAINT "document_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "OutboxItem_sequence_key" ON "OutboxItem"("sequence");

-- CreateIndex
CREATE INDEX "OutboxItem_municipality_subjectType_subjectId_idx" ON "OutboxItem"("municipality", "subjectType", "subjectId");

-- CreateIndex
CREATE INDEX "OutboxItem_submissionId_idx" ON "OutboxItem"("submissionId");

-- CreateIndex
CREATE INDEX "OutboxItem_status_sequence_idx" ON "OutboxItem"("status", "sequence");

-- CreateIndex
CREATE INDEX "OutboxSubmission_status_idx" ON "OutboxSubmission"("status");

-- CreateIndex
CREATE INDEX "transaction_id_idx" ON "chain"."transaction"("id");

-- CreateIndex
CREATE INDEX "transaction_municipality_block_index_idx" ON "chain"."transaction"("municipality", "block", "index");

-- CreateIndex
CREATE INDEX "entry_municipality_type_recordId_idx" ON "chain"."entry"("municipality", "type", "recordId");

-- CreateIndex
CREATE INDEX "signing_key_municipality_person_idx" ON "chain"."signing_key"("municipality", "person");

-- CreateIndex
CREATE INDEX "subject_municipality_representative_idx" ON "chain"."subject"("municipality", "representative");

-- CreateIndex
CREATE INDEX "proposal_municipality_call_state_idx" ON "chain"."proposal"("municipality", "call", "state");

-- CreateIndex
CREATE INDEX "proposal_municipality_commons_idx" ON "chain"."proposal"("municipality", "commons");

-- CreateIndex
CREATE INDEX "proposal_municipality_representative_idx" ON "chain"."proposal"("municipality", "representative");

-- CreateIndex
CREATE INDEX "proposal_municipality_state_idx" ON "chain"."proposal"("municipality", "state");

-- CreateIndex
CREATE INDEX "proposal_municipality_round_idx" ON "chain"."proposal"("municipality", "round");

-- CreateIndex
CREATE INDEX "adhesion_municipality_proposal_idx" ON "chain"."adhesion"("municipality", "proposal");

-- CreateIndex
CREATE INDEX "adhesion_municipality_person_idx" ON "chain"."adhesion"("municipality", "person");

-- CreateIndex
CREATE INDEX "assessment_municipality_proposal_idx" ON "chain"."assessment"("municipality", "proposal");

-- CreateIndex
CREATE INDEX "assessment_municipality_assessor_idx" ON "chain"."assessment"("municipality", "assessor");

-- CreateIndex
CREATE INDEX "round_municipality_call_idx" ON "chain"."round"("municipality", "call");

-- CreateIndex
CREATE INDEX "round_municipality_state_idx" ON "chain"."round"("municipality", "state");

-- CreateIndex
CREATE INDEX "admission_municipality_round_idx" ON "chain"."admission"("municipality", "round");

-- CreateIndex
CREATE INDEX "ballot_municipality_round_key_seq_idx" ON "chain"."ballot"("municipality", "round", "key", "seq");

-- CreateIndex
CREATE INDEX "objection_municipality_round_idx" ON "chain"."objection"("municipality", "round");

-- CreateIndex
CREATE INDEX "pact_municipality_commons_idx" ON "chain"."pact"("municipality", "commons");

-- CreateIndex
CREATE INDEX "pact_municipality_proposal_idx" ON "chain"."pact"("municipality", "proposal");

-- CreateIndex
CREATE INDEX "pact_municipality_state_idx" ON "chain"."pact"("municipality", "state");

-- CreateIndex
CREATE INDEX "commitment_municipality_line_idx" ON "chain"."commitment"("municipality", "line");

-- CreateIndex
CREATE INDEX "commitment_municipality_commons_idx" ON "chain"."commitment"("municipality", "commons");

-- CreateIndex
CREATE INDEX "commitment_municipality_pact_idx" ON "chain"."commitment"("municipality", "pact");

-- CreateIndex
CREATE INDEX "commitment_municipality_payee_idx" ON "chain"."commitment"("municipality", "payee");

-- CreateIndex
CREATE INDEX "milestone_municipality_commitment_number_idx" ON "chain"."milestone"("municipality", "commitment", "number");

-- CreateIndex
CREATE INDEX "milestone_municipality_commons_idx" ON "chain"."milestone"("municipality", "commons");

-- CreateIndex
CREATE INDEX "milestone_municipality_state_dueOn_idx" ON "chain"."milestone"("municipality", "state", "dueOn");

-- CreateIndex
CREATE INDEX "payment_municipality_milestone_idx" ON "chain"."payment"("municipality", "milestone");

-- CreateIndex
CREATE INDEX "payment_municipality_commitment_idx" ON "chain"."payment"("municipality", "commitment");

-- CreateIndex
CREATE INDEX "payment_municipality_commons_idx" ON "chain"."payment"("municipality", "commons");

-- CreateIndex
CREATE INDEX "payment_municipality_state_idx" ON "chain"."payment"("municipality", "state");

-- CreateIndex
CREATE INDEX "report_municipality_commitment_idx" ON "chain"."report"("municipality", "commitment");

-- CreateIndex
CREATE INDEX "report_municipality_commons_idx" ON "chain"."report"("municipality", "commons");

-- CreateIndex
CREATE INDEX "report_municipality_dueOn_idx" ON "chain"."report"("municipality", "dueOn");

-- CreateIndex
CREATE INDEX "document_municipality_commons_idx" ON "chain"."document"("municipality", "commons");

-- CreateIndex
CREATE INDEX "document_municipality_hash_idx" ON "chain"."document"("municipality", "hash");

-- CreateIndex
CREATE UNIQUE INDEX "LedgerIdentity_enrolmentId_key" ON "LedgerIdentity"("enrolmentId");

-- AddForeignKey
ALTER TABLE "OutboxItem" ADD CONSTRAINT "OutboxItem_submissionId_fkey" FOREIGN KEY ("submissionId") REFERENCES "OutboxSubmission"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OutboxSubmission" ADD CONSTRAINT "OutboxSubmission_identityId_fkey" FOREIGN KEY ("identityId") REFERENCES "LedgerIdentity"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
