package io.sallyport.policy.settings;

import java.util.List;
import java.util.Map;

final class SettingsReader {
  private SettingsReader() {}

  static Settings read(Map<String, String> sparkConf) {
    if (!sparkConf.isEmpty()) {
      throw new SettingsException(List.of("not there yet"));
    }
    return new Settings(
        io.sallyport.policy.frame.PolicySet.of(List.of(), java.util.Set.of()),
        io.sallyport.policy.principal.Principals.of(List.of()),
        java.util.Optional.empty(),
        java.nio.file.Path.of("sallyport-store"),
        Limits.defaults());
  }
}
