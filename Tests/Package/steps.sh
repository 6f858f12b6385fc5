# The steps of the handbook's page, for sourcing.
page=Sources/clusterbot/Handbook.docc/Install.md

# Gets the packages that ours depends on, while there is a network; it is installed without one.
fetch_dependencies() {
    mount -t proc proc "$root/proc"
    local status=0
    cp /etc/apt/apt.conf.d/*proxy* "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
    cp --dereference /etc/resolv.conf "$root/etc/resolv.conf"
    { chroot "$root" apt-get update -qq && chroot "$root" apt-get install -y -qq --download-only \
        "/root/$(basename "$package")"; } >"$scratch/apt" 2>&1 || status=$?
    umount "$root/proc"
    # To apt's question an operator says yes.
    echo 'APT::Get::Assume-Yes "true";' >"$root/etc/apt/apt.conf.d/90yes"
    ((status == 0)) || { cat "$scratch/apt" >&2; fail "the package's dependencies cannot be had"; }
}

# The simulated cluster API and workspace. They are parts of the program, from a copy of the same package.
start_simulators() {
    local tools=$scratch/tools
    dpkg-deb -x "$package" "$tools"
    install -m 755 "$tools/usr/bin/clusterbot" "$scratch/simulator"
    nsenter --target "$leader" --net -- "$scratch/simulator" sandbox cloud --port 7001 >"$scratch/cloud" 2>&1 &
    helpers+=($!)
    # The simulated Slack finds the name, and trusts the authority of its certificate and no other.
    make_certificates
    echo "127.0.0.1 localhost clusterbot.example.com" >"$scratch/hosts"
    nsenter --target "$leader" --net -- unshare --mount sh -c "mount --bind $scratch/hosts /etc/hosts
        mount --bind $scratch/tls/ca.pem /etc/ssl/certs/ca-certificates.crt
        exec $scratch/simulator sandbox slack --port 7002 --bot https://clusterbot.example.com" >"$scratch/slack" 2>&1 &
    helpers+=($!)
    until_true "the simulators" grep -q signing_secret "$scratch/slack"
    until_true "the simulators" grep -q 1187 "$scratch/cloud"
}

chat() { beside python3 Tests/Package/chat.py http://127.0.0.1:7002 "$@"; }

# What an operator types into an editor: the ids and addresses of their own place, and the secrets.
write_editor() {
    local key token bot secret
    read -r _ _ _ key _ token < <(grep 1187 "$scratch/cloud")
    read -r _ bot _ secret < <(grep bot_token "$scratch/slack")
    cat >"$root/usr/local/bin/editor" <<WORDS
#!/bin/sh
case \$1 in
*/signing-secret) echo '$secret' >"\$1" ;;
*/bot-token) echo '$bot' >"\$1" ;;
*/e2e-key) echo '$key' >"\$1" ;;
*/e2e-token) echo '$token' >"\$1" ;;
*/clusterbot.yaml) sed -i -f /usr/local/lib/edits "\$1" ;;
*) exit 1 ;;
esac
WORDS
    cat >"$root/usr/local/lib/edits" <<'WORDS'
s|^store: .*|store: sqlite:/var/lib/clusterbot/clusterbot.db|
s|base_url: .*|base_url: http://127.0.0.1:7001/myaccount/api/v1/gpu|
s|api_key: .*|api_key: {file: /etc/clusterbot/secrets/e2e-key}|
s|token: {file: .*|token: {file: /etc/clusterbot/secrets/e2e-token}|
s|{env: SLACK_BOT_TOKEN}|{file: /etc/clusterbot/secrets/bot-token}|
s|{env: SLACK_SIGNING_SECRET}|{file: /etc/clusterbot/secrets/signing-secret}|
s|#token_ends: .*|token_ends: 2099-01-01|
s|#active_iam: 55|active_iam: 55|
s|#history_channel: C0HISTORY|history_channel: C0HISTORY|
s|#api_url: .*|api_url: http://127.0.0.1:7002/api/|
s|#response_hosts: .*|response_hosts: ["127.0.0.1:7002"]|
/{id: 43/d
WORDS
    chmod 755 "$root"/usr/local/bin/*
}

# Runs the commands of the page's section, line by line, as they stand there, as a user who may `sudo` and nothing else.
follow_page() {
    local line count=0
    inside useradd --create-home --groups sudo admin
    echo 'admin ALL=(ALL) NOPASSWD: ALL' >"$root/etc/sudoers.d/admin"
    chmod 440 "$root/etc/sudoers.d/admin"
    cp "$package" "$root/home/admin/"
    while IFS= read -r line <&3; do
        echo "\$ $line"
        inside setpriv --reuid=admin --regid=admin --init-groups -- env HOME=/home/admin sh -ec "cd /home/admin && $line" </dev/null \
            >"$scratch/step" 2>&1 || { cat "$scratch/step" >&2; fail "the page's step fails: $line"; }
        [[ $line != *" doctor "* ]] || cat "$scratch/step"
        count=$((count + 1))
    done 3< <(sed -n '/^### From the Debian package/,/^### /p' "$page" | sed -n '/^```sh$/,/^```$/p' | sed '/^```/d')
    ((count >= 10)) || fail "the page's steps were not found"
}
