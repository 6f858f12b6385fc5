import Foundation

extension Field {
    /// Reads the name of a time zone, such as `Asia/Kolkata`.
    package func timeZone() -> TimeZone? {
        let what = "a time zone by its name, such as `Asia/Kolkata` or `UTC`"
        guard let text = scalar(what) else { return nil }
        // Abbreviations such as `IST` stand for several zones.
        guard text == "UTC" || text.contains("/"), let zone = TimeZone(identifier: text) else {
            // Not every name that is understood is among the known ones: `Asia/Kolkata` is not.
            let inCapitals = text.lowercased().replacing(/(^|[\/_-])([a-z])/) { "\($0.1)\($0.2.uppercased())" }
            let isZone = inCapitals.contains("/") && TimeZone(identifier: inCapitals) != nil
            let hint = suggestion(for: text, among: (isZone ? [inCapitals] : []) + TimeZone.knownTimeZoneIdentifiers)
            problem("\(quoted(text)) is not \(what)\(hint)")
            return nil
        }
        return zone
    }

    /// Reads a time of day, `22:00`. Returns the minutes from midnight.
    package func timeOfDay() -> Int? {
        let what = "a time of day such as `22:00`, from `00:00` to `23:59`"
        guard let text = scalar(what) else { return nil }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [2, 2], let hour = Int(asciiDigits: parts[0]),
            let minute = Int(asciiDigits: parts[1]), hour < 24, minute < 60
        else {
            problem("\(name) must be \(what)")
            return nil
        }
        return hour * 60 + minute
    }
}
