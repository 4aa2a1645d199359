#!/usr/bin/env bash
# Fuzzes the domain: fuzz.sh [SECONDS [TARGET…]], a minute for each target unless told otherwise. What was found before is kept in
# the cache and is where the next run starts; a crash is left in domain/fuzz/artifacts.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/env.sh"

scripts/setup.sh fuzz
seconds=${1:-60}
[[ $seconds =~ ^[0-9]+$ ]] || fail "The time for a target is a number of seconds, not '$seconds'."
targets=("${@:2}")
((${#targets[@]})) || targets=(avro json_schema protobuf edits render)

# The seeds are the schemas and designs of the case folders, so none of them is committed twice.
seeds=$(mktemp -d)
trap 'rm -rf -- "$seeds"' EXIT
seed() {
  local target=$1 ending=$2
  mkdir -p -- "$seeds/$target"
  while IFS= read -r file; do
    cp -- "$file" "$seeds/$target/$(printf '%s' "$file" | tr '/' '_')"
  done < <(find domain/tests server/demo -name "*.$ending" -size -64k)
}
seed avro avsc
seed json_schema json
seed protobuf proto
seed edits json
mkdir -p -- "$seeds/render"
find domain/tests/generator domain/tests/tables -name '*.txt' -size -4k -exec cp --backup=numbered -t "$seeds/render" {} +

export CARGO_TARGET_DIR=$cache/fuzz-target
for target in "${targets[@]}"; do
  [[ -f domain/fuzz/fuzz_targets/$target.rs ]] || fail "There is no target '$target': see domain/fuzz/fuzz_targets."
  corpus=$cache/fuzz-corpus/$target
  mkdir -p -- "$corpus"
  # Nothing in the domain is unsafe, so no sanitizer is needed, and none of them runs on a stable compiler.
  step "Fuzzing $target for $seconds s" env RUSTFLAGS='' cargo fuzz run --fuzz-dir domain/fuzz --sanitizer none "$target" \
    "$corpus" "$seeds/$target" -- -max_total_time="$seconds" -max_len=20000 -timeout=5 -rss_limit_mb=512 -print_final_stats=1
done
