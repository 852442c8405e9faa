#!/bin/sh
# Make the virtual environment with the locked packages: environment.sh PYTHON VENV
set -eu
python=$1
venv=$2
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
  for other in python3.11 python3.12 python3.13; do
    if command -v "$other" >/dev/null 2>&1; then python=$other; break; fi
  done
}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
  echo "reportgen needs Python 3.11 or later. Ask for the package python3.11 and python3.11-venv." >&2
  exit 1
}
if [ ! -x "$venv/bin/python" ] || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
  rm -rf "$venv"
  "$python" -m venv "$venv" || {
    rm -rf "$venv"
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
      apt-get update -qq && apt-get install -y -qq python3-venv && "$python" -m venv "$venv"
    else
      echo "Python cannot make a virtual environment here. Ask for the package python3-venv." >&2
      exit 1
    fi
  }
fi
echo "Installing the locked packages into $venv (once)."
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
