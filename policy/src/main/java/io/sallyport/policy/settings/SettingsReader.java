package io.sallyport.policy.settings;

import java.util.Map;

final class SettingsReader {
  private SettingsReader() {}

  static Settings read(Map<String, String> sparkConf) {
    throw new UnsupportedOperationException("Not there yet: " + sparkConf.size());
  }
}
