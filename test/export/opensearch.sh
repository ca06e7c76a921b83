#!/usr/bin/env bash
# Runs a command beside an OpenSearch with Painless and the ingest processors, whose address is TOLLGATE_PAINLESS_URL there:
#
#     npm run ingest
#
# The parts come from Maven Central, by `mvn`: the distribution that OpenSearch tests its plugins with has no modules, and Elasticsearch's own with
# Painless is not there. Java 17 or later, 1 GB of memory, about a minute. All is in a temporary folder, which goes at the end.
set -euo pipefail
VERSION=2.19.6
PORT=${PORT:-9377}

folder=$(mktemp -d)
node=
finish() {
  [ -z "$node" ] || { kill "$node" && wait "$node" || true; } 2>/dev/null
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

fetch() { # artifact, packaging, folder
  (cd "$folder" && mvn -q -B -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact="$1:$2" -DoutputDirectory="$3")
}
module() { # name, class, what it extends
  printf '%s\n' "name=$1" "description=$1" "version=$VERSION" "opensearch.version=$VERSION" java.version=11 \
    "classname=$2" has.native.controller=false "extended.plugins=$3" >"$home/modules/$1/plugin-descriptor.properties"
}

echo "fetching OpenSearch $VERSION" >&2
fetch org.opensearch.distribution.integ-test-zip:opensearch:$VERSION zip "$folder"
(cd "$folder" && unzip -q "opensearch-$VERSION.zip")
home=$folder/opensearch-$VERSION
for part in org.opensearch.plugin:lang-painless:$VERSION org.opensearch.plugin:opensearch-scripting-painless-spi:$VERSION \
  org.antlr:antlr4-runtime:4.13.1 org.ow2.asm:asm:9.7 org.ow2.asm:asm-util:9.7 org.ow2.asm:asm-commons:9.7 org.ow2.asm:asm-tree:9.7 \
  org.ow2.asm:asm-analysis:9.7; do
  fetch "$part" jar "$home/modules/lang-painless"
done
for part in org.opensearch.plugin:ingest-common:$VERSION org.opensearch:opensearch-grok:$VERSION org.opensearch:opensearch-dissect:$VERSION \
  org.jruby.joni:joni:2.2.1 org.jruby.jcodings:jcodings:1.0.58; do
  fetch "$part" jar "$home/modules/ingest-common"
done
module lang-painless org.opensearch.painless.PainlessPlugin ''
module ingest-common org.opensearch.ingest.common.IngestCommonPlugin lang-painless
# Painless compiles scripts to classes, which it must be allowed to load.
printf '%s\n' 'grant {' '  permission java.lang.RuntimePermission "createClassLoader";' '  permission java.lang.RuntimePermission "getClassLoader";' '};' \
  >"$home/modules/lang-painless/plugin-security.policy"
printf '%s\n' 'discovery.type: single-node' "http.port: $PORT" "path.data: $folder/data" "path.logs: $folder/logs" >"$home/config/opensearch.yml"

# It does not run as root.
as=()
if [ "$(id -u)" = 0 ]; then
  chown -R nobody "$folder"
  chmod 755 "$folder"
  as=(setpriv --reuid=nobody --clear-groups)
fi
java=$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")
OPENSEARCH_JAVA_HOME=$java OPENSEARCH_JAVA_OPTS='-Xms768m -Xmx768m' "${as[@]}" "$home/bin/opensearch" >"$folder/log" 2>&1 &
node=$!
for _ in $(seq 120); do
  if curl -fs "http://127.0.0.1:$PORT" >/dev/null; then
    TOLLGATE_PAINLESS_URL=http://127.0.0.1:$PORT "$@"
    exit
  fi
  kill -0 "$node" 2>/dev/null || break
  sleep 1
done
echo 'error: OpenSearch did not start:' >&2
tail -5 "$folder/log" >&2
exit 3
