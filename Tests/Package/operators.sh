# People with an account on the machine: they act by the terminal, and bring a backup back. For sourcing.

config=/etc/clusterbot/clusterbot.yaml
# Runs one of the program's commands as a user of the machine, whose number the sample lists for bob, or as a stranger.
bob() { inside setpriv --reuid=1001 --regid=1001 --init-groups -- clusterbot "$@" --config "$config"; }
stranger() { inside setpriv --reuid=1002 --regid=1002 --init-groups -- clusterbot "$@" --config "$config"; }

# Lets a group use the service's socket, by the handbook's page.
open_terminal() {
    inside groupadd ops
    inside useradd --uid 1001 --groups ops bob
    inside useradd --uid 1002 stranger
    inside usermod --append --groups ops clusterbot
    inside sed -i 's|^  #socket:|  socket: {path: /run/clusterbot/ops.sock, group: ops, host: bot1, channel: ops}|' "$config"
    inside chmod 644 "$config"
    inside systemctl restart clusterbot
    until_true "the service with its socket" inside clusterbot health http://127.0.0.1:8080
    bob say "42 status"
    local words
    ! words=$(stranger say "42 status" 2>&1) || fail "a stranger was answered at the socket: $words"
    grep -q "may not connect" <<<"$words" || fail "a stranger is not told why: $words"
}

# By the handbook's steps: what was restored is held until somebody has compared and says so.
check_restore() {
    local words
    bob say --no-wait "42 restart workers because this will be forgotten"
    chat see U0CAROL C0OPS "this will be forgotten" >/dev/null
    chat say U0CAROL C0OPS "/cluster deny 2 not now"
    chat see U0CAROL C0OPS "not now" >/dev/null
    ! words=$(inside clusterbot restore /var/lib/clusterbot/backup.db --config "$config" 2>&1) \
        || fail "a store in use was replaced"
    inside systemctl stop clusterbot
    inside clusterbot restore /var/lib/clusterbot/backup.db --config "$config"
    [[ $(inside stat -c '%U %a' /var/lib/clusterbot/clusterbot.db) == "clusterbot 600" ]] \
        || fail "the restored store is not the service's own"
    inside systemctl start clusterbot
    until_true "the service after the restore" inside clusterbot health http://127.0.0.1:8080
    beside curl -sS http://127.0.0.1:8080/metrics | grep -q '^clusterbot_held 1' || fail "the restored store is not held"
    ! words=$(bob say "42 restart workers because it is held" 2>&1) || fail "something was sent while the store is held"
    echo "$words" | tail -n 1
    bob release --reason "compared with the channel"
    beside curl -sS http://127.0.0.1:8080/metrics | grep -q '^clusterbot_held 0' || fail "the store is still held"
}

# A secret in a file is replaced under the running service: what was wrong is said, and the right one counts at once.
rotate_secret() {
    local file=/etc/clusterbot/secrets/bot-token pid right count=0
    pid=$(inside systemctl show -P MainPID clusterbot)
    right=$(inside cat "$file")
    reloaded() { (($(inside journalctl -u clusterbot -o cat | grep -c 'the configuration was read anew') > count)); }
    replace() {
        count=$(inside journalctl -u clusterbot -o cat | grep -c 'the configuration was read anew' || true)
        inside sh -c "umask 027; echo '$1' >$file.new && chgrp clusterbot $file.new && mv $file.new $file"
        inside systemctl reload clusterbot
        until_true "the reload" reloaded
    }
    replace "${right%?}x"
    bob say --no-wait "42 restart workers because the token is wrong"
    until_true "the log to say that the token is wrong" sh -c "$(declare -f inside); leader=$leader; inside journalctl -u clusterbot -o cat | grep -q invalid_auth"
    ! as clusterbot clusterbot doctor --config "$config" >"$scratch/step" || fail "doctor takes the wrong token for right"
    grep '^FAIL Slack' "$scratch/step" || fail "doctor does not name the wrong token"
    replace "$right"
    bob say --no-wait "42 restart workers because the token is right again"
    chat see U0CAROL C0OPS "the token is right again" >/dev/null
    [[ $(inside systemctl show -P MainPID clusterbot) == "$pid" ]] || fail "the service was restarted"
}
