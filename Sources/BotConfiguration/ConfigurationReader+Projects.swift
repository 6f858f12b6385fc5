import BotCore
import ClusterAPI
import ConfigurationTree

extension ConfigurationReader {
    func projects(_ top: Table, locations: [String]) -> ProjectsSection? {
        let example =
            "{vision: {project_id: 1187, location: Delhi, api_key: {env: E2E_API_KEY}, token: {env: E2E_TOKEN}}}"
        guard let named = top.required("projects", example)?.named("at least one project, each under a name") else {
            return nil
        }
        var section = ProjectsSection()
        for (name, field) in named {
            section.names.insert(name)
            checkName(name, "project", field.log, field.keyPlace)
            section.settings[name] = project(field, locations: locations)
            guard case .table(let entries) = field.node.content, let project = section.settings[name],
                let end = CredentialEnd(of: project, named: name, now: now)
            else { continue }
            let place = entries.first { $0.key == "token_ends" }?.place
            log.warning(place ?? field.place, end.sentence)
        }
        return section
    }

    private func project(_ field: Field, locations: [String]) -> ClusterAPISettings.Project? {
        guard let table = field.table(.project) else { return nil }
        let id = table.required("project_id", "1187")?.number()
        let location = table.required("location", locations.first ?? "Delhi")?
            .choice(of: locations, "one of `cluster_api.locations`")
        let activeIAM = table.field("active_iam")?.number()
        let apiKey = table.required("api_key", "{env: E2E_API_KEY}").flatMap { secrets.secret($0, .apiCredential) }
        let token = table.required("token", "{file: /run/secrets/e2e-token}").flatMap {
            secrets.secret($0, .apiCredential)
        }
        let tokenEnds = table.field("token_ends")?.date()
        guard let id, let location, let apiKey, let token else { return nil }
        return ClusterAPISettings.Project(
            id: id,
            location: location,
            activeIAM: activeIAM,
            apiKey: apiKey,
            token: token,
            tokenEnds: tokenEnds
        )
    }

    /// Checks a name that the configuration gives to something: it must be short, on one line, and of harmless
    /// characters.
    @discardableResult
    func checkName(_ name: String, _ what: String, _ log: ProblemLog, _ place: Place) -> Bool {
        let isFine =
            name.isOneCleanLine && (1...64).contains(name.unicodeScalars.count)
            && name.allSatisfy { $0.isLetter || $0.isNumber || " ._-'@".contains($0) }
        if !isFine {
            log.problem(
                place,
                "\(quotedKey(name)) cannot be the name of a \(what); use 1 to 64 letters, digits, spaces, `.`, "
                    + "`_`, `-`, `'` and `@`"
            )
        }
        return isFine
    }
}
