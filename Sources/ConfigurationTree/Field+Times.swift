import BotCore

extension Field {
    /// Reads a span of time: a number with its unit, `300ms`, `5s`, `30m`, `24h` or `7d`.
    package func duration(from least: Duration, to most: Duration) -> Duration? {
        let what = "a duration such as `300ms`, `5s`, `30m` or `24h`"
        guard let text = scalar(what) else { return nil }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let amount = Int(asciiDigits: digits), amount <= 1_000_000_000,
            let unit = Self.units[String(text.dropFirst(digits.count))]
        else {
            let meant = Self.spelled(text).map { "; write `\($0.written)`" } ?? ""
            problem("\(name) must be \(what): digits and a unit, without a space\(meant)")
            return nil
        }
        let span = unit * amount
        guard span >= least, span <= most else {
            problem("\(name) must be from \(least.written) to \(most.written)")
            return nil
        }
        return span
    }

    private static let units: [String: Duration] = [
        "ms": .milliseconds(1), "s": .seconds(1), "m": .seconds(60), "h": .seconds(3600), "d": .seconds(86_400),
    ]

    /// Reads a span as people spell it elsewhere, for the message that says how it is written here: `1h30m`, `30 min`.
    private static func spelled(_ text: String) -> Duration? {
        var rest = text.lowercased()[...]
        var span = Duration.zero
        while !rest.isEmpty {
            guard let part = rest.prefixMatch(of: /\s*([0-9]{1,9})\s*([a-z]+)[,\s]*/), let amount = Int(part.1),
                let unit = units[String(part.2)] ?? units[longUnits[String(part.2)] ?? ""]
            else { return nil }
            span += unit * amount
            rest = rest[part.range.upperBound...]
        }
        return span
    }

    private static let longUnits: [String: String] = [
        "msec": "ms", "millisecond": "ms", "milliseconds": "ms", "sec": "s", "secs": "s", "second": "s", "seconds": "s",
        "min": "m", "mins": "m", "minute": "m", "minutes": "m", "hr": "h", "hrs": "h", "hour": "h", "hours": "h",
        "day": "d", "days": "d",
    ]

    /// Reads a day as its first moment in UTC. A credential that ends on that day counts as ended from that moment on.
    package func date() -> Timestamp? {
        let what = "a date such as `2027-03-01`"
        guard let text = scalar(what) else { return nil }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2],
            let year = Int(asciiDigits: parts[0]), let month = Int(asciiDigits: parts[1]),
            let day = Int(asciiDigits: parts[2]),
            (2000...2200).contains(year), let date = CivilDate(year: year, month: month, day: day)
        else {
            problem("\(name) must be \(what): a day that exists, as year, month and day")
            return nil
        }
        return Timestamp(seconds: date.daysSince1970 * 86_400)
    }
}

extension Duration {
    /// The span as the configuration writes it: `90s`, `24h`.
    package var written: String {
        let milliseconds = wholeMilliseconds
        if milliseconds % 1000 != 0 { return "\(milliseconds)ms" }
        let seconds = milliseconds / 1000
        if seconds % 3600 == 0 { return "\(seconds / 3600)h" }
        return seconds % 60 == 0 ? "\(seconds / 60)m" : "\(seconds)s"
    }
}
