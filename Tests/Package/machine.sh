# A bare Debian that runs here with systemd as its first process and a network of its own: for sourcing. It needs root.
#
# What it is made of is kept in $cache, and each run begins from that again.
suite=bookworm
cache=$PWD/.build-package
# What an operator's machine has before clusterbot comes: systemd, the two reverse proxies of the samples, and nothing of
# what clusterbot itself needs.
outfit=systemd,systemd-sysv,dbus,sudo,nginx-light,caddy

# Processes that end with the machine.
helpers=()

fail() { echo "Package: $*" >&2; exit 1; }
say() { printf '\n== %s\n' "$*"; }

((EUID == 0)) || fail "a machine is booted, which needs root: run this with sudo, or as root in CI."

# Makes the bare root, once for each list of packages.
make_base() {
    local base=$cache/base mirror packages=$outfit
    [[ $(cat "$base.packages" 2>/dev/null) != "$packages" ]] || return 0
    rm -rf "$base" "$base.packages"
    mkdir -p "$cache"
    # The same mirror that this machine installs from; debootstrap's own if none is found.
    mirror=$(apt-get indextargets --format '$(SITE)' "Codename: $suite" "Created-By: Packages" 2>/dev/null | head -n 1 || true)
    debootstrap --variant=minbase --include="$packages" "$suite" "$base" ${mirror:+"$mirror"} >"$cache/debootstrap.log" 2>&1 \
        || { tail -n 20 "$cache/debootstrap.log" >&2; exit 1; }
    # Each begins when the script says so.
    systemctl --root="$base" --quiet disable nginx caddy
    echo "$packages" >"$base.packages"
}

# Lays a writable copy over the base, which stays as it is.
lay_machine() {
    scratch=$(mktemp -d /tmp/clusterbot-machine.XXXXXX)
    mount -t tmpfs -o size=1g,mode=755 machine "$scratch"
    mkdir "$scratch"/{upper,work,root}
    mount -t overlay -o "lowerdir=$cache/base,upperdir=$scratch/upper,workdir=$scratch/work" machine "$scratch/root"
    root=$scratch/root
    printf '127.0.0.1 localhost\n::1 localhost\n' >"$root/etc/hosts"
}

# Boots it. Its network has a loopback device and nothing else, so nothing here collides with what runs on this machine.
boot_machine() {
    systemd-nspawn --quiet --machine="clusterbot-$$" --register=no --keep-unit --private-network --resolv-conf=off --link-journal=no \
        --console=pipe --directory="$root" --boot </dev/null >"$scratch/console" 2>&1 &
    guard=$!
    until_true "the machine to run" booted
}
booted() {
    leader=$(pgrep -P "$guard" | head -n 1) && [[ $leader ]] || return 1
    inside systemctl is-active --quiet multi-user.target
}

# Runs a command in the machine as root; `as USER` runs it as somebody else.
inside() { nsenter --target "$leader" --mount --uts --ipc --pid --net --cgroup --root --wd -- /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 "$@"; }
as() { local user=$1; shift; inside setpriv --reuid="$user" --regid="$user" --init-groups -- "$@"; }
# Runs one of this machine's own programs in its network.
beside() { nsenter --target "$leader" --net -- "$@"; }

# Waits for a condition, for a minute at most.
until_true() {
    local what=$1 end=$((SECONDS + 60))
    shift
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < end)) || fail "waited in vain for $what"
        read -rt 0.1 <> <(:) || true
    done
}

end_machine() {
    local status=$?
    if ((status)) && [[ ${leader:-} ]]; then
        inside journalctl --no-pager --unit clusterbot --unit nginx --unit caddy --lines 40 >&2 || true
    fi
    local process
    for process in "${helpers[@]}" ${guard:-}; do
        kill -TERM "$process" 2>/dev/null || true
        wait "$process" 2>/dev/null || true
    done
    if [[ ${scratch:-} ]]; then
        umount "$scratch/root" "$scratch" || true
        rmdir "$scratch" || true
    fi
    exit "$status"
}
trap end_machine EXIT
