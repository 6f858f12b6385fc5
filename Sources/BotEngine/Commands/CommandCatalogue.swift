import BotCore

/// The commands that the bot knows beside the actions.
package enum CommandCatalogue {
    /// All commands, in the order in which the help shows them.
    package static let all: [any Command.Type] = [
        Status.self, History.self, Pending.self, Show.self, List.self, Locks.self, Freezes.self, Whoami.self,
        Approve.self, Deny.self, Confirm.self, Cancel.self, Resolve.self,
        Lock.self, Unlock.self, FreezeClusters.self, Unfreeze.self,
        May.self, Why.self, WhoCanApprove.self,
        Help.self, Version.self,
    ]

    /// The command that an empty line stands for.
    package static let whenEmpty: any Command = Help(topic: nil)
}

extension Grammar {
    /// Creates a grammar with every command in the catalogue.
    package init(
        clusters: [Cluster],
        freezes: [String] = [],
        ipTypes: [String],
        commandWords: CommandWords = "/cluster"
    ) {
        self.init(
            clusters: clusters,
            freezes: freezes,
            ipTypes: ipTypes,
            commands: CommandCatalogue.all,
            whenEmpty: CommandCatalogue.whenEmpty,
            commandWords: commandWords
        )
    }
}
