#!/usr/bin/env python3
"""Judges how a bot checks Slack's signatures, with Slack's own SDK as the signer.

    pip install slack_sdk==3.47.0
    slack_signature_judge.py http://127.0.0.1:8080 --secret-env SLACK_SIGNING_SECRET --app A0001 --workspace T0001

Sends `/cluster help`, which changes nothing, to BASE_URL/slack/commands: once as it should be, and in hundreds of ways in
which it should not. Ends with `N passed, M failed`; exit code 0 only if nothing failed.
"""

import argparse
import hmac
import http.client
import os
import random
import sys
import time
import urllib.parse

from slack_sdk.signature import SignatureVerifier

DIGITS = "0123456789abcdef"


class Judge:
    def __init__(self, options):
        self.options = options
        self.url = urllib.parse.urlsplit(options.base_url)
        self.signer = SignatureVerifier(options.secret)
        self.random = random.Random(options.seed)
        self.passed = 0
        self.failed = 0
        self.count = 0

    def body(self):
        """A new command each time: the same one twice would be a redelivery."""
        self.count += 1
        fields = {
            "token": "unused", "team_id": self.options.workspace, "team_domain": "judge", "channel_id": self.options.channel,
            "channel_name": "judge", "user_id": self.options.user, "user_name": "judge", "command": self.options.command,
            "text": "help", "api_app_id": self.options.app, "trigger_id": f"{time.time_ns()}.{self.count}",
        }
        return urllib.parse.urlencode(fields).encode()

    def sign(self, stamp, body):
        return self.signer.generate_signature(timestamp=stamp, body=body)

    def post(self, body, headers):
        """Headers as a list, so that one can be there twice. Nothing but these, host, length and type is sent."""
        kind = http.client.HTTPSConnection if self.url.scheme == "https" else http.client.HTTPConnection
        connection = kind(self.url.hostname, self.url.port, timeout=120)
        try:
            connection.putrequest("POST", self.url.path.rstrip("/") + "/slack/commands", skip_accept_encoding=True)
            for name, value in [("Content-Type", "application/x-www-form-urlencoded"), ("Content-Length", str(len(body)))]:
                connection.putheader(name, value)
            for name, value in headers:
                connection.putheader(name, value.encode())
            connection.endheaders(body)
            reply = connection.getresponse()
            return reply.status, reply.read()
        except (OSError, http.client.HTTPException) as error:
            return 0, str(error).encode()
        finally:
            connection.close()

    def expect(self, name, isAccepted, body, headers):
        status, reply = self.post(body, headers)
        fine = status == 200 if isAccepted else (status == 401 and reply == b"")
        if fine:
            self.passed += 1
        else:
            self.failed += 1
            wanted = "200" if isAccepted else "401 with an empty body"
            print(f"FAILED: {name}: {status} with {len(reply)} bytes instead of {wanted}")

    def genuine(self, offset=0):
        body = self.body()
        stamp = str(int(time.time()) + offset)
        return body, stamp, self.sign(stamp, body)

    @staticmethod
    def headers(stamp, signature):
        return [("X-Slack-Request-Timestamp", stamp), ("X-Slack-Signature", signature)]

    def run(self):
        body, stamp, signature = self.genuine()
        self.expect("a genuine request", True, body, self.headers(stamp, signature))
        self.bits()
        self.times()
        self.writings()
        body, stamp, signature = self.genuine()
        self.expect("a genuine request at the end", True, body, self.headers(stamp, signature))

    def bits(self):
        for bit in range(256):
            body, stamp, signature = self.genuine()
            place = 3 + bit // 4
            digit = DIGITS[DIGITS.index(signature[place]) ^ (1 << bit % 4)]
            changed = signature[:place] + digit + signature[place + 1:]
            self.expect(f"bit {bit} of the signature flipped", False, body, self.headers(stamp, changed))
        for _ in range(100):
            body, stamp, signature = self.genuine()
            bit = self.random.randrange(len(body) * 8)
            changed = bytearray(body)
            changed[bit // 8] ^= 1 << bit % 8
            self.expect(f"bit {bit} of the body flipped", False, bytes(changed), self.headers(stamp, signature))

    def times(self):
        for offset, isAccepted in [(-299, True), (299, True), (-301, False), (301, False), (-3600, False), (86400, False)]:
            # Half a second of the request's way must not make another second of it.
            time.sleep(1.05 - time.time() % 1)
            body, stamp, signature = self.genuine(offset)
            self.expect(f"signed {offset:+} s from now", isAccepted, body, self.headers(stamp, signature))
        now = str(int(time.time()))
        for stamp in ["", "abc", "+" + now, "-" + now, now + ".0", "0x" + format(int(now), "x"), now + "0" * 20, "-1", "0", "1e9",
                      "".join(chr(0xFF10 + int(digit)) for digit in now)]:
            body = self.body()
            self.expect(f"timestamp {stamp!r}", False, body, self.headers(stamp, self.sign(stamp, body)))

    def writings(self):
        body, stamp, signature = self.genuine()
        digits = signature[3:]
        right = self.headers(stamp, signature)
        other = self.sign(stamp, body + b"x")
        cases = [
            ("no signature", right[:1]), ("no timestamp", right[1:]), ("neither header", []), ("signature twice", right + right[1:]),
            ("timestamp twice", right + right[:1]), ("a wrong signature before the right one", self.headers(stamp, other) + right[1:]),
            ("a wrong signature after the right one", right + self.headers(stamp, other)[1:]),
        ]
        for value in ["v0=" + digits.upper(), "V0=" + digits, "v1=" + digits, digits, "v0=", "", "v0=" + digits[:-1],
                      signature + "0", signature + "," + signature, "sha256=" + digits, "v0=" + "0" * 64]:
            cases.append((f"signature written as {value[:12]}…", self.headers(stamp, value)))
        wrongKey = SignatureVerifier(self.options.secret + "x").generate_signature(timestamp=stamp, body=body)
        cases.append(("signed with another secret", self.headers(stamp, wrongKey)))
        # The SDK does not sign with an empty secret; a receiver that lacks its own must not fall for it.
        emptyKey = hmac.new(b"", f"v0:{stamp}:".encode() + body, "sha256").hexdigest()
        cases.append(("signed with an empty secret", self.headers(stamp, "v0=" + emptyKey)))
        for name, headers in cases:
            self.expect(name, False, body, headers)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base_url")
    parser.add_argument("--secret", help="the signing secret")
    parser.add_argument("--secret-env", help="the environment variable that holds it")
    parser.add_argument("--app", default="A0001")
    parser.add_argument("--workspace", default="T0001")
    parser.add_argument("--channel", default="C0OPS")
    parser.add_argument("--user", default="U0AMY")
    parser.add_argument("--command", default="/cluster")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.secret = options.secret or os.environ.get(options.secret_env or "", "")
    if not options.secret:
        parser.error("give the signing secret with --secret or --secret-env")
    judge = Judge(options)
    judge.run()
    print(f"{judge.passed} passed, {judge.failed} failed")
    return 1 if judge.failed else 0


if __name__ == "__main__":
    sys.exit(main())
