# What the unit promises, looked at in the running service: for sourcing.

check_unit() {
    # Whatever systemd has to say about a unit is a mistake.
    local words pid most
    words=$(inside systemd-analyze verify /lib/systemd/system/clusterbot.service 2>&1) || fail "verify: $words"
    [[ ! $words ]] || fail "verify: $words"
    # The exposure is 1.5 of 10; more means that a line of the sandbox was lost.
    inside systemd-analyze security --offline=true --threshold=16 /lib/systemd/system/clusterbot.service | tail -n 1 \
        || fail "the sandbox is weaker than it was"
    pid=$(inside systemctl show -P MainPID clusterbot)
    field() { inside sed -nE "s/^$1:?[[:space:]]+(.*)/\1/p" "/proc/$pid/$2"; }
    [[ $(inside stat -c %U "/proc/$pid/environ") == root ]] || fail "other programs of the service's user may read its memory"
    ! as clusterbot cat "/proc/$pid/environ" >/dev/null 2>&1 || fail "the service's environment can be read"
    local uid
    uid=$(inside id -u clusterbot)
    [[ $(field Uid status) == "$uid"$'\t'"$uid"$'\t'"$uid"$'\t'"$uid" ]] || fail "runs as $(field Uid status)"
    ((uid < 1000)) || fail "the user is no system user: $uid"
    [[ $(field Seccomp status) == 2 ]] || fail "no filter of system calls"
    [[ $(field NoNewPrivs status) == 1 ]] || fail "may gain privileges"
    [[ $(field CapBnd status) == 0000000000000000 ]] || fail "has capabilities: $(field CapBnd status)"
    # Here nobody may have more than this script itself.
    most=$(ulimit -Hn)
    [[ $most != unlimited ]] && ((most < 65536)) || most=65536
    [[ $(field 'Max open files' limits) =~ ^$most\ +$most\  ]] || fail "descriptors: $(field 'Max open files' limits)"
    [[ $(field 'Max core file size' limits) =~ ^0\ +0 ]] || fail "may leave a core dump"
    # The file system as the service sees it.
    see() { inside nsenter --target "$pid" --mount -- "$@"; }
    ! see sh -c ': >/etc/clusterbot/x' 2>/dev/null || fail "the service sees /etc writable"
    ! see sh -c ': >/usr/x' 2>/dev/null || fail "the service sees /usr writable"
    see sh -c ': >/var/lib/clusterbot/x && rm /var/lib/clusterbot/x' || fail "the service sees its store read-only"
    [[ $(inside stat -c '%U %G %a' /run/clusterbot) == "clusterbot clusterbot 755" ]] || fail "/run/clusterbot is not its own"
    [[ $(inside stat -c '%U %a' /var/lib/clusterbot) == "clusterbot 700" ]] || fail "the store's folder is open"
    [[ $(inside stat -c '%U %G %a' /etc/clusterbot/secrets) == "root clusterbot 750" ]] || fail "the secrets' folder is open"
    ! as nobody cat /etc/clusterbot/secrets/bot-token >/dev/null 2>&1 || fail "anybody reads the secrets"
    # Nothing that it wanted to tell was hidden by the view of /proc.
    local name metrics
    metrics=$(beside curl -sS http://127.0.0.1:8080/metrics)
    for name in process_start_time_seconds process_open_fds process_resident_memory_bytes; do
        grep -q "^$name [1-9]" <<<"$metrics" || fail "/metrics lacks $name"
    done
    # Whatever it says is a line of its log.
    words=$(inside journalctl --no-pager -o cat "_PID=$pid" | grep -v '^{.*}$' || true)
    [[ ! $words ]] || fail "the journal holds what is no line of the log: $words"
    [[ $(inside systemctl show -P NRestarts clusterbot) == 0 ]] || fail "the service was restarted"
    echo "pid $pid as $(inside id -un "$uid") ($uid), filtered, bounded, ready"
}

# Reloads by the unit's own command, and stops it: it ends by itself, with 0.
check_stop() {
    local pid
    pid=$(inside systemctl show -P MainPID clusterbot)
    inside systemctl reload clusterbot
    until_true "the log to say that SIGHUP came" sh -c "$(declare -f inside); leader=$leader; inside journalctl -u clusterbot -o cat | grep -iq 'reload\|anew'"
    [[ $(inside systemctl show -P MainPID clusterbot) == "$pid" ]] || fail "a reload ended the service"
    inside systemctl stop clusterbot
    [[ $(inside systemctl show -P ExecMainStatus clusterbot) == 0 && $(inside systemctl show -P Result clusterbot) == success ]] \
        || fail "stopping ended with $(inside systemctl show -P ExecMainStatus clusterbot)"
    # 120 s, the longest call, and 15 s more.
    (($(inside systemctl show -P TimeoutStopUSec clusterbot | sed -E 's/2min 30s/150/') > 135)) || fail "stopping is cut off"
}
