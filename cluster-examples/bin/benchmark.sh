#!/usr/bin/env bash
# Measures what a governed aggregate costs against plain Spark, and what judging a large plan costs. Takes about eight minutes on
# two quiet cores and 4 GiB of heap; the table of 10 million rows is made once, below cluster-examples/target/benchmark.
#
#   benchmark.sh
set -euo pipefail
# shellcheck source=common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

require_java
require_build
folder="$examples/target/benchmark"
mkdir -p -- "$folder"
"$java" "@$server_launch/java.options" -Xmx4g \
  -cp "$examples/server/target/classes:$(< "$server_launch/spark.classpath")" \
  io.sallyport.examples.benchmark.ReleaseBenchmark "$folder" 2> "$folder/benchmark.log"
