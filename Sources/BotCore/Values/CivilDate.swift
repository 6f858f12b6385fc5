/// A day of the Gregorian calendar, in UTC.
package struct CivilDate: Hashable, Sendable {
    package let year: Int
    /// The month, from 1 to 12.
    package let month: Int
    /// The day of the month, from 1 to 31.
    package let day: Int

    /// The date of a day, by counting eras of 400 years that begin on 1 March.
    package init(daysSince1970 days: Int) {
        let (era, dayOfEra) = (days + Self.daysFrom0To1970).quotientAndRemainderRoundingDown(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    }

    /// A date as people write it, from the year 1 on; nil for a day that does not exist.
    package init?(year: Int, month: Int, day: Int) {
        guard year >= 1, (1...12).contains(month), (1...31).contains(day) else { return nil }
        self.year = year
        self.month = month
        self.day = day
        // 30 February would be another day.
        guard Self(daysSince1970: daysSince1970) == self else { return nil }
    }

    package var daysSince1970: Int {
        // Years are counted from March on, so that the leap day is the last of its year.
        let marchYear = month <= 2 ? year - 1 : year
        let leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return marchYear * 365 + leapDays + dayOfYear - Self.daysFrom0To1970
    }

    /// The days from 1 March of the year 0 to 1 January 1970.
    private static let daysFrom0To1970 = 719_468
}
