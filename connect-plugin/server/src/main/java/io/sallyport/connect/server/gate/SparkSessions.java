package io.sallyport.connect.server.gate;

import io.sallyport.policy.principal.Principal;
import java.util.Optional;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.connect.service.SessionHolder;
import org.apache.spark.sql.connect.service.SparkConnectService$;
import scala.Option;

/** The sessions of this JVM's Spark Connect service. */
final class SparkSessions implements Sessions {

  @Override
  public OpenSession open(Principal principal, String session, Optional<String> observed) {
    try {
      return new Held(
          SparkConnectService$.MODULE$.getOrCreateIsolatedSession(
              principal.name(), session, Option.apply(observed.orElse(null))));
    } catch (Exception e) { // SparkSQLException is checked, and Scala does not declare it
      String condition = e instanceof SparkThrowable spark ? spark.getCondition() : "";
      throw new SessionNotOpenException(condition == null ? "" : condition, e);
    }
  }

  private record Held(SessionHolder holder) implements OpenSession {

    @Override
    public String serverSideId() {
      return holder.serverSessionId();
    }

    @Override
    public Optional<String> conf(String key) {
      Option<String> value = holder.session().conf().getOption(key);
      return value.isDefined() ? Optional.of(value.get()) : Optional.empty();
    }

    @Override
    public void setConf(String key, String value) {
      holder.session().conf().set(key, value);
    }

    @Override
    public void unsetConf(String key) {
      holder.session().conf().unset(key);
    }
  }
}
