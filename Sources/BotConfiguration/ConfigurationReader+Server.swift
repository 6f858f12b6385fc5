import BotCore
import ChatKit
import ConfigurationTree
import Foundation

extension ConfigurationReader {
    func server(_ table: Table) -> Configuration.Server? {
        let listen = table.required("listen", "127.0.0.1:8080")?.listenAddress()
        let privateField = table.field("private_listen")
        let privateListen = privateField?.listenAddress()
        let zone = table.field("zone").map { $0.timeZone() } ?? .gmt
        let publicURL = table.field("public_url")?.webAddress("https://clusterbot.example.com")
        guard let listen else { return nil }
        if let privateField, let privateListen, privateListen == listen, listen.port != 0 {
            privateField.problem("`private_listen` is the same as `listen`; give it a port of its own, or leave it out")
        }
        return Configuration.Server(
            listen: listen,
            privateListen: privateListen,
            publicURL: publicURL,
            zone: zone ?? .gmt,
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
        guard let channel = knownChannel(field, facts.channels), isOfOurs(channel, field.place, facts) else {
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

    private static let storeExample = "sqlite:data/clusterbot.db"

    /// Reads the path of the SQLite file. Messages show only what is plainly a path: a database URL may hold a password.
    func storePath(_ top: Table) -> String? {
        let example = Self.storeExample
        guard let field = top.required("store", example) else { return nil }
        if case .table(let entries) = field.node.content, entries.first?.key == "postgres" {
            field.problem("PostgreSQL as the store is not supported yet; write `\(example)`")
            return nil
        }
        guard let text = field.text("a store such as `\(example)`", longest: 1000) else { return nil }
        if text.hasPrefix("postgres:") || text.hasPrefix("postgresql:") {
            field.problem("PostgreSQL as the store is not supported yet; write `\(example)`")
            return nil
        }
        guard text.hasPrefix("sqlite:") else {
            let hint = text.hasPrefix("~") ? Self.noHome : Self.isPlainPath(text) ? "`sqlite:\(text)`" : "`\(example)`"
            field.problem("`store` must begin with `sqlite:`, then a path: \(hint)")
            return nil
        }
        let path = String(text.dropFirst("sqlite:".count))
        if let mistake = Self.mistake(inStorePath: path) {
            field.problem(mistake)
            return nil
        }
        return path.hasPrefix("/") ? path : "\(secrets.folder)/\(path)"
    }

    private static let noHome =
        "`~` stands for nothing here, so write the whole path: `sqlite:/var/lib/clusterbot/clusterbot.db`"

    /// Returns what is wrong with the path of a store, and what would be right; nil if nothing is.
    private static func mistake(inStorePath path: String) -> String? {
        if path.hasPrefix("~") { return "in `store`, \(noHome)" }
        if path.hasPrefix("//") {
            let right = "/" + path.drop { $0 == "/" }
            let shown = isPlainPath(right) && right != "/" ? right : "/var/lib/clusterbot/clusterbot.db"
            return "`store` is no URL: behind `sqlite:` stands the path itself, with one `/` in front where it is "
                + "absolute: `sqlite:\(shown)`"
        }
        if path.contains("$") { return "`$` stands for nothing in `store`; write the path out: `\(storeExample)`" }
        guard
            path.isEmpty || path.hasPrefix(":") || path.hasSuffix("/") || path.hasPrefix("file:") || path.contains("?")
        else { return nil }
        return "behind `sqlite:` stands the path of a file that outlives the process: `\(storeExample)` or "
            + "`sqlite:/var/lib/clusterbot/clusterbot.db`"
    }

    private static func isPlainPath(_ text: String) -> Bool {
        text.wholeMatch(of: /[A-Za-z0-9._\/-]*[\/.][A-Za-z0-9._\/-]*/) != nil
    }
}
