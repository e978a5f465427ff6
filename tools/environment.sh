# Sourced by bin/dev and bin/test: finds a Python, makes .venv and installs a requirements file once.

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
  for name in python3.13 python3.12 python3.11 python3 python; do
    if command -v "$name" >/dev/null 2>&1 && is_new_enough "$name"; then
      command -v "$name"
      return
    fi
  done
  found=$(python3 --version 2>/dev/null || echo "no Python at all")
  fail "True Style needs Python 3.11 or newer; this machine has $found.
Debian 12+ and Ubuntu 24.04+: apt-get install python3 python3-venv. Elsewhere: https://www.python.org/downloads/"
}

make_venv() {
  if [ -x .venv/bin/python ] && is_new_enough .venv/bin/python; then return; fi
  python=$(find_python) || exit 1
  rm -rf .venv
  say "Making .venv with $("$python" --version)"
  if command -v uv >/dev/null 2>&1; then
    uv venv --quiet --python "$python" .venv
  elif "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    "$python" -m venv .venv
  else
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    fail "The package python$version-venv is missing. Install it (apt-get install python$version-venv) or install uv, and start again."
  fi
}

# install FILE: only when it differs from what was installed last.
install() {
  stamp=".venv/installed-$1"
  if cmp -s "$1" "$stamp"; then return; fi
  say "Installing $1 (a minute or two the first time)"
  if command -v uv >/dev/null 2>&1; then
    uv pip install --quiet --python .venv/bin/python --require-hashes -r "$1"
  else
    .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$1"
  fi || fail "Installing $1 failed: see above."
  cp "$1" "$stamp"
}

install_for_tests() {
  install requirements-dev.txt
  cp requirements.txt .venv/installed-requirements.txt
}
