/// Spans of time as people write them: digits and a unit, `300ms`, `5s`, `30m`, `24h` or `7d`.
package enum WrittenSpan {
    /// Reads a span; nil for any other spelling, and for more than a billion of a unit.
    package static func read(_ text: String) -> Duration? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard (1...10).contains(digits.utf8.count), let amount = Int(digits), amount <= 1_000_000_000,
            let unit = units[String(text.dropFirst(digits.count))]
        else { return nil }
        return unit * amount
    }

    /// Reads a span as people spell it elsewhere, for the message that says how it is written here: `1h30m`, `30 min`.
    package static func spelled(_ text: String) -> Duration? {
        var rest = text.lowercased()[...]
        var span = Duration.zero
        while !rest.isEmpty {
            guard let part = rest.prefixMatch(of: /\s*([0-9]{1,9})\s*([a-z]+)[,\s]*/), let amount = Int(part.1),
                let unit = units[String(part.2)] ?? units[longUnits[String(part.2)] ?? ""]
            else { return nil }
            span += unit * amount
            // Nobody means more, and sums of sums have no end.
            guard span <= .seconds(1_000_000_000) else { return nil }
            rest = rest[part.range.upperBound...]
        }
        return span
    }

    private static let units: [String: Duration] = [
        "ms": .milliseconds(1), "s": .seconds(1), "m": .seconds(60), "h": .seconds(3600), "d": .seconds(86_400),
    ]

    private static let longUnits: [String: String] = [
        "msec": "ms", "millisecond": "ms", "milliseconds": "ms", "sec": "s", "secs": "s", "second": "s", "seconds": "s",
        "min": "m", "mins": "m", "minute": "m", "minutes": "m", "hr": "h", "hrs": "h", "hour": "h", "hours": "h",
        "day": "d", "days": "d",
    ]
}

extension Duration {
    /// The span as it is written: `90s`, `24h`.
    package var written: String {
        let milliseconds = wholeMilliseconds
        if milliseconds % 1000 != 0 { return "\(milliseconds)ms" }
        let seconds = milliseconds / 1000
        if seconds % 3600 == 0 { return "\(seconds / 3600)h" }
        return seconds % 60 == 0 ? "\(seconds / 60)m" : "\(seconds)s"
    }
}
