-- AlterTable
ALTER TABLE "House" ADD COLUMN     "phone" TEXT,
ADD COLUMN     "text" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "HousePerson" (
    "id" UUID NOT NULL,
    "municipality" CHAR(6) NOT NULL,
    "house" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "task" TEXT NOT NULL,
    "email" TEXT,
    "phone" TEXT,
    "agreedOn" CHAR(10) NOT NULL,
    "addedBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "HousePerson_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "HouseEvent" (
    "id" UUID NOT NULL,
    "municipality" CHAR(6) NOT NULL,
    "house" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL DEFAULT '',
    "place" TEXT NOT NULL DEFAULT '',
    "startsAt" TIMESTAMPTZ(0) NOT NULL,
    "endsAt" TIMESTAMPTZ(0) NOT NULL,
    "cancelledAt" TIMESTAMPTZ(3),
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "HouseEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "HouseChange" (
    "municipality" CHAR(6) NOT NULL,
    "house" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "before" JSONB,
    "by" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "HouseChange_pkey" PRIMARY KEY ("municipality","house","number")
);

-- CreateIndex
CREATE INDEX "HousePerson_municipality_house_idx" ON "HousePerson"("municipality", "house");

-- CreateIndex
CREATE INDEX "HouseEvent_municipality_house_startsAt_idx" ON "HouseEvent"("municipality", "house", "startsAt");

-- CreateIndex
CREATE INDEX "HouseChange_by_idx" ON "HouseChange"("by");
