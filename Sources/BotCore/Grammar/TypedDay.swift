import FoundationEssentials

/// The begin of a time, as people say it: `3d`, `yesterday`, `tuesday`, `2026-11-24`.
package enum TypedDay: Hashable, Sendable {
    /// So long ago.
    case ago(Duration)
    /// The begin of the day so many days ago.
    case days(Int)
    /// The begin of the last such day, today included: 1 is Sunday.
    case weekday(Int)
    case date(year: Int, month: Int, day: Int)

    private static let weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]

    /// Nil for any other word.
    package init?(_ text: String) {
        let word = text.lowercased()
        if let span = WrittenSpan.read(word) ?? WrittenSpan.spelled(word), span > .zero {
            self = .ago(span)
        } else if let days = ["today": 0, "yesterday": 1][word] {
            self = .days(days)
        } else if word.count >= 3, let index = Self.weekdays.firstIndex(where: { $0.hasPrefix(word) }) {
            self = .weekday(index + 1)
        } else {
            let parts = word.split(separator: "-", omittingEmptySubsequences: false)
            guard parts.map(\.utf8.count) == [4, 2, 2], let year = Int(parts[0]), let month = Int(parts[1]),
                let day = Int(parts[2]), (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day)
            else { return nil }
            self = .date(year: year, month: month, day: day)
        }
    }

    /// The moment that it is, by the clocks of a zone; nil for a date that does not exist.
    package func moment(at now: Timestamp, in zone: TimeZone) -> Timestamp? {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let date = Date(timeIntervalSince1970: Double(now.milliseconds) / 1000)
        let today = calendar.startOfDay(for: date)
        func begin(daysAgo: Int) -> Timestamp? {
            calendar.date(byAdding: .day, value: -daysAgo, to: today).map(Timestamp.init)
        }
        switch self {
        case .ago(let span): return Timestamp(milliseconds: now.milliseconds - span.wholeMilliseconds)
        case .days(let days): return begin(daysAgo: days)
        case .weekday(let weekday):
            return begin(daysAgo: (calendar.component(.weekday, from: date) - weekday + 7) % 7)
        case .date(let year, let month, let day):
            let components = DateComponents(year: year, month: month, day: day)
            guard let date = calendar.date(from: components), calendar.component(.day, from: date) == day else {
                return nil
            }
            return Timestamp(date)
        }
    }

    /// The word that means it.
    package var written: String {
        switch self {
        case .ago(let span):
            span.wholeMilliseconds % 86_400_000 == 0 ? "\(span.wholeMilliseconds / 86_400_000)d" : span.written
        case .days(let days): days == 0 ? "today" : "yesterday"
        case .weekday(let weekday): Self.weekdays[weekday - 1]
        case .date(let year, let month, let day):
            [(year, 4), (month, 2), (day, 2)].map { number, width in
                String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
            }.joined(separator: "-")
        }
    }
}

extension Timestamp {
    fileprivate init(_ date: Date) { self.init(milliseconds: Int(date.timeIntervalSince1970 * 1000)) }
}
