import BotCore
import ChatKit
import ConfigurationTree

extension ConfigurationReader {
    func server(_ table: Table) -> Configuration.Server? {
        let listen = table.required("listen", "127.0.0.1:8080")?.listenAddress()
        let privateField = table.field("private_listen")
        let privateListen = privateField?.listenAddress()
        let publicURL = table.field("public_url")?.webAddress("https://clusterbot.example.com")
        guard let listen else { return nil }
        if let privateField, let privateListen, privateListen == listen, listen.port != 0 {
            privateField.problem("`private_listen` is the same as `listen`; give it a port of its own, or leave it out")
        }
        return Configuration.Server(
            listen: listen,
            privateListen: privateListen,
            publicURL: publicURL,
            socket: ServiceSocket()
        )
    }

    /// Reads the socket for users of the service's machine.
    func socket(_ server: Table, _ facts: PolicyFacts) -> ServiceSocket {
        guard let table = server.field("socket")?.table(.socket) else { return ServiceSocket() }
        let host = table.field("host").flatMap { plainName($0, "the name of this machine in accounts, such as `bot1`") }
        if let host { warnOfForeignMachines(facts.people, host) }
        return ServiceSocket(
            path: table.field("path").flatMap(socketPath),
            group: table.field("group").flatMap { plainName($0, "the name of a system group, such as `ops`") },
            host: host,
            channel: table.field("channel").flatMap { socketChannel($0, facts) },
            approvals: table.field("approvals")?.bool() ?? false
        )
    }

    private func socketPath(_ field: Field) -> String? {
        guard let text = field.text("the path of a socket, such as `/run/clusterbot/ops.sock`", longest: 1000) else {
            return nil
        }
        let path = text.hasPrefix("/") ? text : "\(secrets.folder)/\(text)"
        guard !path.hasSuffix("/"), path.utf8.count <= ServiceSocket.longestPath else {
            field.problem(
                "the path of a socket may have at most \(ServiceSocket.longestPath) bytes and names a file, such as "
                    + "`/run/clusterbot/ops.sock`; \(quoted(path)) has \(path.utf8.count)"
            )
            return nil
        }
        return path
    }

    /// Reads the channel to which changes from the terminal belong. Its card must be posted there.
    private func socketChannel(_ field: Field, _ facts: PolicyFacts) -> Channel? {
        guard let channel = knownChannel(field, facts.channels) else { return nil }
        let known = facts.workspaces[channel.platform] ?? []
        guard known.contains(channel.workspace) else {
            field.problem(
                "nothing can be posted in \(quoted(channel.description)), because its workspace is not one of "
                    + "`chat.\(channel.platform).workspaces` (\(listed(known.sorted())))"
            )
            return nil
        }
        return channel
    }

    /// Warns of accounts on another machine than the socket's.
    private func warnOfForeignMachines(_ people: PeopleSection, _ host: String) {
        let names = Set(platforms.filter { !$0.hasChannels }.map(\.name))
        for (account, place) in people.places where names.contains(account.platform) && account.workspace != host {
            log.warning(
                place,
                "the machine \(quoted(account.workspace)) is not `server.socket.host` (\(quoted(host))), so nothing "
                    + "comes from this account"
            )
        }
    }

    private func plainName(_ field: Field, _ what: String) -> String? {
        guard let text = field.text(what, longest: 64) else { return nil }
        guard IDCheck.isPlain(text) else {
            field.problem("\(quoted(text)) is not \(what): it has letters, digits, `.`, `_` and `-` only")
            return nil
        }
        return text
    }

    /// Reads the path of the SQLite file. Messages do not show the text: a database URL may hold a password.
    func storePath(_ top: Table) -> String? {
        let example = "sqlite:data/clusterbot.db"
        guard let field = top.required("store", example),
            let text = field.text("a store such as `\(example)`", longest: 1000)
        else { return nil }
        if text.hasPrefix("postgres:") || text.hasPrefix("postgresql:") {
            field.problem("PostgreSQL as the store is not supported yet; write `\(example)`")
            return nil
        }
        guard text.hasPrefix("sqlite:") else {
            field.problem("`store` must begin with `sqlite:`, then a path: `\(example)`")
            return nil
        }
        let path = String(text.dropFirst("sqlite:".count))
        guard !path.isEmpty, !path.hasPrefix("//"), !path.hasPrefix(":"), !path.hasSuffix("/"), !path.hasPrefix("file:")
        else {
            field.problem(
                "behind `sqlite:` stands the path of a file that outlives the process: `\(example)` or "
                    + "`sqlite:/var/lib/clusterbot/clusterbot.db`"
            )
            return nil
        }
        return path.hasPrefix("/") ? path : "\(secrets.folder)/\(path)"
    }
}
