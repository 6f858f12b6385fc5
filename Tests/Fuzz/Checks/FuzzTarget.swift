/// One door through which bytes come in from outside, and what must hold whatever they are.
///
/// libFuzzer makes up bytes for it (`make fuzz`); the unit tests feed it the kept ones.
package struct FuzzTarget: Sendable {
    /// Also the name of its folder in `Tests/Fuzz/Corpus`.
    package let name: String
    /// The longest input that is tried.
    package let longestInput: Int
    private let work: Work

    private enum Work: Sendable {
        case plain(@Sendable ([UInt8]) throws -> Void)
        case waiting(@Sendable ([UInt8]) async throws -> Void)
    }

    init(_ name: String, longestInput: Int, _ check: @escaping @Sendable ([UInt8]) throws -> Void) {
        self.name = name
        self.longestInput = longestInput
        work = .plain(check)
    }

    init(_ name: String, longestInput: Int, waiting check: @escaping @Sendable ([UInt8]) async throws -> Void) {
        self.name = name
        self.longestInput = longestInput
        work = .waiting(check)
    }

    /// Feeds it one input.
    /// - Throws: ``BrokenProperty`` when something does not hold.
    package func check(_ input: [UInt8]) async throws {
        switch work {
        case .plain(let check): try check(input)
        case .waiting(let check): try await check(input)
        }
    }

    /// The same without suspending, for those that never do; nil for the others.
    package var plainCheck: (@Sendable ([UInt8]) throws -> Void)? {
        if case .plain(let check) = work { check } else { nil }
    }

    package static let all: [FuzzTarget] = [
        FuzzTarget("signature", longestInput: 1024, SignatureCheck.run),
        FuzzTarget("form", longestInput: 4096, FormCheck.run),
        FuzzTarget("interaction", longestInput: 4096, InteractionCheck.run),
        FuzzTarget("command", longestInput: 512, CommandCheck.run),
        FuzzTarget("configuration", longestInput: 8192, ConfigurationCheck.run),
        FuzzTarget("reply", longestInput: 4096, waiting: ReplyCheck.run),
    ]
}

/// Something that must hold did not.
package struct BrokenProperty: Error, Sendable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}

/// - Throws: ``BrokenProperty`` unless the condition holds.
func require(_ holds: Bool, _ what: @autoclosure () -> String) throws(BrokenProperty) {
    if !holds { throw BrokenProperty(what()) }
}

extension String {
    /// Whether it fits on one line and holds nothing that could act on a terminal or a log.
    var isOneCleanLine: Bool {
        unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
    }
}
