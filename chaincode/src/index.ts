/** What fabric-chaincode-node loads. */
import { CallsContract } from "./contracts/calls";
import { CommonsContract } from "./contracts/commons";
import { DeskContract } from "./contracts/desk";
import { DocumentsContract } from "./contracts/documents";
import { FundsContract } from "./contracts/funds";
import { MilestonesContract } from "./contracts/milestones";
import { MunicipalityContract } from "./contracts/municipality";
import { OfficesContract } from "./contracts/offices";
import { PactsContract } from "./contracts/pacts";
import { PapersContract } from "./contracts/papers";
import { PasskeysContract } from "./contracts/passkeys";
import { PaymentsContract } from "./contracts/payments";
import { ProposalsContract } from "./contracts/proposals";
import { RecordsContract } from "./contracts/records";
import { RecoveryContract } from "./contracts/recovery";
import { ReportsContract } from "./contracts/reports";
import { RoundsContract } from "./contracts/rounds";
import { SealedContract } from "./contracts/sealed";
import { SubjectsContract } from "./contracts/subjects";
import { readCertificatesOnce } from "./ledger/certificates-once";
import { quietShim } from "./ledger/quiet";
import { TextSerializer } from "./ledger/text-serializer";

quietShim(process.env.CORE_CHAINCODE_LOGGING_LEVEL);
readCertificatesOnce();

export const contracts = [
  MunicipalityContract,
  OfficesContract,
  PasskeysContract,
  RecoveryContract,
  SubjectsContract,
  CommonsContract,
  DocumentsContract,
  CallsContract,
  ProposalsContract,
  RoundsContract,
  SealedContract,
  DeskContract,
  PactsContract,
  FundsContract,
  MilestonesContract,
  PaymentsContract,
  ReportsContract,
  PapersContract,
  RecordsContract,
];

export const serializers = { transaction: "text", serializers: { text: TextSerializer } };
