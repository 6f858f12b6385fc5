import FoundationEssentials

/// An amount of money for an hour, as the API tells it.
package struct Price: Hashable, Sendable {
    package let amount: Decimal
    /// The currency as the API writes it: `INR`.
    package let currency: String

    package init(_ amount: Decimal, _ currency: String) {
        self.amount = amount
        self.currency = currency
    }

    /// Returns the price of several of the same.
    package func times(_ count: Int) -> Price { Price(amount * Decimal(count), currency) }

    /// `1,840 INR`, `412.50 INR`
    package var written: String {
        let parts = "\(amount)".split(separator: ".")
        let whole = Self.grouped(parts.first.map(String.init) ?? "0")
        let rest = parts.dropFirst().first.map { ($0 + "0").prefix(2) } ?? "00"
        return "\(whole)\(rest == "00" ? "" : ".\(rest)") \(currency)"
    }

    private static func grouped(_ digits: String) -> String {
        let reversed = Array(digits.reversed())
        let groups = stride(from: 0, to: reversed.count, by: 3).map {
            String(reversed[$0..<min($0 + 3, reversed.count)].reversed())
        }
        return groups.reversed().joined(separator: ",")
    }
}
