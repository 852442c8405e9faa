#!/bin/sh
# Install the system libraries that are missing, where the user may: system.sh pango [chromium]
set -eu
missing=""
for want in "$@"; do
  case "$want" in
    pango)
      .venv/bin/python -c 'import ctypes; ctypes.CDLL("libpangoft2-1.0.so.0"); ctypes.CDLL("libharfbuzz-subset.so.0")' 2>/dev/null \
        || missing="$missing libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" ;;
    chromium)
      command -v chromium >/dev/null 2>&1 || missing="$missing chromium" ;;
  esac
done
[ -z "$missing" ] && exit 0
if ! command -v apt-get >/dev/null 2>&1; then
  echo "Missing system packages:$missing. Install them with this system's package manager." >&2
  exit 1
fi
if [ "$(id -u)" = 0 ]; then
  sudo=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
  sudo="sudo -n"
else
  echo "Missing system packages. Ask an administrator to run: apt-get install$missing" >&2
  exit 1
fi
echo "Installing$missing."
$sudo apt-get update -qq
# shellcheck disable=SC2086 # a list of words is meant
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null
