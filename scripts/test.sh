#!/usr/bin/env bash
# Runs every test: the crates, then the journeys through the real binary in a real browser; arguments pick journeys.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/env.sh"

scripts/setup.sh test
SLUICEGATE_CHROMIUM=$(find_chromium)
export SLUICEGATE_CHROMIUM

step "Testing domain, service, app and server (the first time about 5 minutes on two cores)" \
  cargo test --locked -p domain -p service -p app -p server </dev/null
step "Building the console for the browser (the first time about 3 minutes on two cores)" \
  cargo leptos build --split --cargo-locked </dev/null
SLUICEGATE_BIN=$target/debug/sluicegate SLUICEGATE_SITE=$root/target/site \
  step "Testing the journeys in Chromium (the first time about 2 minutes on two cores)" \
  cargo test --locked -p end2end -- "$@" </dev/null
