# What is released, before anybody installs it: for sourcing.

check_release() {
    (cd dist && sha256sum --quiet --check SHA256SUMS) || fail "the checksums do not fit"
    local folder=$cache/release tarball
    tarball=$(echo dist/*.tar.gz)
    rm -rf "$folder"
    mkdir -p "$folder"
    tar -C "$folder" -xzf "$tarball" --strip-components 1
    local path
    for path in clusterbot LICENSE README.md CHANGELOG.md config/clusterbot.{yaml,service,sysusers} config/nginx.conf config/kubernetes; do
        [[ -e $folder/$path ]] || fail "the tarball lacks $path"
    done
    dpkg-deb -x "$package" "$folder/deb"
    python3 Tests/Package/links.py "$folder" "$folder/deb/usr/share/doc/clusterbot" || fail "a link in the shipped texts leads nowhere"
    dpkg-deb --fsys-tarfile "$package" | tar -xO ./usr/bin/clusterbot | cmp - "$folder/clusterbot" \
        || fail "tarball and package have different programs"
    # All addresses are looked up at the start, and their table is read-only then; the stack holds no code.
    local dynamic headers
    dynamic=$(readelf -dW "$folder/clusterbot")
    headers=$(readelf -lW "$folder/clusterbot")
    [[ $dynamic == *BIND_NOW* && $dynamic == *PIE* ]] || fail "the program is linked without -z now, or not as PIE"
    [[ $headers == *GNU_RELRO* ]] || fail "the program is linked without RELRO"
    [[ $headers =~ GNU_STACK[^$'\n']*\ RW\  ]] || fail "the program's stack may hold code"
    # Only the C library and what the package depends on is linked: Swift's runtime is inside.
    local library
    for library in $(sed -nE 's/.*\(NEEDED\).*\[(.*)\]/\1/p' <<<"$dynamic"); do
        case $library in
            libc.so.6 | libm.so.6 | libgcc_s.so.1 | libstdc++.so.6 | ld-linux* | libcurl.so.4 | libsqlite3.so.0) ;;
            *) fail "the program needs $library, which the package does not depend on" ;;
        esac
    done
}
