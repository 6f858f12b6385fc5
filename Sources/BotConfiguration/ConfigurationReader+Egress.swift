import ConfigurationTree
import CurlHTTP

extension ConfigurationReader {
    /// Reads the way out of the network; directly where nothing is said.
    func egress(_ top: Table) -> Egress {
        guard let table = top.field("egress")?.table(.egress) else { return .direct }
        var egress = Egress.direct
        egress.proxy = table.field("proxy").flatMap(proxy)
        if let field = table.field("no_proxy") {
            if !table.has("proxy") {
                field.problem("`no_proxy` says nothing without `proxy`: add it, or leave both out")
            }
            egress.noProxy = field.list("hosts, such as `[10.0.0.0/8, .corp.example]`")?.compactMap(exception) ?? []
        }
        egress.caFile = table.field("ca_file").flatMap(authorities)
        return egress
    }

    /// Messages do not show the text: people put passwords into such URLs.
    private func proxy(_ field: Field) -> String? {
        guard let text = field.text("a proxy such as `http://proxy.corp.example:3128`", longest: 300) else {
            return nil
        }
        guard !text.contains("@") else {
            field.problem(
                "\(field.name): a proxy that asks for a user and a password is not supported yet; write `http://HOST:PORT`"
            )
            return nil
        }
        let form = #/https?://(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):[0-9]{1,5}/?/#
        guard text.wholeMatch(of: form) != nil, let origin = try? CurlOrigin(text), origin.port > 0 else {
            field.problem(
                "\(field.name) must be `http://HOST:PORT` or `https://HOST:PORT`, such as `http://proxy.corp.example:3128`"
            )
            return nil
        }
        return "\(origin)"
    }

    private func exception(_ field: Field) -> ProxyException? {
        let what = "a host, a network such as `10.0.0.0/8`, or a domain such as `.corp.example`"
        guard let text = field.text(what) else { return nil }
        guard let exception = ProxyException(text) else {
            field.problem("\(field.name) must be \(what), without a scheme, a port and `*`")
            return nil
        }
        return exception
    }

    /// Reads the path of a PEM file. The file itself is looked at where secrets are read, too.
    private func authorities(_ field: Field) -> String? {
        guard let text = field.text("the path of a file with certificates", longest: 1000) else { return nil }
        let path = text.hasPrefix("/") ? text : "\(secrets.folder)/\(text)"
        guard secrets.reads else { return path }
        guard let file = try? ConfigurationFile.contents(of: path, limit: ConfigurationFile.maximumBytes) else {
            field.problem(
                "\(field.name) cannot be read: check that it is a file of at most 1 MiB, its path and its rights"
            )
            return nil
        }
        guard !file.isWritableByOthers else {
            // Whoever can write there can pass for the cluster API and for the chat platform.
            field.problem("\(field.name) can be changed by its group or by everybody; run `chmod go-w` on it")
            return nil
        }
        guard String(decoding: file.bytes, as: UTF8.self).contains("-----BEGIN CERTIFICATE-----") else {
            field.problem("\(field.name) holds no certificate in PEM form (`-----BEGIN CERTIFICATE-----`)")
            return nil
        }
        return path
    }
}
