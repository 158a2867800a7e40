-- CreateTable
CREATE TABLE "MilestoneText" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "commitment" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "deliverable" TEXT NOT NULL,
    "salt" CHAR(64) NOT NULL,

    CONSTRAINT "MilestoneText_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "GrantRow" (
    "municipality" CHAR(6) NOT NULL,
    "commitment" TEXT NOT NULL,
    "row" JSONB NOT NULL,
    "salt" CHAR(64) NOT NULL,
    "digest" CHAR(64) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "GrantRow_pkey" PRIMARY KEY ("municipality","commitment")
);

-- CreateTable
CREATE TABLE "Pact" (
    "municipality" CHAR(6) NOT NULL,
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "proposal" TEXT NOT NULL,
    "commons" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "content" JSONB NOT NULL DEFAULT '{}',
    "parties" JSONB NOT NULL DEFAULT '[]',
    "startsOn" CHAR(10) NOT NULL,
    "endsOn" CHAR(10) NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Pact_pkey" PRIMARY KEY ("municipality","id")
);

-- CreateTable
CREATE TABLE "PactVersion" (
    "municipality" CHAR(6) NOT NULL,
    "pact" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "parties" JSONB NOT NULL,
    "startsOn" CHAR(10) NOT NULL,
    "endsOn" CHAR(10) NOT NULL,
    "documentHash" CHAR(64) NOT NULL,
    "attachment" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PactVersion_pkey" PRIMARY KEY ("municipality","pact","version")
);

-- CreateIndex
CREATE INDEX "Pact_municipality_proposal_idx" ON "Pact"("municipality", "proposal");

-- CreateIndex
CREATE UNIQUE INDEX "Pact_municipality_slug_key" ON "Pact"("municipality", "slug");

-- AddForeignKey
ALTER TABLE "PactVersion" ADD CONSTRAINT "PactVersion_municipality_pact_fkey" FOREIGN KEY ("municipality", "pact") REFERENCES "Pact"("municipality", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
