-- AlterTable
ALTER TABLE "Call" ADD COLUMN     "rolling" BOOLEAN NOT NULL DEFAULT false;
