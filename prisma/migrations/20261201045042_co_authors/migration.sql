-- AlterTable
ALTER TABLE "ProposalVersion" ADD COLUMN     "coAuthors" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "CoAuthor" (
    "municipality" CHAR(6) NOT NULL,
    "proposal" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "named" BOOLEAN NOT NULL DEFAULT false,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CoAuthor_pkey" PRIMARY KEY ("municipality","proposal","person")
);

-- CreateTable
CREATE TABLE "CoAuthorInvitation" (
    "id" UUID NOT NULL,
    "municipality" CHAR(6) NOT NULL,
    "proposal" TEXT NOT NULL,
    "codeHash" CHAR(64) NOT NULL,
    "sealedCode" BYTEA NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CoAuthorInvitation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "CoAuthor_person_idx" ON "CoAuthor"("person");

-- CreateIndex
CREATE UNIQUE INDEX "CoAuthorInvitation_codeHash_key" ON "CoAuthorInvitation"("codeHash");

-- CreateIndex
CREATE INDEX "CoAuthorInvitation_municipality_proposal_idx" ON "CoAuthorInvitation"("municipality", "proposal");

-- AddForeignKey
ALTER TABLE "CoAuthor" ADD CONSTRAINT "CoAuthor_municipality_proposal_fkey" FOREIGN KEY ("municipality", "proposal") REFERENCES "Proposal"("municipality", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CoAuthorInvitation" ADD CONSTRAINT "CoAuthorInvitation_municipality_proposal_fkey" FOREIGN KEY ("municipality", "proposal") REFERENCES "Proposal"("municipality", "id") ON DELETE CASCADE ON UPDATE CASCADE;
