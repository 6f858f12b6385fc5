import BotCore
import ConfigurationTree
import Testing

@testable import BotConfiguration

/// The times in which nothing is sent, as they are read.
struct FreezeReadingTests {
    private func freezes(_ section: String, server: String = "") throws -> [Freeze] {
        let loaded = try Fixture.load(
            Fixture.text(["contact": "freezes:\n  - \(section)", "server": "server: {listen: 127.0.0.1:8080\(server)}"])
        )
        #expect(loaded.problems == [])
        return try #require(loaded.configuration).freezes
    }

    @Test func holdsByTheClocksOfItsZone() throws {
        let all = try freezes(
            """
            {name: year end, from: 2026-12-30 18:00, to: 2027-01-02 08:00, zone: Asia/Kolkata, \
            clusters: {labels: {env: prod}}, except: {who: [leads, "person:amy"], actions: [restart_workers]}}
            """
        )
        #expect(
            all == [
                Freeze(
                    name: "year end",
                    clusters: .init(labels: ["env": ["prod"]]),
                    from: try #require(Timestamp("2026-12-30T12:30:00.000Z")),
                    until: try #require(Timestamp("2027-01-02T02:30:00.000Z")),
                    exceptions: .init(who: [.group("leads"), .person("amy")], actions: ["restart_workers"]),
                    source: .configuration
                )
            ]
        )
    }

    @Test func holdsByTheServersZoneWhereItNamesNone() throws {
        let utc = try freezes("{name: a, from: 2026-12-30 18:00, to: 2026-12-31 18:00}")
        #expect(utc.first?.from == Timestamp("2026-12-30T18:00:00.000Z"))
        #expect(utc.first?.clusters == nil && utc.first?.exceptions == nil)
        let local = try freezes(
            "{name: a, from: 2026-12-30 18:00, to: 2026-12-31 18:00, except: {who: [everyone], actions: [changes]}}",
            server: ", zone: America/New_York"
        )
        #expect(local.first?.from == Timestamp("2026-12-30T23:00:00.000Z"))
        #expect(local.first?.exceptions?.actions.count == ActionCatalogue.all.count)
    }

    /// Over a change of the clocks a day has 23 or 25 hours, and in some zones the clocks change by half an hour or at
    /// midnight.
    @Test(arguments: [
        ("Europe/Berlin", "2027-03-27 12:00", "2027-03-28 12:00", 23.0),
        ("Europe/Berlin", "2026-10-24 12:00", "2026-10-25 12:00", 25.0),
        ("Europe/Berlin", "2027-03-28 01:59", "2027-03-28 03:00", 1.0 / 60),
        ("Europe/Berlin", "2026-10-25 01:59", "2026-10-25 03:00", 2 + 1.0 / 60),
        ("America/New_York", "2027-03-13 12:00", "2027-03-14 12:00", 23.0),
        ("Australia/Lord_Howe", "2026-10-03 12:00", "2026-10-04 12:00", 23.5),
        ("Asia/Kolkata", "2027-03-27 12:00", "2027-03-28 12:00", 24.0),
        ("America/Santiago", "2027-04-03 12:00", "2027-04-04 12:00", 25.0),
        ("Pacific/Kiritimati", "2027-03-27 12:00", "2027-03-28 12:00", 24.0),
        ("UTC", "2027-03-27 12:00", "2027-03-28 12:00", 24.0),
    ])
    func lastsAsLongAsTheClocksSay(zone: String, from: String, to: String, hours: Double) throws {
        let freeze = try #require(try freezes("{name: a, from: \(from), to: \(to), zone: \(zone)}").first)
        #expect(abs((freeze.until - freeze.from).inSeconds / 3600 - hours) < 0.0001)
    }

    @Test func warnsOfOneThatIsOver() throws {
        let past = try Fixture.load(
            Fixture.text(["contact": "freezes:\n  - {name: old, from: 2025-12-30 18:00, to: 2026-01-02 08:00}"])
        )
        #expect(past.warnings.map(\.message) == ["the freeze `old` is over; it does nothing any more, so remove it"])
    }

    /// Only a freeze from chat has a longest time; of this one the day is said, because the year may be wrong.
    @Test(arguments: [
        ("2027-04-01 18:00", nil), ("2027-04-01 18:01", "lasts 92 days"), ("2028-12-30 18:00", "731 days"),
    ])
    func lastsAsLongAsItIsWritten(to: String, words: String?) throws {
        let loaded = try Fixture.load(
            Fixture.text(["contact": "freezes:\n  - {name: a, from: 2026-12-30 18:00, to: \(to)}"])
        )
        #expect(loaded.problems == [])
        #expect(loaded.configuration?.freezes.first?.until.readable == "\(to) UTC")
        #expect(loaded.warnings.count == (words == nil ? 0 : 1), "\(loaded.warnings)")
        if let words {
            #expect(loaded.warnings.first?.message.contains(words) == true, "\(loaded.warnings)")
            #expect(loaded.warnings.first?.message.contains("is the year right?") == true)
        }
    }

    @Test func countsToThePolicysDigestOnlyWhereThereIsOne() throws {
        func digest(_ contact: String) throws -> String? {
            try Fixture.load(Fixture.text(["contact": contact])).configuration?.policy.digest
        }
        let none = try #require(try digest(""))
        let one = try #require(try digest("freezes: [{name: a, from: 2026-12-30 18:00, to: 2026-12-31 18:00}]"))
        #expect(try digest("freezes: []") == none)
        #expect(one != none)
        #expect(try digest("freezes: [{name: a, from: 2026-12-30 19:00, to: 2026-12-31 18:00}]") != one)
        // The same moments, written otherwise.
        let same = "freezes: [{name: a, from: 2026-12-30 19:00, to: 2026-12-31 19:00, zone: Europe/Berlin}]"
        #expect(try digest(same) == one)
    }

    @Test func knowsTheRightsToClose() throws {
        let policy = "policy:\n  - {name: a, allow: [changes, lock, freeze], who: [engineers]}"
        let loaded = try Fixture.load(Fixture.text(["policy": policy]))
        #expect(loaded.configuration?.policy.rules.first?.rights.isSuperset(of: [Right.lock, Right.freeze]) == true)
    }
}
