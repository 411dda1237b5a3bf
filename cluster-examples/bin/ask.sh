#!/usr/bin/env bash
# Asks the server that quickstart.sh --keep-running left running, with the stock client.
#
#   ask.sh PERSON SQL        PERSON is ada or ben, analysts, or marta, the owner
set -euo pipefail
# shellcheck source=common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

(($# == 2)) || fail "Usage: ask.sh PERSON SQL"
require_java
require_build
home="$examples/target/hospital"
address="$(sed -n 's/^Sallyport is listening on //p' "$home/server.out" 2> /dev/null)" || true
[[ -n "$address" ]] || fail "No server is running. Start one: $examples/quickstart.sh --keep-running"
[[ -f "$home/tokens/$1" ]] || fail "There is no token of $1 in $home/tokens"
run_analyst_side "$home/tls/truststore.p12" \
  io.sallyport.examples.analyst.Ask "sc://localhost:${address##*:}" "$home/tokens" "$1" "$2" \
  2> "$home/client.log"
