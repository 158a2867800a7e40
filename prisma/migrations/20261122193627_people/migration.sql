-- CreateEnum
CREATE TYPE "LedgerIdentityStatus" AS ENUM ('active', 'revoked', 'expired');

-- CreateTable
CREATE TABLE "Boundary" (
    "municipality" CHAR(6) NOT NULL,
    "kind" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "geometry" JSONB NOT NULL,
    "credit" TEXT NOT NULL,

    CONSTRAINT "Boundary_pkey" PRIMARY KEY ("municipality","kind","code")
);

-- CreateTable
CREATE TABLE "Person" (
    "id" TEXT NOT NULL,
    "fiscalNumberHash" CHAR(64),
    "displayName" TEXT,
    "birthDateEncrypted" BYTEA,
    "residence" CHAR(6),
    "language" CHAR(2) NOT NULL DEFAULT 'it',
    "emailEncrypted" BYTEA,
    "notifyByEmail" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "erasedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RoleAssignment" (
    "id" TEXT NOT NULL,
    "municipality" CHAR(6) NOT NULL,
    "person" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "house" TEXT,
    "district" INTEGER,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "until" TIMESTAMPTZ(3),
    "givenBy" TEXT,

    CONSTRAINT "RoleAssignment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LedgerIdentity" (
    "id" TEXT NOT NULL,
    "municipality" CHAR(6) NOT NULL,
    "person" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "certificatePem" TEXT NOT NULL,
    "privateKeyEncrypted" BYTEA,
    "status" "LedgerIdentityStatus" NOT NULL DEFAULT 'active',
    "validUntil" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "LedgerIdentity_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Person_fiscalNumberHash_key" ON "Person"("fiscalNumberHash");

-- CreateIndex
CREATE INDEX "RoleAssignment_person_idx" ON "RoleAssignment"("person");

-- CreateIndex
CREATE INDEX "RoleAssignment_municipality_role_idx" ON "RoleAssignment"("municipality", "role");

-- CreateIndex
CREATE INDEX "LedgerIdentity_municipality_person_role_idx" ON "LedgerIdentity"("municipality", "person", "role");

-- AddForeignKey
ALTER TABLE "RoleAssignment" ADD CONSTRAINT "RoleAssignment_person_fkey" FOREIGN KEY ("person") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LedgerIdentity" ADD CONSTRAINT "LedgerIdentity_person_fkey" FOREIGN KEY ("person") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Forms that Prisma's schema language cannot express.
ALTER TABLE "Person" ADD CONSTRAINT "Person_language_check" CHECK ("language" IN ('it', 'en'));
ALTER TABLE "RoleAssignment" ADD CONSTRAINT "RoleAssignment_organisation_check" CHECK ("organisation" IN ('Comune', 'Case', 'Garanti'));
ALTER TABLE "LedgerIdentity" ADD CONSTRAINT "LedgerIdentity_organisation_check" CHECK ("organisation" IN ('Comune', 'Case', 'Garanti'));
ALTER TABLE "Boundary" ADD CONSTRAINT "Boundary_kind_check" CHECK ("kind" IN ('municipality', 'district'));

-- The same role is not held twice at one time, and one certificate stands for one role.
CREATE UNIQUE INDEX "RoleAssignment_current_key" ON "RoleAssignment"("person", "municipality", "organisation", "role", COALESCE("house", ''), COALESCE("district", 0)) WHERE "until" IS NULL;
CREATE UNIQUE INDEX "LedgerIdentity_active_key" ON "LedgerIdentity"("municipality", "person", "organisation", "role") WHERE "status" = 'active';
