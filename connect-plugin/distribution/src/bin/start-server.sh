#!/usr/bin/env bash
# Starts a governed Spark Connect server in the foreground, with the spark-submit of SPARK_HOME.
#
#   start-server.sh --properties-file FILE [--port N] [OPTION OF SPARK-SUBMIT...]
#
# The server runs in FILE's folder, so relative paths in FILE start there. It prints
#
#   Sallyport is listening on sc://HOST:PORT
#
# on its standard output when it is ready, and ends with SIGTERM; with status 3 when its heap is full.
set -euo pipefail

fail() {
  printf '%s: %s\n' "$(basename -- "$0")" "$*" >&2
  exit 1
}

home="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)"
properties=""
submit=()
while (($# > 0)); do
  case "$1" in
    --properties-file | --port)
      (($# > 1)) || fail "There is no value after $1."
      if [[ "$1" == --port ]]; then
        submit+=(--conf "spark.connect.grpc.binding.port=$2")
      else
        properties="$2"
      fi
      shift 2
      ;;
    *)
      submit+=("$1")
      shift
      ;;
  esac
done
[[ -n "$properties" ]] || fail "Which properties file? Usage: start-server.sh --properties-file FILE [--port N]"
[[ -f "$properties" && -r "$properties" ]] || fail "There is no readable file $properties."
[[ -x "${SPARK_HOME:-}/bin/spark-submit" ]] || fail "SPARK_HOME must be a distribution of Spark 4.2.0: ${SPARK_HOME:-not set}"
folder="$(cd -- "$(dirname -- "$properties")" && pwd)"
cd -- "$folder"
exec "$SPARK_HOME/bin/spark-submit" --properties-file "$folder/$(basename -- "$properties")" \
  --conf spark.driver.defaultJavaOptions=-XX:+ExitOnOutOfMemoryError "${submit[@]}" \
  --class io.sallyport.connect.server.server.SallyportServer \
  "$home"/jars/sallyport-connect-server-*-plugin.jar
