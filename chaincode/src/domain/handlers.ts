/** Which rule carries out which transaction. */
import type { TransactionName } from "../../../protocol/transactions";
import * as adhesions from "./adhesions";
import * as admissions from "./admissions";
import * as assessments from "./assessments";
import * as ballots from "./ballots";
import * as calls from "./calls";
import * as carrying from "./carry-over";
import * as commons from "./commons";
import * as counting from "./counting";
import * as deskSheets from "./desk/sheets";
import * as deskStations from "./desk/stations";
import * as deskVouchers from "./desk/vouchers";
import * as founding from "./founding";
import * as funding from "./funding";
import * as funds from "./funds";
import type { Handler } from "./handler";
import * as milestoneObjections from "./milestone-objections";
import * as milestones from "./milestones";
import * as municipality from "./municipality";
import * as objections from "./objections";
import * as offices from "./offices";
import * as origins from "./origins";
import * as pactTerm from "./pact-term";
import * as pacts from "./pacts";
import * as papers from "./papers";
import * as passkeys from "./passkeys";
import * as payments from "./payments";
import * as proposals from "./proposals";
import * as recovery from "./recovery";
import * as releases from "./releases";
import * as reports from "./reports";
import * as rounds from "./rounds";
import * as sealedAnnouncing from "./sealed/announcing";
import * as sealedCasting from "./sealed/casting";
import * as sealedIssuing from "./sealed/issuing";
import * as sealedListing from "./sealed/listing";
import * as sealedProlonging from "./sealed/prolonging";
import * as sealedPublishing from "./sealed/publishing";
import * as subjects from "./subjects";

