import BotCore
import ClusterAPI
import ConfigurationTree

extension ConfigurationReader {
    private static let baseURLExample = "https://api.e2enetworks.com/myaccount/api/v1/gpu"

    func clusterAPI(_ top: Table) -> ClusterAPISection {
        var section = ClusterAPISection()
        let example = "{base_url: \(Self.baseURLExample)}"
        guard let table = top.required("cluster_api", example)?.table(.clusterAPI) else { return section }
        section.baseURL = table.required("base_url", Self.baseURLExample)?.webAddress(Self.baseURLExample)
        if let words = table.field("locations").flatMap({
            self.words($0, "locations as the API spells them, such as [Delhi, Chennai]")
        }) {
            section.locations = words
        }
        if let words = table.field("ip_types").flatMap({
            self.words($0, "types of IP address as the API spells them, such as [reserved]")
        }) {
            section.ipTypes = words
        }
        if let field = table.field("read_back") { section.readBack = field.bool() ?? true }
        if let timeouts = table.field("timeouts")?.table(.timeouts) { readTimeouts(timeouts, into: &section) }
        if let field = table.field("reconcile"), let reconcile = field.table(.reconcile) {
            readReconcile(reconcile, into: &section)
        }
        if let field = table.field("statuses"), let statuses = field.table(.statuses) {
            section.statuses = statusKinds(statuses)
        }
        return section
    }

    /// Reads further words for the status of a cluster. A word has one meaning.
    private func statusKinds(_ table: Table) -> StatusKinds {
        let what = "words of a cluster's status as the API spells them, such as [Provisioning]"
        let busy = table.field("busy").flatMap { words($0, what) } ?? []
        let down = table.field("down").flatMap { words($0, what) } ?? []
        for word in down where busy.contains(where: { $0.lowercased() == word.lowercased() }) {
            log.problem(
                table.place(of: "down"),
                "\(quoted(word)) stands under `busy` and under `down` (capitals do not count); keep one"
            )
        }
        return StatusKinds(busy: busy, down: down)
    }

    private func readTimeouts(_ timeouts: Table, into section: inout ClusterAPISection) {
        // A shutdown may have to wait this long for a sending, and service managers do not wait much longer. Below ten
        // milliseconds no request can be answered.
        let longest = Duration.seconds(120)
        let connect = timeouts.field("connect")
        if let span = connect?.duration(from: .milliseconds(10), to: longest) { section.connectTimeout = span }
        if let span = timeouts.field("total")?.duration(from: .milliseconds(10), to: longest) {
            section.totalTimeout = span
        }
        if section.connectTimeout > section.totalTimeout {
            log.problem(
                connect?.place ?? timeouts.place,
                "`connect` (\(section.connectTimeout.written)) is longer than `total` "
                    + "(\(section.totalTimeout.written)); it is a part of it"
            )
        }
    }

    private func readReconcile(_ reconcile: Table, into section: inout ClusterAPISection) {
        let usual = Configuration.Reconcile.usual
        let after = reconcile.field("after")
        let giveUp = reconcile.field("give_up")
        section.reconcile = Configuration.Reconcile(
            after: after?.duration(from: .milliseconds(10), to: .seconds(24 * 3600)) ?? usual.after,
            every: reconcile.field("every")?.duration(from: .milliseconds(10), to: .seconds(3600)) ?? usual.every,
            giveUp: giveUp?.duration(from: .milliseconds(10), to: .seconds(30 * 24 * 3600)) ?? usual.giveUp
        )
        if section.reconcile.giveUp < section.reconcile.after {
            log.problem(
                giveUp?.place ?? reconcile.place,
                "`give_up` (\(section.reconcile.giveUp.written)) is shorter than `after` "
                    + "(\(section.reconcile.after.written)), "
                    + "so no outcome could ever be settled by reading"
            )
        }
        if let after, section.reconcile.after < section.totalTimeout {
            log.warning(
                after.place,
                "`after` is shorter than `timeouts.total`; a change that the API carries out late would be "
                    + "called failed"
            )
        }
    }

    /// Reads a list of different words.
    private func words(_ field: Field, _ what: String) -> [String]? {
        guard let elements = field.list(what) else { return nil }
        var words: [String] = []
        for element in elements {
            guard let word = element.text("one of the \(what)", longest: 64) else { continue }
            guard word.wholeMatch(of: /[A-Za-z0-9._-]+/) != nil else {
                element.problem("\(quoted(word)) must be one word of letters, digits, `.`, `_` and `-`")
                continue
            }
            guard !words.contains(where: { $0.lowercased() == word.lowercased() }) else {
                element.problem("\(quoted(word)) is there twice; keep one")
                continue
            }
            words.append(word)
        }
        return words
    }
}
