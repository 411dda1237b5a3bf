#!/usr/bin/env bash
# Starts a governed Spark Connect server in the foreground, through SparkSubmit, on the jars that
# Maven resolved: no Spark distribution is needed.
#
#   start-server.sh --properties-file FILE [--port N]
#
# FILE is like Spark's spark-defaults.conf. The server runs in FILE's folder, so relative paths in
# FILE start there. Port 0 takes any port that is free. The server prints
#
#   Sallyport is listening on sc://HOST:PORT
#
# on its standard output when it is ready, logs on its standard error, and ends cleanly with SIGTERM
# or SIGINT. It ends with status 3 when its heap is full: a server in that state serves nobody, so
# whatever started it should start it again. SALLYPORT_JAVA_OPTIONS may hold further options of the JVM, such as -Xmx8g.
set -euo pipefail
# shellcheck source=common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

usage() {
  fail "$1
Usage: start-server.sh --properties-file FILE [--port N]"
}

properties=""
port=""
while (($# > 0)); do
  case "$1" in
    --properties-file | --port)
      (($# > 1)) || usage "There is no value after $1."
      if [[ "$1" == --port ]]; then port="$2"; else properties="$2"; fi
      shift 2
      ;;
    *) usage "There is no option $1." ;;
  esac
done
[[ -n "$properties" ]] || usage "Which properties file?"
[[ -f "$properties" && -r "$properties" ]] || fail "There is no readable file $properties."
[[ "$port" =~ ^[0-9]{0,5}$ ]] || usage "This is no port: $port"

require_java
require_build
jar="$(plugin_jar)"
folder="$(cd -- "$(dirname -- "$properties")" && pwd)"
file="$folder/$(basename -- "$properties")"
read -r -a more_options <<< "${SALLYPORT_JAVA_OPTIONS:-}"
submit=(--properties-file "$file")
if [[ -n "$port" ]]; then
  submit+=(--conf "spark.connect.grpc.binding.port=$port")
fi

# The JVM takes this process's place, so signals reach it.
cd -- "$folder"
exec "$java" "@$server_launch/java.options" -Xmx2g -XX:+ExitOnOutOfMemoryError "${more_options[@]}" \
  -cp "$(< "$server_launch/spark.classpath")" \
  org.apache.spark.deploy.SparkSubmit "${submit[@]}" \
  --class io.sallyport.connect.server.server.SallyportServer "$jar"
