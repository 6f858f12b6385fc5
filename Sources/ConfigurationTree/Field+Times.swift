import BotCore

extension Field {
    /// Reads a span of time: a number with its unit, `300ms`, `5s`, `30m`, `24h` or `7d`.
    package func duration(from least: Duration, to most: Duration) -> Duration? {
        let what = "a duration such as `300ms`, `5s`, `30m` or `24h`"
        guard let text = scalar(what) else { return nil }
        guard let span = WrittenSpan.read(text) else {
            let meant = WrittenSpan.spelled(text).map { "; write `\($0.written)`" } ?? ""
            problem("\(name) must be \(what): digits and a unit, without a space\(meant)")
            return nil
        }
        guard span >= least, span <= most else {
            problem("\(name) must be from \(least.written) to \(most.written)")
            return nil
        }
        return span
    }

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