export const handlers: { [T in TransactionName]: Handler<T> } = {
  "municipality:proposeSettings": municipality.proposeSettings,
  "municipality:confirmSettings": municipality.confirmSettings,
  "municipality:advanceDay": municipality.advanceDay,
  "municipality:registerSigningKey": municipality.registerSigningKey,
  "municipality:withdrawSigningKey": municipality.withdrawSigningKey,
  "municipality:found": founding.found,
  "municipality:introduceRegister": founding.introduceRegister,
  "municipality:proposeOrigin": origins.proposeOrigin,
  "municipality:confirmOrigin": origins.confirmOrigin,
  "municipality:retireOrigin": origins.retireOrigin,
  "offices:propose": offices.propose,
  "offices:confirm": offices.confirm,
  "offices:withdraw": offices.withdraw,
  "offices:suspend": offices.suspend,
  "offices:confirmWithdrawal": offices.confirmWithdrawal,
  "papers:record": papers.record,
  "papers:confirm": papers.confirm,
  "papers:withdraw": papers.withdraw,
  "passkeys:propose": passkeys.propose,
  "passkeys:confirm": passkeys.confirm,
  "passkeys:withdraw": passkeys.withdraw,
  "recovery:propose": recovery.propose,
  "recovery:stop": recovery.stop,
  "recovery:complete": recovery.complete,
  "subjects:register": subjects.register,
  "subjects:registerPayee": subjects.registerPayee,
  "subjects:recogniseEligibility": subjects.recogniseEligibility,
  "subjects:replaceRepresentative": subjects.replaceRepresentative,
  "subjects:declareInterest": subjects.declareInterest,
  "commons:register": commons.register,
  "documents:record": commons.recordDocument,
  "calls:publish": calls.publish,
  "calls:extend": calls.extend,
  "proposals:submit": proposals.submit,
  "proposals:publish": proposals.publish,
  "proposals:withdraw": proposals.withdraw,
  "proposals:merge": proposals.merge,
  "proposals:separate": proposals.separate,
  "proposals:adhere": adhesions.adhere,
  "proposals:withdrawAdhesion": adhesions.withdrawAdhesion,
  "proposals:startAssessment": proposals.startAssessment,
  "proposals:requestIntegration": proposals.requestIntegration,
  "proposals:integrate": proposals.integrate,
  "proposals:declareConflict": assessments.declareConflict,
  "proposals:score": assessments.score,
  "proposals:admit": assessments.admit,
  "proposals:reject": assessments.reject,
  "proposals:fund": funding.fund,
  "proposals:reserve": funding.reserve,
  "proposals:allowBeyond": funding.allowBeyond,
  "proposals:startCoDesign": funding.startCoDesign,
  "proposals:readyForPact": funding.readyForPact,
  "proposals:abandon": funding.abandon,
  "rounds:freeze": rounds.freeze,
  "rounds:place": rounds.place,
  "rounds:draw": rounds.draw,
  "rounds:open": rounds.open,
  "rounds:admit": admissions.admit,
  "rounds:cast": ballots.cast,
  "rounds:close": rounds.close,
  "rounds:count": counting.count,
  "rounds:attest": counting.attest,
  "rounds:object": objections.object,
  "rounds:decideObjection": objections.decideObjection,
  "rounds:finalise": counting.finalise,
  "rounds:annul": rounds.annul,
  "rounds:release": rounds.release,
  "sealed:announce": sealedAnnouncing.announce,
  "sealed:offerKeys": sealedAnnouncing.offerKeys,
  "sealed:offerServiceKey": sealedAnnouncing.offerServiceKey,
  "sealed:offerTrusteeKey": sealedAnnouncing.offerTrusteeKey,
  "sealed:revealTie": sealedAnnouncing.revealTie,
  "sealed:reportIssued": sealedIssuing.reportIssued,
  "sealed:cast": sealedCasting.cast,
  "sealed:endReception": sealedCasting.endReception,
  "sealed:prolong": sealedProlonging.prolong,
  "sealed:list": sealedListing.list,
  "sealed:purge": sealedListing.purge,
  "sealed:publish": sealedPublishing.publish,
  "sealed:completePublication": sealedPublishing.completePublication,
  "sealed:release": sealedPublishing.release,
  "desk:openStation": deskStations.openStation,
  "desk:vouch": deskVouchers.vouch,
  "desk:confirmVoucher": deskVouchers.confirmVoucher,
  "desk:tellBalance": deskStations.tellBalance,
  "desk:closeStation": deskStations.closeStation,
  "desk:enterSheets": deskSheets.enterSheets,
  "desk:confirmSheets": deskSheets.confirmSheets,
  "pacts:draft": pacts.draft,
  "pacts:revise": pacts.revise,
  "pacts:approveDistrict": pacts.approveDistrict,
  "pacts:noteGiunta": pacts.noteGiunta,
  "pacts:approveGiunta": pacts.approveGiunta,
  "pacts:sign": pacts.sign,
  "pacts:recordInsurance": pactTerm.recordInsurance,
  "pacts:recordSafetyBriefing": pactTerm.recordSafetyBriefing,
  "pacts:activate": pactTerm.activate,
  "pacts:suspend": pactTerm.suspend,
  "pacts:resume": pactTerm.resume,
  "pacts:terminate": pactTerm.terminate,
  "pacts:withdraw": pactTerm.withdraw,
  "pacts:expire": pactTerm.expire,
  "funds:openLine": funds.openLine,
  "funds:changeBudget": funds.changeBudget,
  "funds:commit": funds.commit,
  "funds:publishGrant": funds.publishGrant,
  "funds:planMilestones": funds.planMilestones,
  "funds:release": releases.release,
  "funds:carryOver": carrying.carryOver,
  "funds:allowSettlement": releases.allowSettlement,
  "milestones:cancel": milestones.cancel,
  "milestones:countersign": milestones.countersign,
  "milestones:submitEvidence": milestones.submitEvidence,
  "milestones:verify": milestones.verify,
  "milestones:returnEvidence": milestones.returnEvidence,
  "milestones:accept": milestones.accept,
  "milestones:reject": milestones.reject,
  "milestones:object": milestoneObjections.object,
  "milestones:decideObjection": milestoneObjections.decideObjection,
  "payments:request": payments.request,
  "payments:check": payments.check,
  "payments:reduce": payments.reduce,
  "payments:refuse": payments.refuse,
  "payments:liquidate": payments.liquidate,
  "payments:order": payments.order,
  "payments:recordPaid": payments.recordPaid,
  "payments:recordReturned": payments.recordReturned,
  "payments:recover": payments.recover,
  "reports:submit": reports.submit,
};
