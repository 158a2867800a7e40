/** What fabric-chaincode-node loads. */
import { CallsContract } from "./contracts/calls";
import { CommonsContract } from "./contracts/commons";
import { DocumentsContract } from "./contracts/documents";
import { FundsContract } from "./contracts/funds";
import { MilestonesContract } from "./contracts/milestones";
import { MunicipalityContract } from "./contracts/municipality";
import { PactsContract } from "./contracts/pacts";
import { PaymentsContract } from "./contracts/payments";
import { ProposalsContract } from "./contracts/proposals";
import { RecordsContract } from "./contracts/records";
import { ReportsContract } from "./contracts/reports";
import { RoundsContract } from "./contracts/rounds";
import { SubjectsContract } from "./contracts/subjects";

export const contracts = [
  MunicipalityContract,
  SubjectsContract,
  CommonsContract,
  DocumentsContract,
  CallsContract,
  ProposalsContract,
  RoundsContract,
  PactsContract,
  FundsContract,
  MilestonesContract,
  PaymentsContract,
  ReportsContract,
  RecordsContract,
];
