#!/usr/bin/env bash
# Runs the benchmarks of the domain, which is where the time of a preview goes.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/env.sh"

if ! compgen -G 'domain/benches/*.rs' >/dev/null; then
  say "There is no benchmark yet: put the first one into domain/benches."
  exit 0
fi
scripts/setup.sh lint
if [[ -n ${SLUICEGATE_CORPUS:-} ]] && have python3; then
  scripts/setup.sh oracles
  SLUICEGATE_ORACLES=$cache/tools/$(oracles_name)
  export SLUICEGATE_ORACLES
fi
RUSTFLAGS='' step "Running the benchmarks" cargo bench --locked -p domain --bench render </dev/null
