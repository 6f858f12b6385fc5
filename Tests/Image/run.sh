#!/usr/bin/env bash
# Checks the Dockerfile without a Docker engine: installs exactly the packages of its last stage into a bare Debian root,
# puts the stripped binary there, and runs it as an ordinary user: the health check's command, `check`, and the demo's play.
set -euo pipefail
binary=$1
cd "$(dirname "$0")/../.."
suite=bookworm
((EUID == 0)) || { echo "debootstrap needs root: run this with sudo, or as root in CI." >&2; exit 1; }

# The packages are those of the Dockerfile's last `apt-get install`, read from it so that they cannot differ.
packages=$(sed -n '/^FROM debian/,$p' Dockerfile | tr -d '\\\n' | sed -E 's/.*--no-install-recommends ([^&]*)&&.*/\1/' | xargs | tr ' ' ',')
echo "Image: debian $suite with $packages"
# The same mirror that this machine installs from; debootstrap's own if none is found.
mirror=$(apt-get indextargets --format '$(SITE)' "Codename: $suite" "Created-By: Packages" 2>/dev/null | head -n 1 || true)

root=.build-image/root
if [[ $(cat "$root/packages" 2>/dev/null) != "$packages" || ! -e $root/user ]]; then
    rm -rf "$root"
    debootstrap --variant=minbase --include="$packages" "$suite" "$root" ${mirror:+"$mirror"} >.build-image/debootstrap.log 2>&1 \
        || { tail -n 20 .build-image/debootstrap.log >&2; exit 1; }
    # The user is the Dockerfile's, too.
    sed -n '/^FROM debian/,$p' Dockerfile | grep -oE '(group|user)add [^\\]*' | while read -r line; do chroot "$root" $line; done
    touch "$root/user"
    echo "$packages" >"$root/packages"
fi
install -s -m 755 "$binary" "$root/usr/local/bin/clusterbot"
install -d -m 755 "$root/etc/clusterbot"
install -m 644 config/clusterbot.yaml "$root/etc/clusterbot/clusterbot.yaml"

# The image runs as a number: Kubernetes cannot see of a name that it is not root.
user=$(sed -nE 's/^USER ([0-9]+:[0-9]+)$/\1/p' Dockerfile)
[[ $user && $(chroot "$root" id -u clusterbot):$(chroot "$root" id -g clusterbot) == "$user" ]] \
    || { echo "Image: the Dockerfile's USER is “$user”, and its user clusterbot another" >&2; exit 1; }
grep -q "image.version=\"$("$binary" --version)\"" Dockerfile || { echo "Image: its label has another version" >&2; exit 1; }

# A container has /proc, and the Swift runtime takes its arguments from there.
mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"
trap 'umount "$root/proc"' EXIT
inside() { chroot --userspec="$user" "$root" env -i HOME=/var/lib/clusterbot PATH=/usr/local/bin:/usr/bin:/bin "$@"; }
expect() {
    local wanted=$1 output
    shift
    output=$(inside "$@" 2>&1) || { echo "Image: $* failed: $output" >&2; exit 1; }
    grep -qF -- "$wanted" <<<"$output" || { echo "Image: $* did not print “$wanted” but: $output" >&2; exit 1; }
}

! inside sh -c '[ "$(id -u)" -eq 0 ]'
# The places where tests let the process die are for debug builds only. The names are read from the source.
names=$(sed -nE 's/.*static var ([A-Za-z]+): Self .*/\1/p' Sources/CrashPoints/CrashPoint.swift)
(($(wc -w <<<"$names") > 20)) || { echo "Image: the names of the crash points were not found" >&2; exit 1; }
for name in CLUSTERBOT_CRASH_AT CLUSTERBOT_STOP_AT $names; do
    ! grep -qaF -- "$name" "$root/usr/local/bin/clusterbot" || { echo "Image: the binary knows $name" >&2; exit 1; }
done
expect "$("$binary" --version)" clusterbot --version
expect "is fine" clusterbot check --no-secrets --config /etc/clusterbot/clusterbot.yaml
expect "Every step came out as it should." clusterbot demo --play
size=$(stat -c %s "$root/usr/local/bin/clusterbot")
echo "Image: works as an ordinary user; the stripped binary has $((size / 1024 / 1024)) MiB"
