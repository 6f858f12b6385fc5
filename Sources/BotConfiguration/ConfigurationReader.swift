import BotCore
import ChatKit
import ClusterAPI
import ConfigurationTree
import Foundation

/// Reads the sections of a configuration, each in an extension of its own, in the order of the file.
///
/// A section with problems gives nil or the part that could be read, so that the others are checked all the same.
struct ConfigurationReader {
    var log: ProblemLog
    let secrets: SecretReader
    /// The platforms whose sections can stand under `chat`.
    let platforms: [any ChatModule]
    /// The present time, for warnings about credentials that end soon.
    let now: Timestamp
    /// Whether included files are looked for; if not, only what is written under `include` is checked.
    let looksForFiles: Bool
    /// Whether included files may belong to any user.
    let trustsOwners: Bool
    /// The files with more rules, once they were read.
    var included: [IncludedFile] = []

    mutating func configuration(_ root: YAMLNode) -> Configuration? {
        guard case .table(let entries) = root.content else {
            if case .refused = root.content { return nil }
            log.problem(
                root.place,
                "the configuration must hold keys with values, not \(root.kind); config/clusterbot.yaml is a sample"
            )
            return nil
        }
        let top = Table(entries, at: root.place, .top, log)
        let serverTable = top.required("server", "{listen: 127.0.0.1:8080}")?.table(.server)
        var server = serverTable.flatMap(self.server)
        let storePath = storePath(top)
        let limits = requestLimits(top)
        let egress = egress(top)
        let api = clusterAPI(top)
        let projects = projects(top, locations: api.locations)
        let clusters = clusters(top, projects: projects?.names)
        let people = people(top)
        let channels = channels(top)
        var groups = groups(top, people: people, channels: channels, zone: server?.zone ?? .gmt)
        groups.unlistedApprove = unlistedApprovers(top, groups)
        let chat = chat(top, channels: channels)
        checkUserGroups(groups, chat)
        var facts = PolicyFacts(
            clusters: clusters,
            people: people,
            groups: groups,
            channels: channels,
            ipTypes: api.ipTypes,
            workspaces: workspaces(top, chat)
        )
        checkAskChannels(groups, facts)
        warnOfForeignWorkspaces(facts)
        let socket = serverTable.map { self.socket($0, facts) } ?? ServiceSocket()
        server?.socket = socket
        let voices = platforms.filter { $0.hasChannels || socket.approvals }.map(\.name)
        facts.mute = Set(
            people.list.filter { !$0.accounts.contains { voices.contains($0.platform) } && !$0.accounts.isEmpty }.map(
                \.name
            )
        )
        let freezes = top.field("freezes").map { self.freezes($0, facts, zone: server?.zone ?? .gmt) } ?? []
        included = include(top)
        let policy = policy(top, facts, freezes, countsSocketApprovals: socket.approvals)
        guard let server, let storePath, let baseURL = api.baseURL, let projects else { return nil }
        return Configuration(
            server: server,
            storePath: storePath,
            clusterAPI: ClusterAPISettings(
                baseURL: baseURL,
                totalTimeout: api.totalTimeout,
                connectTimeout: api.connectTimeout,
                readBack: api.readBack,
                projects: projects.settings
            ),
            locations: api.locations,
            ipTypes: api.ipTypes,
            reconcile: api.reconcile,
            statuses: api.statuses,
            clusters: clusters.list,
            policy: policy,
            groupCalls: groups.calls,
            freezes: freezes,
            people: people.list,
            channels: channels.byName,
            chat: chat + platforms.compactMap { $0.settings(socket) },
            limits: limits,
            egress: egress,
            contact: policy.contact,
            warnings: [],
            files: included.compactMap(\.origin)
        )
    }
}
