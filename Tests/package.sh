#!/usr/bin/env bash
# Installs the Debian package on a bare machine, and does there what the handbook's page tells an operator to do: from nothing
# to the first command, through both reverse proxies; then a backup, an upgrade, and the way back to nothing.
#
# Nothing of this repository is in the machine but the package. Systemd runs the unit as it is shipped.
set -euo pipefail
cd "$(dirname "$0")/.."
package=$(echo "$PWD"/dist/clusterbot_*.deb)
. Tests/Package/machine.sh
. Tests/Package/steps.sh
. Tests/Package/program.sh
. Tests/Package/unit.sh
. Tests/Package/proxies.sh
. Tests/Package/operators.sh

say "What is released"
check_release

say "A bare machine"
make_base
lay_machine
cp "$package" "$root/root/"
! [[ -e $root/usr/lib/x86_64-linux-gnu/libcurl.so.4 ]] || fail "the machine is not bare: libcurl is there"
fetch_dependencies
boot_machine
echo "$(. "$root/etc/os-release"; echo "$PRETTY_NAME"), with $(inside systemctl --version | head -n 1)"

say "The page's steps"
start_simulators
write_editor
follow_page

say "The unit as it is shipped"
check_unit

say "First command, through nginx and TLS"
start_nginx
chat say U0AMY C0OPS "/cluster list"
chat see U0AMY C0OPS "prod-train"
# A change, a second person's agreement, and the call of the API.
chat say U0AMY C0OPS "/cluster 42 restart workers because first try"
chat see U0BOB C0OPS "#1"
chat say U0BOB C0OPS "/cluster approve 1"
chat see U0AMY C0OPS "– done"
check_nginx

say "The same through Caddy"
start_caddy
chat say U0AMY C0OPS "/cluster 42 status"
chat see U0AMY C0OPS "INR a node"

say "What Prometheus sees"
beside curl -sS http://127.0.0.1:8080/metrics >"$scratch/metrics"
python3 Tests/Package/dashboard.py config/prometheus "$scratch/metrics"

say "Backup"
as clusterbot clusterbot backup /var/lib/clusterbot/backup.db --config /etc/clusterbot/clusterbot.yaml
[[ $(inside stat -c '%U %a' /var/lib/clusterbot/backup.db) == "clusterbot 600" ]] || fail "the backup is not the service's own"

say "Users of the machine, and the way back from a backup"
open_terminal
check_restore

say "A rotated secret"
rotate_secret

say "Upgrade and removal"
before=$(inside systemctl show -P MainPID clusterbot)
inside apt-get install -qq --reinstall "/root/$(basename "$package")" >/dev/null
until_true "the service after the upgrade" inside clusterbot health http://127.0.0.1:8080
[[ $(inside systemctl show -P MainPID clusterbot) != "$before" ]] || fail "the upgrade did not restart the service"
as clusterbot clusterbot history verify --config /etc/clusterbot/clusterbot.yaml
check_stop
inside apt-get remove -qq clusterbot >/dev/null
! inside systemctl is-active --quiet clusterbot || fail "the service outlives its package"
inside test -e /var/lib/clusterbot/clusterbot.db || fail "removing took the store"
inside apt-get purge -qq clusterbot >/dev/null
for path in /etc/clusterbot /var/lib/clusterbot /usr/bin/clusterbot /lib/systemd/system/clusterbot.service; do
    ! inside test -e "$path" || fail "purging left $path"
done
say "From nothing to the first command and back to nothing"
