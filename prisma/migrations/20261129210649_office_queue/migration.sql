-- CreateTable
CREATE TABLE "Duty" (
    "municipality" CHAR(6) NOT NULL,
    "transaction" TEXT NOT NULL,
    "record" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "commons" TEXT,
    "commonsName" TEXT NOT NULL DEFAULT '',
    "district" INTEGER,
    "since" CHAR(10) NOT NULL,
    "dueOn" CHAR(10),
    "term" TEXT,
    "amountCents" BIGINT,
    "fictional" BOOLEAN NOT NULL DEFAULT false,
    "place" JSONB NOT NULL,
    "audience" TEXT[],
    "barred" TEXT[],
    "startsAt" TIMESTAMPTZ(0),

    CONSTRAINT "Duty_pkey" PRIMARY KEY ("municipality","transaction","record")
);

-- CreateTable
CREATE TABLE "DutyIndex" (
    "municipality" CHAR(6) NOT NULL,
    "key" TEXT NOT NULL,

    CONSTRAINT "DutyIndex_pkey" PRIMARY KEY ("municipality")
);

-- CreateTable
CREATE TABLE "DutyAssignment" (
    "municipality" CHAR(6) NOT NULL,
    "transaction" TEXT NOT NULL,
    "record" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "assignee" TEXT,
    "by" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "supersededAt" TIMESTAMPTZ(3),

    CONSTRAINT "DutyAssignment_pkey" PRIMARY KEY ("municipality","transaction","record","revision")
);

-- CreateTable
CREATE TABLE "ProtocolNumber" (
    "municipality" CHAR(6) NOT NULL,
    "record" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "number" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "supersededAt" TIMESTAMPTZ(3),

    CONSTRAINT "ProtocolNumber_pkey" PRIMARY KEY ("municipality","record","revision")
);

-- CreateIndex
CREATE INDEX "Duty_municipality_since_idx" ON "Duty"("municipality", "since");

-- CreateIndex
CREATE INDEX "Duty_audience_idx" ON "Duty" USING GIN ("audience");

-- CreateIndex
CREATE INDEX "DutyAssignment_municipality_assignee_supersededAt_idx" ON "DutyAssignment"("municipality", "assignee", "supersededAt");

-- CreateIndex
CREATE INDEX "DutyAssignment_by_idx" ON "DutyAssignment"("by");

-- CreateIndex
CREATE INDEX "ProtocolNumber_municipality_number_idx" ON "ProtocolNumber"("municipality", "number");

-- CreateIndex
CREATE INDEX "ProtocolNumber_by_idx" ON "ProtocolNumber"("by");
