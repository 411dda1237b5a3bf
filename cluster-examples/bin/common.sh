# Shared by the scripts of cluster-examples. Source it; it runs nothing by itself.

examples="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)"
repository="$(dirname -- "$examples")"
server_launch="$examples/server/target/launch"
client_launch="$examples/analyst/target/launch"

# For JVMs that end within a minute: most of their time would go into optimising their own code.
short_lived=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC)

fail() {
  printf '%s: %s\n' "$(basename -- "$0")" "$*" >&2
  exit 1
}

# Sets $java to the java command of a JDK 17.
require_java() {
  if [[ -n "${JAVA_HOME:-}" ]]; then
    java="$JAVA_HOME/bin/java"
    [[ -x "$java" ]] || fail "JAVA_HOME has no bin/java: $JAVA_HOME"
  else
    java="$(command -v java)" || fail "There is no java. Install a JDK 17 or set JAVA_HOME."
  fi
  local version
  version="$("$java" -version 2>&1 | sed -n 's/^[^"]* version "\([0-9]*\).*/\1/p')"
  [[ "$version" == 17 ]] || fail "Spark 4.2 with Sallyport runs on Java 17; this is Java ${version:-unknown}: $java"
}

require_maven() {
  command -v mvn > /dev/null || fail "There is no mvn. Install Maven 3.8.7 or later."
}

# The folders of the build's modules, as the build itself has them.
top_modules() {
  sed -n 's|^ *<module>\(.*\)</module> *$|\1|p' "$repository/pom.xml"
}

# The one jar that makes Spark a governed server.
plugin_jar() {
  local jar
  for jar in "$repository"/connect-plugin/server/target/sallyport-connect-server-*-plugin.jar; do
    if [[ -f "$jar" ]]; then
      printf '%s' "$jar"
      return
    fi
  done
  return 1
}

require_build() {
  local file
  for file in "$server_launch/spark.classpath" "$client_launch/client.classpath"; do
    [[ -f "$file" ]] || fail "Not built yet (no $file). Run: $examples/bin/build.sh"
  done
  plugin_jar > /dev/null || fail "Not built yet (no plugin jar). Run: $examples/bin/build.sh"
}

# run_owner_side CLASS ARGUMENT...: a program of the module server.
run_owner_side() {
  "$java" "@$server_launch/java.options" "${short_lived[@]}" -Xmx2g \
    -cp "$examples/server/target/classes:$(< "$server_launch/spark.classpath")" "$@"
}

# run_analyst_side TRUSTSTORE CLASS ARGUMENT...: a program on the stock client.
run_analyst_side() {
  local truststore="$1"
  shift
  "$java" "@$client_launch/java.options" "${short_lived[@]}" -Xmx1g \
    "-Djavax.net.ssl.trustStore=$truststore" -Djavax.net.ssl.trustStorePassword=changeit \
    -cp "$examples/analyst/target/classes:$(< "$client_launch/client.classpath")" "$@"
}
