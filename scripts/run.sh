#!/usr/bin/env bash
# Builds the console for development and serves it; arguments go to the server. Ctrl-C reaches the server itself.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/env.sh"

scripts/setup.sh run
step "Building the console (the first time about 5 minutes on two cores)" cargo leptos build --split </dev/null

addr=${SLUICEGATE_ADDR:-127.0.0.1:3000}
export SLUICEGATE_SITE=${SLUICEGATE_SITE:-$root/target/site}

# Asks for the first page until it answers, and gives up with the server or after a minute.
await_first_page() {
  local tries status
  for ((tries = 0; tries < 600; tries++)); do
    if exec 3<>"/dev/tcp/${addr%:*}/${addr##*:}"; then
      printf 'GET / HTTP/1.0\r\nHost: %s\r\n\r\n' "$addr" >&3
      if read -r -t 10 status <&3 && [[ $status == HTTP/1.?\ [23]* ]]; then
        say "The first page answered after $SECONDS s: http://$addr"
        return
      fi
      exec 3>&-
    fi
    kill -0 $$ || return
    sleep 0.1
  done
} 2>/dev/null

# Started from a subshell that ends at once, so that the server, which takes this process over, gets no child to wait for.
(await_first_page </dev/null &)
exec "$target/debug/sluicegate" serve "$@"
