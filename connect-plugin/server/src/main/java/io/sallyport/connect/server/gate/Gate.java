package io.sallyport.connect.server.gate;

import io.sallyport.connect.server.proto.ProtoAdmission;
import io.sallyport.policy.settings.Limits;
import io.sallyport.spark.Installation;
import io.sallyport.spark.admission.FunctionTable;
import io.sallyport.spark.record.AuditTrail;
import java.time.Clock;
import java.util.List;
import org.apache.spark.SparkConf;

/**
 * The parts that judge every call of one server.
 *
 * @param authentication who calls
 * @param strangers what becomes of those who are not known
 * @param watch whether credentials are still in force
 * @param slots how much runs at once
 * @param calls the calls that last
 * @param requests what becomes of a request
 * @param refusals where refusals are recorded
 * @param headers what a call carries on to Spark's own interceptors
 * @param readiness whether calls may be served at all
 */
record Gate(
    Authentication authentication,
    Strangers strangers,
    CredentialWatch watch,
    Slots slots,
    LiveCalls calls,
    AdmitRequest requests,
    RefusalRecord refusals,
    ForwardedHeaders headers,
    Readiness readiness) {

  static Gate of(Installation installation, SparkConf conf) {
    Limits limits = installation.settings().limits();
    Clock clock = Clock.systemUTC();
    LiveState live = new SparkLiveState();
    Slots slots = new Slots(limits, live);
    CredentialWatch watch = new CredentialWatch(installation::principals, live, clock);
    LiveCalls calls = new LiveCalls(live, watch, clock);
    BoundedSessions sessions = new BoundedSessions(new SparkSessions(), live, slots, limits, clock);
    AuditTrail record = installation.queries().record();
    StrangersRecord strangers = new StrangersRecord(record::strangers, record::guessed, clock);
    RefusalRecord refusals = new RefusalRecord(record::refused);
    ProtoAdmission plans =
        new ProtoAdmission(
            limits, FunctionTable::admits, FunctionTable::refusalCode, new SqlTextAdmission());
    Upkeep upkeep = new Upkeep();
    upkeep.start(
        List.of(
            calls::sweep,
            watch::sweep,
            sessions::endIdle,
            slots::sweep,
            strangers::sweep,
            record::sweep));
    installation.whenUninstalled(upkeep::close);
    installation.whenUninstalled(strangers::flush);
    return new Gate(
        new Authentication(installation::principals, clock),
        new Strangers(new FailedLogins(clock), strangers, upkeep::later),
        watch,
        slots,
        calls,
        new AdmitRequest(
            new SessionRegistry(),
            plans,
            sessions,
            new UnreadResults(limits, live),
            new AdmissionTurns(installation)),
        refusals,
        ForwardedHeaders.of(conf),
        new Readiness(installation));
  }
}
