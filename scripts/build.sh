#!/usr/bin/env bash
# Makes the release folder dist/sluicegate: the binary, and the site that it serves, compressed beforehand.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/env.sh"

scripts/setup.sh run
# Parts that the app no longer has would otherwise stay in the site.
rm -rf -- target/release-site
# An empty RUSTFLAGS takes the development flags of .cargo/config.toml back.
RUSTFLAGS='' LEPTOS_SITE_ROOT=target/release-site \
  step "Building the release (the first time about 6 minutes on two cores)" \
  cargo leptos build --split --release -P --cargo-locked </dev/null

out=dist/sluicegate
rm -rf -- "$out"
mkdir -p -- "$out/bin"
cp -- "$target/release/sluicegate" "$out/bin/sluicegate"
cp -R -- target/release-site "$out/site"
cp -- LICENSE "$out/LICENSE"

say "Built $out: $(du -sh "$out" | cut -f1), the binary $(du -sh "$out/bin/sluicegate" | cut -f1)"
say "Copy the folder to any machine with the same libc and start it: $out/bin/sluicegate serve"
