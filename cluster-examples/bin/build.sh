#!/usr/bin/env bash
# Builds what the examples run, without tests; does nothing when it is built already.
set -euo pipefail
# shellcheck source=common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

mapfile -t modules < <(top_modules)

# The classpath of the module that Maven builds last is newer than every source.
is_up_to_date() {
  local last="$client_launch/client.classpath" newer
  [[ -f "$last" && -f "$server_launch/spark.classpath" ]] || return 1
  plugin_jar > /dev/null || return 1
  newer="$(cd -- "$repository" \
    && find pom.xml "${modules[@]}" \( -name target -prune \) -o \
      \( -path '*/src/main/*' -o -name pom.xml \) -type f -newer "$last" -print -quit)"
  [[ -z "$newer" ]]
}

require_java
if is_up_to_date; then
  exit 0
fi
require_maven
echo "Building Sallyport (the first time, Maven also downloads Spark)..."
cd -- "$repository"
mvn -B -ntp -q package -Dmaven.test.skip=true -Dspotless.check.skip=true \
  -pl :sallyport-examples-server,:sallyport-connect-cli,:sallyport-examples-analyst -am
# A build that changed nothing leaves the file as it is.
touch -- "$client_launch/client.classpath"
