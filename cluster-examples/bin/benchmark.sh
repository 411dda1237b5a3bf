#!/usr/bin/env bash
# Measures what governance costs and prints it; docs/benchmarks.md says what the figures mean. With
# "noise" it measures answers with noise. Takes about ten minutes and 4 GiB of heap. The table stays
# in cluster-examples/target/benchmark.
set -euo pipefail
# shellcheck source=common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

case "${1:-release}" in
  release) main=ReleaseBenchmark ;;
  noise) main=NoiseBenchmark ;;
  *) fail "usage: benchmark.sh [release|noise]" ;;
esac
require_java
require_build
home="$examples/target/benchmark"
mkdir -p "$home"
exec "$java" "@$server_launch/java.options" -Xmx4g \
  -cp "$examples/server/target/classes:$(< "$server_launch/sallyport.classpath"):$(< "$server_launch/spark.classpath")" \
  "io.sallyport.examples.benchmark.$main" "$home" 2> "$home/benchmark.log"
