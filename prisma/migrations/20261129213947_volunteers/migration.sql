-- CreateTable
CREATE TABLE "VolunteerContact" (
    "municipality" CHAR(6) NOT NULL,
    "proposal" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "agreedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "VolunteerContact_pkey" PRIMARY KEY ("municipality","proposal","person")
);

-- CreateTable
CREATE TABLE "VolunteerAccess" (
    "id" UUID NOT NULL,
    "municipality" CHAR(6) NOT NULL,
    "proposal" TEXT NOT NULL,
    "volunteer" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "VolunteerAccess_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "VolunteerContact_person_idx" ON "VolunteerContact"("person");

-- CreateIndex
CREATE INDEX "VolunteerAccess_municipality_proposal_volunteer_idx" ON "VolunteerAccess"("municipality", "proposal", "volunteer");

-- CreateIndex
CREATE INDEX "VolunteerAccess_volunteer_idx" ON "VolunteerAccess"("volunteer");

-- CreateIndex
CREATE INDEX "VolunteerAccess_person_idx" ON "VolunteerAccess"("person");
