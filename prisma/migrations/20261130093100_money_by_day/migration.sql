-- CreateTable
CREATE TABLE "chain"."money" (
    "block" BIGINT NOT NULL,
    "index" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "municipality" CHAR(6) NOT NULL,
    "day" CHAR(10) NOT NULL,
    "type" TEXT NOT NULL,
    "recordId" TEXT NOT NULL,
    "line" TEXT NOT NULL,
    "commitment" TEXT,
    "commons" TEXT,
    "payee" TEXT,
    "state" TEXT,
    "amountCents" BIGINT NOT NULL,
    "plannedCents" BIGINT NOT NULL,
    "acceptedCents" BIGINT NOT NULL,
    "paidCents" BIGINT NOT NULL,
    "since" CHAR(10) NOT NULL,
    "goneOn" CHAR(10),
    "moved" BOOLEAN NOT NULL,

    CONSTRAINT "money_pkey" PRIMARY KEY ("block","index","position")
);

-- CreateIndex
CREATE INDEX "money_municipality_type_goneOn_idx" ON "chain"."money"("municipality", "type", "goneOn");

-- CreateIndex
CREATE INDEX "money_municipality_type_recordId_goneOn_idx" ON "chain"."money"("municipality", "type", "recordId", "goneOn");

-- What the tables hold of earlier blocks, as the projection would have written it.
INSERT INTO "chain"."money"
SELECT e."block", e."index", e."position", e."municipality", t."day", e."type", e."recordId",
  CASE e."type" WHEN 'budget_line' THEN e."recordId" ELSE e."record"->>'line' END,
  CASE e."type" WHEN 'budget_line' THEN NULL WHEN 'commitment' THEN e."recordId" ELSE e."record"->>'commitment' END,
  CASE e."type" WHEN 'budget_line' THEN NULL ELSE e."record"->>'commons' END,
  CASE WHEN e."type" IN ('commitment', 'payment') THEN e."record"->>'payee' END,
  CASE WHEN e."type" IN ('milestone', 'payment') THEN e."record"->>'state' END,
  CASE e."type" WHEN 'budget_line' THEN (e."record"->>'budgetCents')::bigint ELSE (e."record"->>'amountCents')::bigint END,
  CASE e."type" WHEN 'commitment' THEN (e."record"->>'plannedCents')::bigint ELSE 0 END,
  CASE e."type" WHEN 'payment' THEN 0 ELSE (e."record"->>'acceptedCents')::bigint END,
  CASE
    WHEN e."type" IN ('budget_line', 'commitment') THEN (e."record"->>'paidCents')::bigint
    WHEN e."type" = 'payment' AND e."record"->>'state' = 'paid'
      THEN (e."record"->>'amountCents')::bigint - (e."record"->>'recoveredCents')::bigint
    ELSE 0
  END,
  t."day", NULL, false
FROM "chain"."entry" e
JOIN "chain"."transaction" t ON t."block" = e."block" AND t."index" = e."index"
WHERE e."type" IN ('budget_line', 'commitment', 'milestone', 'payment');

UPDATE "chain"."money" m SET "since" = linked."since", "goneOn" = linked."goneOn", "moved" = linked."moved"
FROM (
  SELECT "block", "index", "position", "goneOn", "moved",
    first_value("day") OVER (PARTITION BY "municipality", "type", "recordId", "stay" ORDER BY "block", "index", "position") AS "since"
  FROM (
    SELECT *, sum("entered") OVER (PARTITION BY "municipality", "type", "recordId" ORDER BY "block", "index", "position") AS "stay"
    FROM (
      SELECT "block", "index", "position", "municipality", "type", "recordId", "day",
        ("state" IS DISTINCT FROM lag("state") OVER w)::int AS "entered",
        lead("day") OVER w AS "goneOn",
        lead("day") OVER w IS NOT NULL AND "state" IS DISTINCT FROM lead("state") OVER w AS "moved"
      FROM "chain"."money"
      WINDOW w AS (PARTITION BY "municipality", "type", "recordId" ORDER BY "block", "index", "position")
    ) AS "open"
  ) AS "stays"
) AS linked
WHERE m."block" = linked."block" AND m."index" = linked."index" AND m."position" = linked."position";
