-- The end of keeping is one act a year, however often it is tried: whoever moves this year on writes the act down.

ALTER TABLE "erasure" ADD COLUMN "retention_begun" INTEGER;
UPDATE "erasure" SET "retention_begun" = "retention_year" WHERE "retention_year" IS NOT NULL;
