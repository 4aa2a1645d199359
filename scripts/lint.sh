#!/usr/bin/env bash
# Checks the format, clippy for the server and for the browser, the dependencies, and these scripts.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/env.sh"

scripts/setup.sh lint

step "Checking the format" cargo fmt --all --check
step "Clippy: domain, service, app and server (the first time about 3 minutes on two cores)" \
  cargo clippy --locked -p domain -p service -p app -p server --all-targets -- -D warnings
# On its own, since the features that its dependencies ask for must not reach the server's.
step "Clippy: the journeys" cargo clippy --locked -p end2end --all-targets -- -D warnings
# In cargo-leptos' folder for the browser, whose macros and build scripts it shares.
step "Clippy: the app in the browser (the first time about 2 minutes on two cores)" \
  cargo clippy --locked -p app -p frontend --no-default-features --features app/hydrate \
  --target wasm32-unknown-unknown --target-dir "$target/front" -- -D warnings
step "Dependencies: bans, licences and sources" cargo deny --locked check --hide-inclusion-graph bans licenses sources

say "Dependencies: advisories"
if have timeout && timeout 60 cargo deny --locked fetch db >"$cache/advisories.log" 2>&1 </dev/null; then
  cargo deny --locked check advisories --disable-fetch
else
  say "Skipped: the advisory database cannot be fetched from here ($(grep . "$cache/advisories.log" | tail -n 1))"
fi

if have shellcheck; then
  step "Checking the scripts" shellcheck -x scripts/*.sh .ci/run
else
  say "Skipped: the scripts are not checked, since shellcheck is not installed."
fi
