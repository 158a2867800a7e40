-- CreateTable
CREATE TABLE "Commons" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "owner" TEXT,
    "address" TEXT,
    "lat" DOUBLE PRECISION,
    "lon" DOUBLE PRECISION,
    "positionOf" TEXT NOT NULL DEFAULT 'point',
    "district" INTEGER,
    "cadastralReference" TEXT,
    "heritage" BOOLEAN NOT NULL DEFAULT false,
    "sources" JSONB NOT NULL DEFAULT '[]',
    "facts" JSONB NOT NULL DEFAULT '{}',
    "salt" CHAR(64) NOT NULL,
    "publishedAt" TIMESTAMPTZ(3),
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Commons_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "Follow" (
    "municipality" CHAR(6) NOT NULL,
    "person" TEXT NOT NULL,
    "commons" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Follow_pkey" PRIMARY KEY ("municipality","person","commons")
);

-- CreateTable
CREATE TABLE "Subject" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "representative" TEXT NOT NULL,
    "fiscalCode" TEXT,
    "email" TEXT,
    "salt" CHAR(64) NOT NULL,
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Subject_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "House" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "district" INTEGER,
    "lat" DOUBLE PRECISION,
    "lon" DOUBLE PRECISION,
    "source" TEXT,
    "email" TEXT,
    "hours" TEXT,

    CONSTRAINT "House_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "StoredFile" (
    "municipality" CHAR(6) NOT NULL,
    "hash" CHAR(64) NOT NULL,
    "size" INTEGER NOT NULL,
    "mediaType" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "StoredFile_pkey" PRIMARY KEY ("municipality","hash")
);

-- CreateTable
CREATE TABLE "Attachment" (
    "id" TEXT NOT NULL,
    "municipality" CHAR(6) NOT NULL,
    "hash" CHAR(64) NOT NULL,
    "name" TEXT NOT NULL,
    "aboutType" TEXT NOT NULL,
    "aboutId" TEXT NOT NULL,
    "public" BOOLEAN NOT NULL DEFAULT false,
    "uploadedBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Attachment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SaltedText" (
    "municipality" CHAR(6) NOT NULL,
    "digest" CHAR(64) NOT NULL,
    "salt" CHAR(64) NOT NULL,
    "text" TEXT NOT NULL,
    "public" BOOLEAN NOT NULL,
    "author" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SaltedText_pkey" PRIMARY KEY ("municipality","digest")
);

-- CreateTable
CREATE TABLE "Call" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "objectives" TEXT NOT NULL,
    "whoMay" TEXT NOT NULL,
    "criteria" JSONB NOT NULL,
    "scopes" TEXT[],
    "opensOn" CHAR(10) NOT NULL,
    "closesOn" CHAR(10) NOT NULL,
    "threshold" INTEGER NOT NULL,
    "requiredScores" INTEGER NOT NULL,
    "maxCostCents" BIGINT NOT NULL,
    "lines" TEXT[],
    "documentsAsked" TEXT NOT NULL DEFAULT '',
    "act" JSONB,
    "salt" CHAR(64) NOT NULL,
    "createdBy" TEXT NOT NULL,
    "publishedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Call_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "Proposal" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "call" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "commons" TEXT,
    "subject" TEXT,
    "title" TEXT NOT NULL DEFAULT '',
    "summary" TEXT NOT NULL DEFAULT '',
    "dossier" JSONB NOT NULL DEFAULT '{}',
    "costCents" BIGINT,
    "step" TEXT NOT NULL DEFAULT 'where',
    "revision" INTEGER NOT NULL DEFAULT 0,
    "submittedAt" TIMESTAMPTZ(3),
    "discardedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Proposal_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "ProposalVersion" (
    "municipality" CHAR(6) NOT NULL,
    "proposal" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "salt" CHAR(64) NOT NULL,
    "digest" CHAR(64) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ProposalVersion_pkey" PRIMARY KEY ("municipality","proposal","version")
);

-- CreateTable
CREATE TABLE "Comment" (
    "id" TEXT NOT NULL,
    "municipality" CHAR(6) NOT NULL,
    "proposal" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "replyTo" TEXT,
    "hiddenReason" TEXT,
    "withdrawnAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Comment_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Commons_municipality_slug_key" ON "Commons"("municipality", "slug");

-- CreateIndex
CREATE INDEX "Subject_municipality_representative_idx" ON "Subject"("municipality", "representative");

-- CreateIndex
CREATE UNIQUE INDEX "House_municipality_slug_key" ON "House"("municipality", "slug");

-- CreateIndex
CREATE INDEX "Attachment_municipality_aboutType_aboutId_idx" ON "Attachment"("municipality", "aboutType", "aboutId");

-- CreateIndex
CREATE UNIQUE INDEX "Call_municipality_slug_key" ON "Call"("municipality", "slug");

-- CreateIndex
CREATE INDEX "Proposal_municipality_author_idx" ON "Proposal"("municipality", "author");

-- CreateIndex
CREATE INDEX "Proposal_municipality_call_idx" ON "Proposal"("municipality", "call");

-- CreateIndex
CREATE UNIQUE INDEX "Proposal_municipality_slug_key" ON "Proposal"("municipality", "slug");

-- CreateIndex
CREATE INDEX "Comment_municipality_proposal_createdAt_idx" ON "Comment"("municipality", "proposal", "createdAt");

-- AddForeignKey
ALTER TABLE "Attachment" ADD CONSTRAINT "Attachment_municipality_hash_fkey" FOREIGN KEY ("municipality", "hash") REFERENCES "StoredFile"("municipality", "hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProposalVersion" ADD CONSTRAINT "ProposalVersion_municipality_proposal_fkey" FOREIGN KEY ("municipality", "proposal") REFERENCES "Proposal"("municipality", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Comment" ADD CONSTRAINT "Comment_municipality_proposal_fkey" FOREIGN KEY ("municipality", "proposal") REFERENCES "Proposal"("municipality", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
