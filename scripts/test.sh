#!/bin/sh
# `npm test`. Installs what tests run against where it may (root on Debian); what then is missing is told by the tests that need it.
cd "$(dirname "$0")/.." || exit 1
if ! command -v nginx >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing nginx, which some tests compare with"
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends nginx-light; } >/dev/null 2>&1 ||
    echo "nginx could not be installed; tests that compare with it are skipped"
fi
exec node_modules/.bin/bun test "$@"
