#!/usr/bin/env bash
# Measures what governance costs and prints it; docs/benchmarks.md says what the figures mean. With
# "noise" it measures answers with noise, with "tpch [scale [rounds]]" those to TPC-H's queries, with
# "neighbour [questions]" what a hostile neighbour costs. Takes
# about ten minutes and 4 GiB of heap. The tables stay in cluster-examples/target/benchmark.
set -euo pipefail
# shellcheck source=common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

what="${1:-release}"
[[ $# -eq 0 ]] || shift
case "$what" in
  release) main=benchmark.ReleaseBenchmark ;;
  noise) main=benchmark.NoiseBenchmark ;;
  tpch) main=tpch.TpchBenchmark ;;
  neighbour) main=benchmark.NeighbourBenchmark ;;
  *) fail "usage: benchmark.sh [release|noise|tpch [scale [rounds]]|neighbour [questions]]" ;;
esac
require_java
require_build
home="$examples/target/benchmark"
mkdir -p "$home"
exec "$java" "@$server_launch/java.options" -Xmx4g \
  -cp "$examples/server/target/classes:$(< "$server_launch/sallyport.classpath"):$(< "$server_launch/spark.classpath"):$(< "$server_launch/tpch.classpath")" \
  "io.sallyport.examples.$main" "$home" "$@" 2> "$home/benchmark.log"
