import ChatKit
import ClusterAPI
import ConfigurationTree

extension Configuration {
    /// Returns this re-read configuration with those parts of the one at the start that only a restart changes.
    /// - Returns: also a sentence for each of those parts that differs.
    package func keeping(from start: Configuration) -> (Configuration, kept: [String]) {
        var taken = self
        var kept: [String] = []
        func keep<Value: Equatable>(_ path: WritableKeyPath<Configuration, Value>, _ key: String) {
            guard taken[keyPath: path] != start[keyPath: path] else { return }
            taken[keyPath: path] = start[keyPath: path]
            kept.append("`\(key)` changes only by a restart")
        }
        keep(\.server.listen, "server.listen")
        keep(\.server.privateListen, "server.private_listen")
        // Whose approvals count is a rule, which changes at once.
        var socket = start.server.socket
        socket.approvals = server.socket.approvals
        if taken.server.socket != socket {
            kept.append("`server.socket` changes only by a restart, but for `approvals`")
        }
        taken.server.socket = socket
        keep(\.storePath, "store")
        keep(\.egress, "egress")
        let platforms = start.chat.map(\.platform)
        for new in chat where !platforms.contains(new.platform) && !new.comesBySocket {
            kept.append("`chat.\(new.platform)` begins only with a restart")
        }
        taken.chat = start.chat.map { old in
            if let new = chat.first(where: { $0.platform == old.platform }) { return new }
            if !old.comesBySocket { kept.append("`chat.\(old.platform)` ends only with a restart") }
            return old
        }
        if clusterAPI.totalTimeout > start.clusterAPI.totalTimeout {
            kept.append("until a restart, a shutdown waits as the `cluster_api.timeouts.total` of the start says")
        }
        return (taken, kept)
    }

    /// Whether it was read from the same text as another, so that only secrets in files can differ.
    package func isSameText(as other: Configuration) -> Bool {
        files.map(\.path) == other.files.map(\.path) && files.map(\.digest) == other.files.map(\.digest)
    }
}
