#!/usr/bin/env bash
# Packs a built program for those who install it: a tarball, a Debian package, and their checksums, in the folder dist.
#
# The same program and sources give the same bytes: times come from the last commit.
set -euo pipefail
binary=$1
cd "$(dirname "$0")/.."
version=$("$binary" --version)
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || { echo "The program's version is “$version”, which is none." >&2; exit 1; }
machine=$(uname -m)
case $machine in
    x86_64) architecture=amd64 ;;
    aarch64) architecture=arm64 ;;
    *) echo "There is no Debian package for $machine." >&2; exit 1 ;;
esac
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || date +%s)
export SOURCE_DATE_EPOCH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
install -s -m 755 "$binary" "$work/clusterbot"
# What the sources say and what was built must be one.
source_version=$(sed -nE 's/.*static let text = "(.*)"/\1/p' Sources/clusterbot/Version.swift)
[[ $version == "$source_version" ]] || { echo "The program is $version, and the sources are $source_version: build it anew." >&2; exit 1; }
rm -rf dist
mkdir dist

# Puts README and handbook into a folder, with links that lead somewhere there. The samples' folder in it is called $2.
copy_texts() {
    local page
    install -d "$1/handbook"
    sed -E "/demo-page.png/d; s,\]\(Sources/clusterbot/Handbook.docc/,](handbook/,g; s,\]\(config/,]($2/,g" README.md >"$1/README.md"
    for page in Sources/clusterbot/Handbook.docc/*.md; do
        sed -E "s,\]\(../../../config/,](../$2/,g; s,\]\(../../../,](../,g" "$page" >"$1/handbook/$(basename "$page")"
    done
    install -m 644 -t "$1" LICENSE SECURITY.md CONTRIBUTING.md
    sed -i -E "s,\]\(Sources/clusterbot/Handbook.docc/,](handbook/,g" "$1"/*.md
}

# The tarball.
name=clusterbot-$version-linux-$machine
mkdir -p "$work/tar/$name"
install -m 755 "$work/clusterbot" "$work/tar/$name/"
install -m 644 CHANGELOG.md "$work/tar/$name/"
copy_texts "$work/tar/$name" config
cp -r config "$work/tar/$name/"
rm -r "$work/tar/$name/config/"{debian,release.sh}
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" --mode=u+rwX,go+rX,go-w \
    -C "$work/tar" -czf "dist/$name.tar.gz" "$name"

# The Debian package. /etc/clusterbot/clusterbot.yaml is no file of it: it is the operator's own, and the commented sample
# lies beside the other samples.
root=$work/deb
install -D -m 755 "$work/clusterbot" "$root/usr/bin/clusterbot"
install -D -m 644 config/clusterbot.service "$root/lib/systemd/system/clusterbot.service"
install -D -m 644 config/clusterbot.sysusers "$root/usr/lib/sysusers.d/clusterbot.conf"
copy_texts "$root/usr/share/doc/clusterbot" examples
install -D -m 644 config/debian/copyright "$root/usr/share/doc/clusterbot/copyright"
gzip -9n <CHANGELOG.md >"$root/usr/share/doc/clusterbot/changelog.gz"
chmod 644 "$root/usr/share/doc/clusterbot/changelog.gz"
mkdir "$root/usr/share/doc/clusterbot/examples"
cp -r config/. "$root/usr/share/doc/clusterbot/examples/"
rm -r "$root"/usr/share/doc/clusterbot/examples/{debian,release.sh}
cp CHANGELOG.md "$root/usr/share/doc/clusterbot/"
chmod -R u+rwX,go+rX,go-w "$root"
mkdir "$root/DEBIAN"
size=$(du -sk --exclude=DEBIAN "$root" | cut -f 1)
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@SIZE@/$size/" \
    config/debian/control >"$root/DEBIAN/control"
install -m 755 -t "$root/DEBIAN" config/debian/{postinst,prerm,postrm}
(cd "$root" && find usr lib -type f -printf '%p\0' | sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
dpkg-deb --root-owner-group -Zzstd --build "$root" "dist/clusterbot_${version}_$architecture.deb" >/dev/null

(cd dist && sha256sum -- *.tar.gz *.deb >SHA256SUMS)
ls -lh dist | awk 'NR > 1 {print $5, $9}'
