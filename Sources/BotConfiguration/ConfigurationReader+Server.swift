import ConfigurationTree

extension ConfigurationReader {
    func server(_ top: Table) -> Configuration.Server? {
        guard let table = top.required("server", "{listen: 127.0.0.1:8080}")?.table(.server) else { return nil }
        let listen = table.required("listen", "127.0.0.1:8080")?.listenAddress()
        let privateField = table.field("private_listen")
        let privateListen = privateField?.listenAddress()
        let publicURL = table.field("public_url")?.webAddress("https://clusterbot.example.com")
        guard let listen else { return nil }
        if let privateField, let privateListen, privateListen == listen, listen.port != 0 {
            privateField.problem("`private_listen` is the same as `listen`; give it a port of its own, or leave it out")
        }
        return Configuration.Server(listen: listen, privateListen: privateListen, publicURL: publicURL)
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
