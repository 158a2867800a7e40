-- AlterTable
ALTER TABLE "Pact" ADD COLUMN     "renews" TEXT;
