import BotCore
import Testing

@testable import BotStore

@Suite("The steps to newer tables", .timeLimit(.minutes(20)))
struct MigrationTests {
    /// SHA-256 of each released step. A line is added with each release; none is ever changed.
    private static let released = [
        "70143f1ba84a894173997efeac41380ce9e8b64d49900321703f425b4b23373a",
        "6e6b87e0e93e0f79f49528365442706b2c894501a979e991adfa6f1c31706cfb",
        "3afaea9b9f3359aea671937cdc043a67427a6d3b4359343dea4ad03ebec64ffa",
        "c893d4ebe4886de525f20760298e445e415ae01457e5ac62fb5243af16441453",
        "1a1cef47a8f1c2ab28805d7a0e6d1ab60180c040d1d055941dc9456107e1af21",
        "35233e7953ec0b532b22853e0baefdc8e752f56fbc42f1a16d567e7544e43104",
        "fcbb5c9f9d9ae93533810bacac9190f6b4e53223119f8a81c93b5b512d08d597",
        "b0f72f20a23bb9aede7d36f8e94a697fadd682d9032b24ba32216d7c0b5b4d8d",
        "4fbcc7dde30368b3ca4822dade5f4d7b07330ea675661f3852b3da4543141fb5",
    ]

    /// A released step that says something else would make two kinds of stores of the same version.
    @Test func areFrozenOnceTheyWereReleased() {
        let digests = Schema.migrations.map { sha256Hex($0.sql) }
        #expect(Array(digests.prefix(Self.released.count)) == Self.released)
    }

    @Test func areNumberedInTheirOrder() {
        let numbers = Schema.migrations.map { String($0.name.prefix(4)) }
        #expect(numbers == Set(numbers).sorted())
        #expect(Schema.migrations.map { String(describing: $0) } == numbers.map { "Migration\($0)" })
    }
}
