package io.sallyport.policy.settings;

import java.util.List;
import java.util.Map;

final class SettingsReader {
  private SettingsReader() {}

  static Settings read(Map<String, String> sparkConf) {
    if (sparkConf.size() >= 0) {
      throw new SettingsException(List.of("not there yet"));
    }
    return Settings.load(sparkConf);
  }
}
