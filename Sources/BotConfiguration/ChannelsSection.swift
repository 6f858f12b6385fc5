import BotCore
import ConfigurationTree

/// The section `channels`.
struct ChannelsSection {
    /// All names, with those of channels that have mistakes.
    var names: Set<String> = []
    var byName: [String: Channel] = [:]
    /// The place of each channel in the file.
    var places: [(channel: Channel, place: Place)] = []
}
