#!/usr/bin/env bash
# Installs what one kind of work lacks: setup.sh run|test|lint|fuzz|real|oracles. The second call finds everything and takes a moment.
# Tools go to a cache outside the checkout, one folder per version, so that checkouts and branches share them.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/env.sh"
source "$(dirname -- "${BASH_SOURCE[0]}")/counterparts.sh"

profile=${1:-run}
case $profile in
run | test | lint | fuzz | real | oracles) ;;
*) fail "Unknown set-up '$profile': use run, test, lint, fuzz, real or oracles." ;;
esac

prerequisites() {
  have git || fail "git is missing: install it with your system's package manager (Debian: apt-get install git)."
  have cc || fail "A C compiler is missing: install one that answers to 'cc' (Debian: apt-get install gcc libc6-dev)."
  have make || fail "make is missing: install it with your system's package manager (Debian: apt-get install make)."
  have cargo || fail "Rust is missing: install rustup as https://rustup.rs shows, then run this again."
  have node || fail "Node.js is missing: install version 20 or newer from https://nodejs.org or your package manager."
  local major
  major=$(node -p 'process.versions.node.split(".")[0]')
  ((major >= 20)) || fail "Node.js $(node --version) is too old: install version 20 or newer."
  have npm || fail "npm is missing: install it beside Node.js (Debian: apt-get install npm)."
}

rust() {
  # rustup must not install behind the back of a mere question: it would be silent for a minute.
  local -x RUSTUP_AUTO_INSTALL=0
  if ! rustc --version >/dev/null 2>&1 || [[ $(rustc --version) != "rustc $rust_version "* ]]; then
    have rustup || fail "Rust $rust_version is needed and rustup is missing: install rustup as https://rustup.rs shows."
    step "Installing Rust $rust_version (about a minute)" \
      rustup toolchain install "$rust_version" --profile minimal --component rustfmt --component clippy
  fi
  if [[ ! -d $(rustc --print target-libdir --target wasm32-unknown-unknown) ]]; then
    have rustup || fail "Rust's target wasm32-unknown-unknown is missing and so is rustup: install it as you installed Rust."
    step "Adding Rust's target wasm32-unknown-unknown (about 10 s)" rustup target add wasm32-unknown-unknown
  fi
  if [[ $profile == lint ]] && ! { cargo clippy --version && cargo fmt --version; } >/dev/null 2>&1; then
    have rustup || fail "clippy and rustfmt are missing and so is rustup: install them as you installed Rust."
    step "Adding clippy and rustfmt (about 10 s)" rustup component add clippy rustfmt
  fi
}

# cargo_tool NAME VERSION BINARY WORDS_ON_TIME OPT_LEVEL [FLAG...]: builds a tool from crates.io, once.
# Release profiles of tools are tuned for speed at run time and cost a lot to compile; these settings do the opposite.
cargo_tool() {
  local name=$1 version=$2 binary=$3 time=$4 opt=$5 began=$SECONDS
  local home=$cache/tools/$name-$version log=$cache/log/$name-$version.log
  shift 5
  [[ -x $home/bin/$binary ]] && return
  say "Building $name $version, once for this machine ($time on two cores; log: $log)"
  mkdir -p -- "$cache/tools" "$cache/log" "$cache/build"
  rm -rf -- "$home.part"
  # From the cache folder, so that the checkout's own flags and toolchain file do not apply to the tool.
  if ! (
    cd -- "$cache" || exit 1
    unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_TARGET
    if have rustup; then export RUSTUP_TOOLCHAIN=$rust_version; fi
    export CARGO_TARGET_DIR=$cache/build CARGO_INCREMENTAL=0 CARGO_PROFILE_RELEASE_LTO=off
    export CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_DEBUG=0 CARGO_PROFILE_RELEASE_OPT_LEVEL=$opt
    cargo install "$name" --version "$version" --root "$home.part" "$@" </dev/null 2>&1
  ) | tee -- "$log" | awk '/^ *Compiling /{ n++; if (n % 50 == 0) { printf "    %d crates compiled\n", n; fflush() } }'; then
    tail -n 30 -- "$log" >&2
    fail "$name $version could not be built: the lines above say why, and the whole log is $log."
  fi
  rm -rf -- "$home"
  mv -- "$home.part" "$home"
  say "Built $name in $((SECONDS - began)) s"
}

node_packages() {
  local stamp=node_modules/.sluicegate-lock wanted
  wanted=$(git hash-object package-lock.json)
  [[ -f $stamp && $(<"$stamp") == "$wanted" ]] && return
  step "Installing the Node packages (about 10 s)" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null
  printf '%s\n' "$wanted" >"$stamp"
}

browser() {
  local found
  found=$(find_chromium)
  if [[ -z $found ]] && have apt-get && [[ $(id -u) == 0 ]]; then
    step "Installing Chromium for the browser tests (about a minute)" apt_chromium
    found=$(find_chromium)
  fi
  [[ -n $found ]] ||
    fail "The browser tests need Chromium: install it (Debian: apt-get install chromium) or name one in SLUICEGATE_CHROMIUM."
  [[ -x $found ]] || fail "SLUICEGATE_CHROMIUM names $found, which is not a program: correct it or unset it."
}

apt_chromium() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq </dev/null
  apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core </dev/null >/dev/null
}

# Two scripts at once would build the same tool twice and unpack node_modules over each other.
mkdir -p -- "$cache"
if have flock; then
  exec 9>"$cache/setup.lock"
  flock -n 9 || { say "Waiting for another set-up to end" && flock 9; }
fi

prerequisites
rust
case $profile in
run | test)
  node_packages
  cargo_tool wasm-bindgen-cli "$wasm_bindgen_version" wasm-bindgen "about 2 minutes" 2
  cargo_tool cargo-leptos "$cargo_leptos_version" cargo-leptos "about 7 minutes" 1 \
    --locked --ignore-rust-version --features no_downloads
  [[ $profile == run ]] || browser
  ;;
fuzz)
  have c++ || fail "A C++ compiler is missing, which libFuzzer needs: install one that answers to 'c++' (Debian: apt-get install g++)."
  cargo_tool cargo-fuzz "$cargo_fuzz_version" cargo-fuzz "about a minute" 1 --locked
  ;;
lint)
  cargo_tool cargo-deny "$cargo_deny_version" cargo-deny "about a minute" 1 --locked
  ;;
real) install_counterparts ;;
oracles) install_oracles ;;
esac
rm -rf -- "$cache/build"
