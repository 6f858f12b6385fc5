extension String {
    /// A new request's: twelve hexadecimal digits, at random. Not the client's own, which could be another request's.
    static func requestID() -> String {
        let digits = String(UInt64.random(in: 0..<1 << 48), radix: 16)
        return String(repeating: "0", count: 12 - digits.count) + digits
    }
}
