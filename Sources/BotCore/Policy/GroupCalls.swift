/// How members of a group are called to a request: `ask` and `quiet` of a group in the configuration.
package struct GroupCalls: Hashable, Sendable {
    package enum Mention: String, Hashable, Sendable, CaseIterable {
        /// Those who can decide, at most five.
        case people
        /// The group as a whole, where the platform has it.
        case group
        case nobody = "none"
    }

    /// The channel where requests to the group are posted, too; nil: only where they were asked.
    package let channel: Channel?
    package let mention: Mention
    /// The hours in which nobody of the group is mentioned; nil: none.
    package let quiet: QuietHours?

    package init(channel: Channel? = nil, mention: Mention = .people, quiet: QuietHours? = nil) {
        self.channel = channel
        self.mention = mention
        self.quiet = quiet
    }
}
