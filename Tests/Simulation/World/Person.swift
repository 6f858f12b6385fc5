import BotCore

/// The people of the simulation.
enum Person: String, CaseIterable {
    /// Engineers.
    case amy, ann
    /// Leads.
    case bob, cat
    /// Owners.
    case dan, fay
    /// Listed, in no group.
    case eve

    var name: String { rawValue }

    /// The first is the one they use; some have another, which must not count as another person.
    var accounts: [Account] {
        let first = Account(platform: "slack", workspace: "T1", user: "U\(rawValue.uppercased())")
        let second = Account(platform: "slack", workspace: "T1", user: "V\(rawValue.uppercased())")
        return self == .amy || self == .bob ? [first, second] : [first]
    }

    /// Nobody lists this account.
    static let stranger = Account(platform: "slack", workspace: "T9", user: "UZOE")
}

extension Channel {
    static let ops = Channel(platform: "slack", workspace: "T1", id: "COPS")
    static let lab = Channel(platform: "slack", workspace: "T1", id: "CLAB")
    /// Where messages cannot be edited.
    static let guests = Channel(platform: "slack", workspace: "T1", id: "CGUESTS")
    /// Where requests to owners are posted, too.
    static let owners = Channel(platform: "slack", workspace: "T1", id: "COWNERS")
    /// The history channel, where there is one.
    static let log = Channel(platform: "slack", workspace: "T1", id: "CLOG")
}
