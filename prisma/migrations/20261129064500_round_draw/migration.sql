-- AlterTable
ALTER TABLE "public"."Round" ADD COLUMN     "drawNumber" CHAR(64);
