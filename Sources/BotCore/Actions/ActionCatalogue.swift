/// The actions that the bot knows: the nine of the API's "Cluster Actions" call.
package enum ActionCatalogue {
    package static let all: [ActionSpec] = [
        .updateSSHKeys, .updateImage, .restartWorkers, .restartCluster, .scaleCluster,
        .attachIP, .detachIP, .addSecurityGroup, .removeSecurityGroup,
    ]

    /// The API's names of all actions.
    package static let names = Set(all.map(\.name))

    /// All actions in the order in which people need them, the most needed first.
    package static let byUse: [ActionSpec] = [
        .scaleCluster, .restartWorkers, .restartCluster, .updateImage, .updateSSHKeys,
        .attachIP, .detachIP, .addSecurityGroup, .removeSecurityGroup,
    ]

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// Returns the action with the API's name; nil for any other word.
    package static func action(named name: String) -> ActionSpec? { byName[name] }

    /// The actions that are destructive unless the configuration says otherwise.
    package static let destructiveByDefault = Set(all.filter { $0.usualNeeds == .secondPerson }.map(\.name))
}
