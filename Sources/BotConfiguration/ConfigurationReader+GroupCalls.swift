import BotCore
import ChatKit
import ConfigurationTree
import Foundation

/// Reads how the members of a group are called to requests.
extension ConfigurationReader {
    /// - Parameter zone: the zone of quiet hours that name none.
    /// - Returns: nil where a group is called in the usual way; and the place where its channel stands.
    func calls(_ group: Table, _ channels: ChannelsSection, zone: TimeZone) -> (calls: GroupCalls, place: Place?)? {
        let ask = group.field("ask")?.table(.ask)
        let quiet = group.field("quiet")?.table(.quiet).flatMap { quietHours($0, zone: zone) }
        guard ask != nil || quiet != nil else { return nil }
        let channelField = ask?.field("in")
        let channel = channelField.flatMap { knownChannel($0, channels) }
        let mention = ask?.field("mention").flatMap { field in
            field.choice(of: GroupCalls.Mention.allCases.map(\.rawValue), "a value of `mention`")
                .flatMap(GroupCalls.Mention.init(rawValue:))
        }
        let hasUserGroup = platforms.compactMap(\.userGroupsKey).contains { group.field($0) != nil }
        if mention == .group, !hasUserGroup {
            ask?.field("mention")?.problem(
                "only a group with a user group of the chat platform can be mentioned as a whole; use `people`, or give it one "
                    + "(\(listed(platforms.compactMap(\.userGroupsKey))))"
            )
        }
        return (GroupCalls(channel: channel, mention: mention ?? .people, quiet: quiet), channelField?.place)
    }

    /// Checks that every group can be asked where it is to be asked.
    func checkAskChannels(_ groups: GroupsSection, _ facts: PolicyFacts) {
        for (group, calls) in groups.calls {
            if let channel = calls.channel, let place = groups.askPlaces[group] { _ = isOfOurs(channel, place, facts) }
        }
    }

    private func quietHours(_ table: Table, zone usual: TimeZone) -> QuietHours? {
        let from = table.required("from", "22:00")?.timeOfDay()
        let toField = table.required("to", "07:00")
        let to = toField?.timeOfDay()
        let zoneField = table.field("zone")
        let zone = zoneField.map { $0.timeZone() } ?? usual
        guard let from, let to, let zone else { return nil }
        guard from != to else {
            toField?.problem(
                "`from` and `to` are the same time, so it is not said whether always or never; leave `quiet` out, or give `ask` `mention: none`"
            )
            return nil
        }
        return QuietHours(from: from, to: to, zone: zone)
    }
}
