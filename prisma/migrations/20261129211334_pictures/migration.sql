-- CreateTable
CREATE TABLE "Picture" (
    "id" TEXT NOT NULL,
    "municipality" CHAR(6) NOT NULL,
    "aboutType" TEXT NOT NULL,
    "aboutId" TEXT NOT NULL,
    "commons" TEXT,
    "moment" TEXT,
    "alternativeText" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "takenOn" CHAR(10) NOT NULL,
    "license" TEXT NOT NULL,
    "people" TEXT NOT NULL,
    "consent" TEXT NOT NULL DEFAULT '',
    "focus" TEXT NOT NULL,
    "variants" JSONB NOT NULL DEFAULT '[]',
    "firstSince" TIMESTAMPTZ(3),
    "uploadedBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removedAt" TIMESTAMPTZ(3),
    "removedBy" TEXT,
    "removalReason" TEXT,
    "removalNote" TEXT,

    CONSTRAINT "Picture_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PictureReport" (
    "id" TEXT NOT NULL,
    "municipality" CHAR(6) NOT NULL,
    "picture" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "text" TEXT NOT NULL DEFAULT '',
    "reporter" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decidedAt" TIMESTAMPTZ(3),
    "decidedBy" TEXT,
    "decision" TEXT,
    "answer" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "PictureReport_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Picture_municipality_commons_idx" ON "Picture"("municipality", "commons");

-- CreateIndex
CREATE INDEX "Picture_municipality_aboutType_aboutId_idx" ON "Picture"("municipality", "aboutType", "aboutId");

-- CreateIndex
CREATE INDEX "Picture_uploadedBy_idx" ON "Picture"("uploadedBy");

-- CreateIndex
CREATE INDEX "PictureReport_municipality_decidedAt_idx" ON "PictureReport"("municipality", "decidedAt");

-- CreateIndex
CREATE INDEX "PictureReport_picture_idx" ON "PictureReport"("picture");

-- CreateIndex
CREATE INDEX "PictureReport_reporter_idx" ON "PictureReport"("reporter");

-- AddForeignKey
ALTER TABLE "PictureReport" ADD CONSTRAINT "PictureReport_picture_fkey" FOREIGN KEY ("picture") REFERENCES "Picture"("id") ON DELETE CASCADE ON UPDATE CASCADE;
