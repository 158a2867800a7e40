-- AlterTable
ALTER TABLE "Round" ADD COLUMN     "mostCents" BIGINT,
ADD COLUMN     "mostOfDistrict" INTEGER,
ADD COLUMN     "mostOfKind" INTEGER,
ADD COLUMN     "pointsEach" INTEGER,
ADD COLUMN     "pointsTotal" INTEGER;
