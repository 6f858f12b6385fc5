import Testing

@testable import BotCore

@Suite struct CivilDateTests {
    @Test func everyDayIsReadBackAndFollowsTheOneBefore() {
        var before = CivilDate(daysSince1970: -366)
        #expect((before.year, before.month, before.day) == (1968, 12, 31))
        for days in -365...90_000 {
            let date = CivilDate(daysSince1970: days)
            #expect(date.daysSince1970 == days)
            #expect(CivilDate(year: date.year, month: date.month, day: date.day) == date)
            #expect((before.year, before.month, before.day) < (date.year, date.month, date.day))
            before = date
        }
        #expect((before.year, before.month, before.day) == (2216, 5, 31))
    }

    @Test(
        arguments: [
            (2026, 2, 29), (2100, 2, 29), (2028, 2, 30), (2026, 4, 31), (2026, 13, 1), (2026, 0, 1), (2026, 1, 0),
            (2026, 1, 32), (0, 1, 1),
        ]
    )
    func aDayThatDoesNotExist(year: Int, month: Int, day: Int) {
        #expect(CivilDate(year: year, month: month, day: day) == nil)
    }

    @Test(arguments: [(2028, 2, 29), (2000, 2, 29), (2026, 12, 31), (1, 1, 1)])
    func aDayThatExists(year: Int, month: Int, day: Int) {
        let date = CivilDate(year: year, month: month, day: day)
        #expect(date.map { CivilDate(daysSince1970: $0.daysSince1970) } == date && date != nil)
    }
}
