"""A company's way out: a proxy that only tunnels (CONNECT), and behind it hosts of its own with a private authority.

connect_proxy.py CERTIFICATE KEY HOST:PORT=TARGETPORT …

Each HOST:PORT is a TLS server, under CERTIFICATE, before what listens on TARGETPORT of this machine. Prints the proxy's port,
then a line for each request that it gets; whatever is no CONNECT to one of these hosts is refused with 403.
"""

import socket
import ssl
import sys
import threading


one_at_a_time = threading.Lock()


def say(line):
    """Whole lines, whichever threads have something to say at the same moment."""
    with one_at_a_time:
        print(line, flush=True)


def head_of(connection):
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        byte = connection.recv(1)
        if not byte:
            return None
        head += byte
    return head.decode("latin-1")


def pipe(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        pass
    for end in (source, target):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def serve(connection, context, hosts):
    head = head_of(connection)
    if head is None:
        return
    method, target = head.split(" ")[:2]
    say(f"{method} {target}")
    if method != "CONNECT" or target not in hosts:
        connection.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        connection.close()
        return
    connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
    try:
        inner = context.wrap_socket(connection, server_side=True)
    except OSError as error:
        say(f"no TLS: {error}")
        return
    server = socket.create_connection(("127.0.0.1", hosts[target]))
    threading.Thread(target=pipe, args=(server, inner), daemon=True).start()
    pipe(inner, server)


def main(certificate, key, *routes):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    hosts = {host: int(port) for host, port in (route.split("=") for route in routes)}
    listener = socket.create_server(("127.0.0.1", 0))
    say(listener.getsockname()[1])
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=(connection, context, hosts), daemon=True).start()


if __name__ == "__main__":
    main(*sys.argv[1:])
