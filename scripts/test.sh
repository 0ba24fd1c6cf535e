#!/bin/sh
# `npm test`. Installs what tests run against where it may (root on Debian); what then is missing is told by the tests that need it.
cd "$(dirname "$0")/.." || exit 1

missing=
for tool in nginx:nginx-light openssl:openssl curl:curl apache2:apache2 haproxy:haproxy setfacl:acl; do
  PATH="$PATH:/usr/sbin" command -v "${tool%%:*}" >/dev/null 2>&1 || missing="$missing ${tool#*:}"
done
[ -e /usr/lib/apache2/modules/mod_security2.so ] || missing="$missing libapache2-mod-security2"
[ -e /usr/share/modsecurity-crs ] || missing="$missing modsecurity-crs"

# Debian starts a server it installs; tests start their own, and the machine's is not ours to run.
policy=/usr/sbin/policy-rc.d
if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing$missing, which some tests need"
  [ -e "$policy" ] || { made=yes; printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy"; }
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing; } >/dev/null 2>&1 ||
    echo "they could not be installed; tests that need them are skipped or fail, and say so"
  [ "$made" = yes ] && rm -f "$policy"
fi
exec node_modules/.bin/bun test "$@"
