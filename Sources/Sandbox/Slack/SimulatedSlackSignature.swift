import Crypto

/// Slack's request signature, version v0.
package enum SimulatedSlackSignature {
    /// `v0=` and the lower-case hex of HMAC-SHA256 over `v0:TIMESTAMP:BODY`.
    ///
    /// - Parameter timestamp: whole seconds since 1970, as it is sent in `X-Slack-Request-Timestamp`.
    package static func make(secret: String, timestamp: String, body: [UInt8]) -> String {
        var code = HMAC<SHA256>(key: SymmetricKey(data: Array(secret.utf8)))
        code.update(data: Array("v0:\(timestamp):".utf8))
        code.update(data: body)
        return "v0="
            + code.finalize().map { byte in
                let digits = String(byte, radix: 16)
                return digits.count == 1 ? "0" + digits : digits
            }.joined()
    }
}
