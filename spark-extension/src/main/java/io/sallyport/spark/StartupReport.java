package io.sallyport.spark;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;

/**
 * What operators read when the server begins to answer: the policies in force with their hashes,
 * what is pinned, and what is off. It is made of settings only, and holds no secret of them.
 */
final class StartupReport {

  private StartupReport() {}

  /** The whole report, line by line. */
  static List<String> of(Settings settings, PolicySet policies, SparkConf conf) {
    List<String> lines = new ArrayList<>(ofPolicies(policies));
    lines.add(
        "Pinned: "
            + PinnedConfs.values().entrySet().stream()
                .map(pinned -> pinned.getKey() + "=" + pinned.getValue())
                .collect(Collectors.joining(", ")));
    lines.add("Off: " + String.join(", ", off(settings, conf)));
    return lines;
  }

  /** The policies in force. */
  static List<String> ofPolicies(PolicySet policies) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Policies in force: version %s, %d frames, public tables %s"
            .formatted(
                policies.version(),
                policies.frames().size(),
                policies.publicTables().isEmpty() ? "none" : policies.publicTables()));
    policies.frames().forEach(frame -> lines.add(line(frame, policies)));
    return lines;
  }

  private static String line(Frame frame, PolicySet policies) {
    return "Frame %s: automatic %s, approval %s, owner %s, terms version %s"
        .formatted(
            frame.name(),
            frame.policy().automatic().text(),
            frame.policy().approval().text(),
            frame.owner().orElse("any"),
            policies.versionOf(List.of(frame.name())));
  }

  private static List<String> off(Settings settings, SparkConf conf) {
    List<String> off = new ArrayList<>();
    addIf(off, settings.tls().isEmpty(), "TLS (spark.sallyport.tls.*)");
    addIf(off, settings.principals().all().isEmpty(), "principals: nobody can connect");
    addIf(off, settings.durable().webhook().isEmpty(), "telling owners of requests");
    addIf(off, settings.durable().reload().isZero(), "reading the policies again");
    addIf(off, settings.operating().healthPort().isEmpty(), "health over HTTP");
    addIf(off, !conf.getBoolean("spark.ui.enabled", true), "Spark's web interface");
    for (String key :
        List.of(
            "spark.authenticate",
            "spark.network.crypto.enabled",
            "spark.io.encryption.enabled",
            "spark.speculation")) {
      addIf(off, !conf.getBoolean(key, false), key);
    }
    return off.isEmpty() ? List.of("nothing") : off;
  }

  private static void addIf(List<String> off, boolean isOff, String what) {
    if (isOff) {
      off.add(what);
    }
  }
}
