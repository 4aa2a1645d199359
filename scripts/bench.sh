#!/usr/bin/env bash
# Runs the benchmarks: of the domain, which is where the time of a preview and of a search goes, and of reading a registry.
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
RUSTFLAGS='' step "Running the benchmarks" cargo bench --locked -p domain --bench render --bench search </dev/null
RUSTFLAGS='' step "Reading a registry" cargo bench --locked -p server --bench sync </dev/null

# In wasm with the profile that the browser gets; natively beside it.
scripts/setup.sh run
RUSTFLAGS='' step "Building a keystroke for wasm" \
  cargo build --locked -p keystroke --lib --profile wasm-release --target wasm32-unknown-unknown </dev/null
RUSTFLAGS='' step "Building a keystroke natively" cargo build --locked -p keystroke --bin keystroke --release </dev/null
wasm-bindgen --target nodejs --out-dir "$target/keystroke" \
  "$target/wasm32-unknown-unknown/wasm-release/keystroke.wasm"
step "Pressing keys" node domain/benches/keystroke/side_by_side.mjs "$target/keystroke" "$target/release/keystroke"
