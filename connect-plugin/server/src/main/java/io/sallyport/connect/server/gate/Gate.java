package io.sallyport.connect.server.gate;

import io.sallyport.connect.server.proto.ProtoAdmission;
import io.sallyport.policy.settings.Settings;
import io.sallyport.spark.Installation;
import io.sallyport.spark.admission.FunctionTable;
import java.time.Clock;
import org.apache.spark.SparkConf;

/**
 * The parts that judge every call of one server.
 *
 * @param authentication who calls
 * @param registry whose sessions and operations are whose
 * @param requests what becomes of a request
 * @param refusals where refusals are recorded
 * @param headers what a call carries on to Spark's own interceptors
 * @param readiness whether calls may be served at all
 */
record Gate(
    Authentication authentication,
    SessionRegistry registry,
    AdmitRequest requests,
    RefusalRecord refusals,
    ForwardedHeaders headers,
    Readiness readiness) {

  static Gate of(Installation installation, SparkConf conf) {
    Settings settings = installation.settings();
    SessionRegistry registry =
        new SessionRegistry(settings.limits(), new SparkLiveState(), Clock.systemUTC());
    ProtoAdmission plans =
        new ProtoAdmission(
            settings.limits(),
            FunctionTable::admits,
            FunctionTable::refusalCode,
            new SqlTextAdmission());
    return new Gate(
        new Authentication(settings.principals()),
        registry,
        new AdmitRequest(registry, plans, new SparkSessions()),
        new RefusalRecord(installation.queries()::refused),
        ForwardedHeaders.of(conf),
        new Readiness(installation));
  }
}
