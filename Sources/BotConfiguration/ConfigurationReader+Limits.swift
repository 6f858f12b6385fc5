import BotCore
import ConfigurationTree

extension ConfigurationReader {
    /// Beyond this a limit limits nothing.
    private static let range = 1...1_000_000

    /// How much one person may ask for; the defaults where nothing is said.
    func requestLimits(_ top: Table) -> RequestLimits {
        var limits = RequestLimits()
        guard let table = top.field("limits")?.table(.limits) else { return limits }
        if let number = table.field("open_changes")?.number(Self.range) { limits.openChanges = number }
        if let number = table.field("requests_per_minute")?.number(Self.range) { limits.requestsPerMinute = number }
        return limits
    }
}
