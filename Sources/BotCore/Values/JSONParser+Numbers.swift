extension JSONParser {
    /// An integer as it is; any other number as the `Double` next to it.
    mutating func number() throws(Problem) -> JSONValue {
        let start = position
        let isNegative = take(UInt8(ascii: "-"))
        let first = position
        try digits()
        if bytes[first] == UInt8(ascii: "0"), position > first + 1 { throw problem("a number with a zero in front") }
        let isWhole = next != UInt8(ascii: ".") && next != UInt8(ascii: "e") && next != UInt8(ascii: "E")
        if isWhole, let value = integer(first..<position, isNegative: isNegative) { return .int(value) }
        if take(UInt8(ascii: ".")) { try digits() }
        let isZero = !bytes[start..<position].contains { (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        guard let value = Double(String(decoding: bytes[start..<position], as: UTF8.self)), value.isFinite,
            isZero || value != 0
        else { throw problem("a number that is too large or too small") }
        // Whole numbers may be written as `8.0`; beyond 2^53 a `Double` no longer tells which one was meant.
        if !isWhole, value.magnitude <= 0x1p53, let whole = Int(exactly: value) { return .int(whole) }
        return .double(value)
    }

    private mutating func digits() throws(Problem) {
        let start = position
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        guard position > start else { throw problem("no value, or a number without digits") }
    }

    /// Reads an integer; nil for one that no `Int` holds.
    private func integer(_ range: Range<Int>, isNegative: Bool) -> Int? {
        var value = 0
        for index in range {
            let digit = Int(bytes[index] - UInt8(ascii: "0"))
            let (tenfold, overflows) = value.multipliedReportingOverflow(by: 10)
            let (sum, exceeds) = tenfold.addingReportingOverflow(isNegative ? -digit : digit)
            if overflows || exceeds { return nil }
            value = sum
        }
        return value
    }
}
