#!/usr/bin/env bash
# Runs the domain over a million made documents: soak.sh [DOCUMENTS [SEED [FROM]]]. The same seed makes the same documents.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/env.sh"

SLUICEGATE_SOAK=${1:-1000000} SLUICEGATE_SOAK_SEED=${2:-$((RANDOM * 32768 + RANDOM))} SLUICEGATE_SOAK_FROM=${3:-0}
export SLUICEGATE_SOAK SLUICEGATE_SOAK_SEED SLUICEGATE_SOAK_FROM
step "Soaking the domain in $SLUICEGATE_SOAK documents of seed $SLUICEGATE_SOAK_SEED (a million take about an hour on one core)" \
  cargo test --locked --profile soak -p domain --test survival -- --nocapture </dev/null
