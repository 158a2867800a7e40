-- An import that was confirmed by mistake can be taken back.
ALTER TABLE "TreasuryImport" DROP CONSTRAINT "TreasuryImport_state_check";
ALTER TABLE "TreasuryImport" ADD CONSTRAINT "TreasuryImport_state_check" CHECK (state IN ('draft', 'imported', 'superseded', 'withdrawn'));
