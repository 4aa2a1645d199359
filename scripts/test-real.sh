#!/usr/bin/env bash
# Runs the suites against what no one here wrote: two registries, started on free ports and ended with this script, and two readers
# of SQL.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/env.sh"

scripts/setup.sh real
work=$(mktemp -d)
started=()

# shellcheck disable=SC2317 # the trap calls it
end() {
  if ((${#started[@]} > 0)); then
    kill -- "${started[@]}" 2>/dev/null || true
    wait -- "${started[@]}" 2>/dev/null || true
  fi
  rm -rf -- "$work"
}
trap end EXIT
trap 'exit 130' INT TERM

free_port() {
  python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# await NAME URL PROCESS: waits for the first answer, three minutes at most, since other work may have the processor.
await() {
  local until=$((SECONDS + 180))
  while ((SECONDS < until)) && kill -0 "$3" 2>/dev/null; do
    if python3 -c 'import sys, urllib.request as u; u.build_opener(u.ProxyHandler({})).open(sys.argv[1], timeout=5)' "$2" 2>/dev/null; then
      say "$1 answers at $2"
      return
    fi
    sleep 0.2
  done
  tail -n 20 -- "$work/$1.log" >&2
  fail "$1 did not start: the lines above are its last."
}

start_axonops() {
  local port
  port=$(free_port)
  cat >"$work/axonops.yaml" <<YAML
server: { host: 127.0.0.1, port: $port }
storage: { type: memory }
compatibility: { default_level: NONE }
logging: { level: warn, format: json }
security: { auth: { enabled: false } }
YAML
  "$cache/tools/axonops-schema-registry-$axonops_version/schema-registry" -config "$work/axonops.yaml" \
    >"$work/axonops.log" 2>&1 </dev/null &
  started+=($!)
  await axonops "http://127.0.0.1:$port/subjects" $!
  export SLUICEGATE_REAL_AXONOPS=http://127.0.0.1:$port
}

# Its rule for compatibility is none unless a subject has one, and it keeps everything in memory.
start_apicurio() {
  local port
  port=$(free_port)
  QUARKUS_HTTP_HOST=127.0.0.1 QUARKUS_HTTP_PORT=$port QUARKUS_MANAGEMENT_ENABLED=false \
    java -XX:TieredStopAtLevel=1 -Xmx512m -jar "$cache/tools/apicurio-registry-$apicurio_version/apicurio-registry-app-$apicurio_version-runner.jar" \
    >"$work/apicurio.log" 2>&1 </dev/null &
  started+=($!)
  await apicurio "http://127.0.0.1:$port/apis/ccompat/v7/subjects" $!
  export SLUICEGATE_REAL_APICURIO=http://127.0.0.1:$port/apis/ccompat/v7
}

start_axonops
start_apicurio
SLUICEGATE_ORACLES=$cache/tools/$(oracles_name)
export SLUICEGATE_ORACLES

result=0
# The suites need what is started here, so cargo passes over them unless it is told not to. The packages are those of make test,
# whose builds are used again.
step "Testing against real registries and other readers of SQL (the first time about 6 minutes on two cores)" \
  cargo test --locked --no-fail-fast -p domain -p service -p app -p server --test real --test simulator -- --ignored --nocapture \
  </dev/null 2>&1 | tee "$work/tests.log" || result=1

awk '/^test result: / { passed += $4; failed += $6 } END { printf "%d passed, %d failed\n", passed, failed }' "$work/tests.log"
exit "$result"
