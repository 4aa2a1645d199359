#!/usr/bin/env bash
# Runs the benchmarks: of the domain, which is where the time of a preview and of a search goes, and of reading a registry.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/env.sh"

if ! compgen -G 'domain/benches/*.rs' >/dev/null; then
  say "There is no benchmark yet: put the first one into domain/benches."
  exit 0
fi
scripts/setup.sh lint
RUSTFLAGS='' step "Running the benchmarks" cargo bench --locked -p domain --bench render --bench search </dev/null
RUSTFLAGS='' step "Reading a registry" cargo bench --locked -p server --bench sync </dev/null
