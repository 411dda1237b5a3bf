#!/usr/bin/env bash
# Unpacks the archive as an operator would and runs what is in it. check.sh ARCHIVE FOLDER
set -euo pipefail
archive="$1"
folder="$2"

fail() {
  printf 'The distribution is not in order: %s\n' "$*" >&2
  exit 1
}

rm -rf -- "$folder"
mkdir -p -- "$folder"
tar -xzf "$archive" -C "$folder"
home="$(echo "$folder"/sallyport-*)"
[[ "$(basename -- "$home").tar.gz" == "$(basename -- "$archive")" ]] || fail "its folder is $home"

for file in LICENSE NOTICE README.md CHANGELOG.md bin/sallyport bin/start-server.sh docs/operations.md \
  docs/policy.md conf/sallyport.conf conf/policies.yaml conf/principals.yaml; do
  [[ -s "$home/$file" ]] || fail "there is no $file"
done
compgen -G "$home/jars/sallyport-connect-server-*-plugin.jar" > /dev/null || fail "there is no plugin jar"
[[ "$(ls "$home/jars")" == *owner* && "$(ls "$home/jars" | wc -l)" == 2 ]] || fail "jars/ holds more than it should"
grep -q '"CycloneDX"' "$home/sbom/plugin.cdx.json" || fail "sbom/plugin.cdx.json is no SBOM"
for library in h2 flyway-core postgresql HikariCP; do
  grep -q "\"$library\"" "$home/sbom/plugin.cdx.json" || fail "the SBOM does not know $library"
done
grep -q '"picocli"' "$home/sbom/sallyport.cdx.json" || fail "the SBOM does not know picocli"

"$home/bin/sallyport" --help | grep -q approve || fail "sallyport --help"
"$home/bin/sallyport" policy check "$home/conf/policies.yaml" | grep -q '^OK' || fail "the policies' template"
said="$(SPARK_HOME='' "$home/bin/start-server.sh" --properties-file "$home/conf/sallyport.conf" 2>&1)" \
  && fail "start-server.sh starts without Spark"
[[ "$said" == *"SPARK_HOME must be a distribution of Spark"* ]] || fail "start-server.sh says: $said"
