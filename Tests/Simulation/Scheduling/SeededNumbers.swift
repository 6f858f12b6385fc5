import TestSupport

/// Chance, as a seed has it. Nothing in a simulation may use any other.
struct SeededNumbers {
    private var generator: SplitMix64

    /// - Parameter stream: the same seed gives independent numbers for each.
    init(seed: UInt64, stream: UInt64) {
        generator = SplitMix64(seed: SplitMix64.mix(seed &* 0x1000 &+ stream))
    }

    mutating func next() -> UInt64 { generator.next() }

    /// From 0 on, less than `bound`.
    mutating func below(_ bound: Int) -> Int {
        Int(truncatingIfNeeded: (next() >> 32 &* UInt64(bound)) >> 32)
    }

    mutating func between(_ low: Int, _ high: Int) -> Int { low + below(high - low + 1) }

    mutating func happens(_ probability: Double) -> Bool {
        probability > 0 && Double(next() >> 11) * 0x1p-53 < probability
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

    mutating func pickIfAny<Element>(_ elements: [Element]) -> Element? { elements.isEmpty ? nil : pick(elements) }

    /// One of the choices, each as often as its weight says.
    mutating func weighted<Element>(_ choices: [(weight: Int, choice: Element)]) -> Element {
        var left = below(choices.reduce(0) { $0 + $1.weight })
        for (weight, choice) in choices {
            if left < weight { return choice }
            left -= weight
        }
        return choices[choices.count - 1].choice
    }
}

/// Spans of simulated time are whole microseconds.
extension Int {
    var milliseconds: Int { self * 1000 }
    var seconds: Int { self * 1_000_000 }
    var minutes: Int { self * 60_000_000 }
    var hours: Int { self * 3_600_000_000 }
}

extension Duration {
    var inMicroseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000)
    }
}
