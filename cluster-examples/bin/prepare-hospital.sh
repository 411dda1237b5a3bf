#!/usr/bin/env bash
# Puts everything a governed server of the generated hospital needs into a folder: data, certificate,
# tokens, principals, policy and conf. Data that are there already stay; credentials are always new,
# and so is the record: requests and results of an earlier run are gone.
#
#   prepare-hospital.sh FOLDER [PEOPLE]
set -euo pipefail
# shellcheck source=common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

(($# == 1 || $# == 2)) || fail "Usage: prepare-hospital.sh FOLDER [PEOPLE]"
require_java
require_build
mkdir -p -- "$1"
folder="$(cd -- "$1" && pwd)"
people="${2:-40000}"

if [[ "$(cat -- "$folder/data/people" 2> /dev/null)" != "$people" ]]; then
  rm -rf -- "$folder/data"
  run_owner_side io.sallyport.examples.hospital.GenerateHospital "$folder" "$people" \
    > "$folder/generate.log" 2>&1 \
    || fail "The data could not be generated: see $folder/generate.log"
  printf '%s\n' "$people" > "$folder/data/people"
fi
rm -rf -- "$folder/store"
run_owner_side io.sallyport.examples.credentials.MakeCredentials "$folder" \
  marta:owner ada:analyst ben:analyst
cp -- "$examples/policies/hospital.conf" "$examples/policies/hospital.yaml" "$folder"
