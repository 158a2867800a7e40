-- CreateTable
CREATE TABLE "MunicipalityProfile" (
    "municipality" CHAR(6) NOT NULL,
    "website" TEXT NOT NULL DEFAULT '',
    "address" TEXT NOT NULL DEFAULT '',
    "phone" TEXT NOT NULL DEFAULT '',
    "email" TEXT NOT NULL DEFAULT '',
    "pec" TEXT NOT NULL DEFAULT '',
    "taxCode" TEXT NOT NULL DEFAULT '',
    "offices" TEXT NOT NULL DEFAULT '',
    "accessibilityUrl" TEXT NOT NULL DEFAULT '',
    "privacyContact" TEXT NOT NULL DEFAULT '',
    "changedBy" TEXT NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MunicipalityProfile_pkey" PRIMARY KEY ("municipality")
);

-- CreateTable
CREATE TABLE "PageFeedback" (
    "id" UUID NOT NULL,
    "municipality" CHAR(6) NOT NULL,
    "page" TEXT NOT NULL,
    "record" TEXT,
    "language" CHAR(2) NOT NULL,
    "stars" SMALLINT NOT NULL,
    "answer" TEXT,
    "text" TEXT NOT NULL DEFAULT '',
    "day" DATE NOT NULL,

    CONSTRAINT "PageFeedback_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "PageFeedback_municipality_day_idx" ON "PageFeedback"("municipality", "day");

-- AddCheck
ALTER TABLE "PageFeedback" ADD CONSTRAINT "PageFeedback_stars_check" CHECK ("stars" BETWEEN 1 AND 5);
