#!/usr/bin/env bash
# The whole of Sallyport in one command: builds it, generates a hospital, starts a governed Spark
# Connect server on this machine with TLS and a token for each person, and lets an analyst and the
# data's owner ask it questions, decide on requests and verify the record. Needs a JDK 17 and Maven 3.8.7. Ends with 0 if every question was
# answered or refused as it should be.
#
#   quickstart.sh [--keep-running]
#
# With --keep-running the server stays up for your own questions until you press Ctrl-C.
# Everything is written below cluster-examples/target/hospital.
set -euo pipefail
# shellcheck source=bin/common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/bin/common.sh"

keep_running=false
case "${1:-}" in
  "") ;;
  --keep-running) keep_running=true ;;
  *) fail "There is no option $1. Usage: quickstart.sh [--keep-running]" ;;
esac

home="$examples/target/hospital"
server=""

stop_server() {
  if [[ -n "$server" ]] && kill -0 "$server" 2> /dev/null; then
    kill -TERM "$server"
    wait "$server" || true
  fi
  server=""
  rm -f -- "$home/server.out"
}
trap stop_server EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

step() {
  printf '\n--- %s\n' "$*"
}

start_server() {
  : > "$home/server.out"
  SALLYPORT_JAVA_OPTIONS="${SALLYPORT_JAVA_OPTIONS:-${short_lived[*]}}" \
    "$examples/bin/start-server.sh" --properties-file "$home/hospital.conf" --port 0 \
    > "$home/server.out" 2> "$home/server.log" &
  server=$!
  local waited
  for ((waited = 0; waited < 600; waited++)); do
    address="$(sed -n 's/^Sallyport is listening on //p' "$home/server.out")"
    [[ -z "$address" ]] || return 0
    kill -0 "$server" 2> /dev/null || break
    sleep 0.2
  done
  tail -n 40 "$home/server.log" >&2
  fail "The server did not start. Its log is $home/server.log"
}

require_java
"$examples/bin/build.sh"

step "A hospital (40 000 invented people), a certificate, a token for each person, the owner's policy"
"$examples/bin/prepare-hospital.sh" "$home"
echo "All of it is in cluster-examples/target/hospital; the policy is hospital.yaml."

step "The governed server (its log: target/hospital/server.log)"
address=""
start_server
port="${address##*:}"
desk="$(sed -n "s/^Sallyport's desk is at //p" "$home/server.out")"
echo "Sallyport is listening on $address, with TLS."
echo "The owners' desk is at $desk"

run_analyst_side "$home/tls/truststore.p12" \
  io.sallyport.examples.analyst.HospitalTour "sc://localhost:$port" "$home/tokens" \
  2> "$home/client.log" \
  || { tail -n 20 "$home/client.log" >&2; fail "Not everything was as it should be."; }

step "The owner's program: bin/sallyport"
export SALLYPORT_SERVER="sc://localhost:$port" SALLYPORT_TOKEN_FILE="$home/tokens/marta" \
  SALLYPORT_TRUSTSTORE="$home/tls/truststore.p12"
"$examples/bin/sallyport" policy check "$home/hospital.yaml" > "$home/policy.txt"
head -n 13 -- "$home/policy.txt"
"$examples/bin/sallyport" requests --state APPROVED | tee -- "$home/requests.txt"
request="$(grep -o -m 1 'r-[a-z0-9]\{16\}' "$home/requests.txt")"
"$examples/bin/sallyport" show "$request"
"$examples/bin/sallyport" audit verify "$home/store/audit"

if $keep_running; then
  step "A request waits for the owner"
  "$examples/bin/ask.sh" ada \
    "SELECT name, sex, birth_year FROM patients WHERE birth_year < 1922" > "$home/waiting.txt" 2>&1 \
    || true
  grep -o 'request r-[a-z0-9]* is pending' "$home/waiting.txt" \
    || fail "No request was filed: see $home/waiting.txt"
  echo "Decide on it in a browser: $desk"
  echo "  Marta's token is in $home/tokens/marta"
  echo "  The browser does not know the hospital's own authority and asks whether to go on."

  step "The server stays up until you press Ctrl-C. Ask it from another terminal:"
  echo "  cluster-examples/bin/ask.sh ada \"SELECT ward, avg(days) FROM stays GROUP BY ward\""
  echo "or with any Spark Connect client:"
  echo "  sc://localhost:$port/;use_ssl=true;token=...   the token is in $home/tokens/ada"
  echo "  A Java client also needs -Djavax.net.ssl.trustStore=$home/tls/truststore.p12"
  wait "$server"
fi

step "The server stops"
stop_server
echo "Done. Every question was answered or refused as it should be."
