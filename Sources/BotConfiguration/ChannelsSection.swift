import BotCore
import ConfigurationTree

/// What `channels` says.
struct ChannelsSection {
    /// Every name, also of channels with mistakes in them.
    var names: Set<String> = []
    var byName: [String: Channel] = [:]
    /// Where each channel stands.
    var places: [(channel: Channel, place: Place)] = []
}
