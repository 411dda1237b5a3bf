package io.sallyport.connect.server.plugin;

import com.codahale.metrics.Gauge;
import io.sallyport.connect.server.gate.Readiness;
import io.sallyport.connect.server.health.HttpHealth;
import io.sallyport.connect.server.log.QuietLogs;
import io.sallyport.policy.audit.AuditLog;
import io.sallyport.policy.audit.FileAuditLog;
import io.sallyport.policy.files.PrivateFiles;
import io.sallyport.policy.settings.PlanView;
import io.sallyport.policy.settings.Settings;
import io.sallyport.spark.Installation;
import io.sallyport.spark.answer.DurableState;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.sql.connect.service.SparkConnectService$;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Installs Sallyport while the SparkContext is being made, before there is any session. An
 * exception from here stops the driver.
 */
final class SallyportDriver implements DriverPlugin {

  private static final Logger LOG = LoggerFactory.getLogger(SallyportDriver.class);
  private static final String OPERATOR_LOG = "operator.log";
  private static final String UI = PlanView.WEB_UI.conf();
  private static final String ALLOWED = "spark.sallyport.plans-shown-by";

  private Optional<Installation> installation = Optional.empty();
  private final Deque<Runnable> opened = new ArrayDeque<>();

  @Override
  public Map<String, String> init(SparkContext context, PluginContext plugin) {
    if (SparkConnectService$.MODULE$.started()) {
      throw new RefusedToStart(
          "The Spark Connect server was started before Sallyport. Put Sallyport first: "
              + RequiredConfs.PLUGINS_LINE);
    }
    SparkConf conf = context.conf();
    RequiredConfs.complete(conf);
    closeUnaskedInterface(context);
    Settings settings = Settings.load(entries(conf));
    PlanViews.require(conf, settings.operating().plansShownBy());
    try {
      quiet(settings);
      install(settings, context);
    } catch (RuntimeException e) {
      closeAll();
      throw e;
    }
    LOG.info("Sallyport is installed");
    return Map.of(SallyportExecutor.LOGGERS, String.join(",", settings.operating().loggers()));
  }

  /** First of all: what is logged from here on may be about data. */
  private void quiet(Settings settings) {
    try {
      PrivateFiles.folder(settings.store());
    } catch (IOException e) {
      throw new RefusedToStart("The store cannot be made: " + e.getMessage());
    }
    QuietLogs logs =
        QuietLogs.install(
            settings.operating().loggers(), Optional.of(settings.store().resolve(OPERATOR_LOG)));
    opened.push(logs::close);
  }

  private void install(Settings settings, SparkContext context) {
    AuditLog log = FileAuditLog.open(settings.store().resolve("audit"));
    opened.push(log::close);
    DurableState durable =
        DurableState.open(settings, context.hadoopConfiguration(), Clock.systemUTC());
    opened.push(durable::close);
    SparkConf conf = context.conf();
    Installation installed =
        Installation.install(settings, log, durable, () -> Settings.load(entries(conf)));
    installation = Optional.of(installed);
    opened.push(installed::uninstall);
    HttpHealth.start(settings.operating(), installed.health(), () -> wake(installed))
        .ifPresent(http -> opened.push(http::close));
  }

  /** A server that is Spark's own serves nobody before its self-test has passed. */
  private static void wake(Installation installed) {
    try {
      new Readiness(installed).require();
    } catch (RuntimeException e) {
      LOG.warn("Not ready: {}", e.getMessage());
    }
  }

  /** Numbers for Spark's metrics sinks, under the name of the plugin. */
  @Override
  public void registerMetrics(String application, PluginContext plugin) {
    installation.ifPresent(
        installed ->
            installed
                .measures()
                .all()
                .forEach(
                    (name, value) ->
                        plugin.metricRegistry().register(name, (Gauge<Number>) value::get)));
  }

  private void closeAll() {
    while (!opened.isEmpty()) {
      opened.pop().run();
    }
  }

  @Override
  public void shutdown() {
    closeAll();
    installation = Optional.empty();
  }

  /** Spark's web interface shows plans and texts of queries to anyone who reaches its port. */
  private static void closeUnaskedInterface(SparkContext context) {
    if (!context.conf().contains(UI) && context.ui().isDefined()) {
      context.ui().get().stop();
      context.conf().set(UI, "false");
      LOG.info("Spark's web interface is off; {}=true with {}=web-ui turns it on", UI, ALLOWED);
    }
  }

  private static Map<String, String> entries(SparkConf conf) {
    Map<String, String> entries = new HashMap<>();
    for (Tuple2<String, String> entry : conf.getAll()) {
      entries.put(entry._1(), entry._2());
    }
    return entries;
  }
}
