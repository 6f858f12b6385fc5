# The sample configurations of both reverse proxies, each as it is shipped, with the service behind it: for sourcing.
samples=/usr/share/doc/clusterbot/examples

# An authority of the test's own, and a certificate for the name that the samples have.
make_certificates() {
    local folder=$scratch/tls
    mkdir -p "$folder" "$root/etc/ssl/clusterbot"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=test authority" \
        -keyout "$folder/ca.key" -out "$folder/ca.pem" 2>/dev/null
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=clusterbot.example.com" \
        -keyout "$folder/privkey.pem" -out "$folder/request.pem" 2>/dev/null
    openssl x509 -req -in "$folder/request.pem" -CA "$folder/ca.pem" -CAkey "$folder/ca.key" -CAcreateserial -days 2 \
        -extfile <(echo "subjectAltName=DNS:clusterbot.example.com") -out "$folder/fullchain.pem" 2>/dev/null
    install -m 644 "$folder/fullchain.pem" "$root/etc/ssl/clusterbot/"
    install -m 644 "$folder/privkey.pem" "$root/etc/ssl/clusterbot/"
}

# One request to the proxy: its status. Whoever is refused in the middle of a body may see the rest fail.
ask() {
    beside curl -sS -o /dev/null -w '%{http_code}' --cacert "$scratch/tls/ca.pem" \
        --resolve clusterbot.example.com:443:127.0.0.1 "https://clusterbot.example.com$1" "${@:2}" 2>"$scratch/curl" || true
}

check_proxy() {
    local path status
    for path in /metrics /readyz /healthz / /history; do
        status=$(ask "$path")
        [[ $status == 404 ]] || fail "$1 lets $path through: $status"
    done
    status=$(ask /slack/commands --data x=1)
    [[ $status == 401 ]] || fail "$1 answers an unsigned webhook with $status"
    status=$(head -c 70000 /dev/zero | ask /slack/commands --data-binary @-)
    # Caddy loses the answer where the connection is closed amid the body.
    [[ $status == 413 || ($1 == Caddy && $status =~ ^(000|502)$) ]] || fail "$1 answers a body of 70,000 bytes with $status"
}

start_nginx() {
    inside cp "$samples/nginx.conf" /etc/nginx/conf.d/clusterbot.conf
    inside rm -f /etc/nginx/sites-enabled/default
    inside nginx -t 2>/dev/null || fail "nginx: $(inside nginx -t 2>&1)"
    inside systemctl start nginx
}
check_nginx() {
    check_proxy nginx
    local status
    status=$(beside curl -sS -o /dev/null -w '%{http_code}' --resolve clusterbot.example.com:80:127.0.0.1 http://clusterbot.example.com/)
    [[ $status == 301 ]] || fail "nginx answers http with $status"
}

start_caddy() {
    inside systemctl stop nginx
    # A certificate of one's own: the one line that the sample says to change. Debian's caddy reads /etc/caddy/Caddyfile.
    inside sh -c "sed 's/#tls/tls/' $samples/Caddyfile >/etc/caddy/Caddyfile"
    inside caddy validate --config /etc/caddy/Caddyfile >/dev/null 2>&1 || fail "$(inside caddy validate --config /etc/caddy/Caddyfile 2>&1)"
    inside systemctl start caddy
    until_true "Caddy" bash -c "$(declare -f ask beside); leader=$leader scratch=$scratch; [ \"\$(ask /)\" = 404 ]"
    check_proxy Caddy
}
