import BotCore
import ConfigurationTree

extension ConfigurationReader {
    /// The values of a limit. A larger one would limit nothing.
    private static let range = 1...1_000_000

    /// Reads the limits on one person's requests; the defaults where nothing is said.
    func requestLimits(_ top: Table) -> RequestLimits {
        var limits = RequestLimits()
        guard let table = top.field("limits")?.table(.limits) else { return limits }
        if let number = table.field("open_changes")?.number(Self.range) { limits.openChanges = number }
        if let number = table.field("requests_per_minute")?.number(Self.range) { limits.requestsPerMinute = number }
        return limits
    }
}
