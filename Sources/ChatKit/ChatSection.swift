import BotCore
import ConfigurationTree

/// A platform's section of the configuration, and what it may use of the rest of it.
package struct ChatSection {
    package let table: Table
    package let secrets: SecretReader
    /// The names under `channels`.
    package let channelNames: Set<String>
    /// A channel by its name under `channels`, or in full; nil when it is none, which is logged.
    package let channel: (Field) -> Channel?

    package init(
        table: Table,
        secrets: SecretReader,
        channelNames: Set<String>,
        channel: @escaping (Field) -> Channel?
    ) {
        self.table = table
        self.secrets = secrets
        self.channelNames = channelNames
        self.channel = channel
    }
}
