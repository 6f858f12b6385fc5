import BotCore
import ConfigurationTree

/// A platform's section of the configuration, with the parts of the rest that it may use.
package struct ChatSection {
    package let table: Table
    package let secrets: SecretReader
    /// The names under `channels`.
    package let channelNames: Set<String>
    /// Reads a channel by its name under `channels`, or in full; nil if it is none, which is logged.
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
