-- CreateTable
CREATE TABLE "Meeting" (
    "id" UUID NOT NULL,
    "municipality" CHAR(6) NOT NULL,
    "aboutType" TEXT NOT NULL,
    "aboutId" TEXT NOT NULL,
    "district" INTEGER,
    "title" TEXT NOT NULL,
    "place" TEXT NOT NULL DEFAULT '',
    "link" TEXT NOT NULL DEFAULT '',
    "startsAt" TIMESTAMPTZ(0) NOT NULL,
    "endsAt" TIMESTAMPTZ(0) NOT NULL,
    "language" TEXT NOT NULL,
    "agenda" TEXT NOT NULL,
    "places" INTEGER,
    "convenedBy" TEXT NOT NULL,
    "organisation" TEXT,
    "role" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "cancelledAt" TIMESTAMPTZ(3),
    "reason" TEXT NOT NULL DEFAULT '',
    "minutes" TEXT NOT NULL DEFAULT '',
    "attendance" INTEGER,
    "minutesAt" TIMESTAMPTZ(3),
    "fictional" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Meeting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MeetingRegistration" (
    "municipality" CHAR(6) NOT NULL,
    "meeting" UUID NOT NULL,
    "person" TEXT NOT NULL,
    "number" SERIAL NOT NULL,
    "isWaiting" BOOLEAN NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MeetingRegistration_pkey" PRIMARY KEY ("meeting","person")
);

-- CreateTable
CREATE TABLE "MeetingChange" (
    "municipality" CHAR(6) NOT NULL,
    "meeting" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "what" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "by" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MeetingChange_pkey" PRIMARY KEY ("meeting","revision")
);

-- CreateIndex
CREATE INDEX "Meeting_municipality_startsAt_idx" ON "Meeting"("municipality", "startsAt");

-- CreateIndex
CREATE INDEX "Meeting_municipality_aboutType_aboutId_startsAt_idx" ON "Meeting"("municipality", "aboutType", "aboutId", "startsAt");

-- CreateIndex
CREATE INDEX "Meeting_startsAt_idx" ON "Meeting"("startsAt");

-- CreateIndex
CREATE INDEX "MeetingRegistration_person_idx" ON "MeetingRegistration"("person");

-- CreateIndex
CREATE INDEX "MeetingChange_by_idx" ON "MeetingChange"("by");

-- AddForeignKey
ALTER TABLE "MeetingRegistration" ADD CONSTRAINT "MeetingRegistration_meeting_fkey" FOREIGN KEY ("meeting") REFERENCES "Meeting"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MeetingChange" ADD CONSTRAINT "MeetingChange_meeting_fkey" FOREIGN KEY ("meeting") REFERENCES "Meeting"("id") ON DELETE CASCADE ON UPDATE CASCADE;
