import BotCore
import ClusterAPI
import CurlHTTP

/// A reply of the cluster API: called accepted only where a second reader finds the documented success in it, called
/// refused only where it finds a refusal, and no number is read out of it that is not there.
///
/// The input is a reply: a line `STATUS ACTION`, the body. The body also stands for what a read of the cluster shows.
enum ReplyCheck {
    private static let cluster = Cluster(id: 42, name: "prod-train", project: "vision")
    private static let key = "KEY/canary+4a7f"
    private static let token = "TOKEN.canary/9c2e"
    private static let settings = ClusterAPISettings(
        projects: ["vision": .init(id: 1187, location: "Delhi", apiKey: Secret(key), token: Secret(token))]
    )

    static func run(_ input: [UInt8]) async throws {
        let head = input.prefix { $0 != 0x0A }
        let body = Array(input.dropFirst(head.count + 1))
        let words = String(decoding: head, as: UTF8.self).split(separator: " ").map(String.init)
        guard let status = words.first.flatMap({ Int($0) }), (200...999).contains(status), words.count > 1,
            let spec = ActionCatalogue.action(named: words[1])
        else { return }
        let headers = words.count > 2 ? [(name: "Retry-After", value: words[2])] : []
        let evidence = ReplyClassifier(spec: spec, cluster: cluster, secrets: [Secret(key), Secret(token)])
            .outcome(status: status, headers: headers, body: body)
        try check(evidence, status: status, spec, body)
        try await checkReading(status: status, body)
    }

    // MARK: What is said about an action

    private static func check(_ evidence: CallOutcome, status: Int, _ spec: ActionSpec, _ body: [UInt8]) throws {
        let json = ReferenceJSON(body).flatMap { $0.isObject ? $0 : nil }
        let codes = ["code", "status_code", "responseCode"].compactMap { json?[$0]?.lenientInteger }
        switch evidence {
        case .accepted(let text):
            try checkText(text)
            try require((200..<300).contains(status), "accepted with status \(status)")
            guard let json else { throw BrokenProperty("accepted though it is no JSON object") }
            try require(!json.hasTwins, "accepted though it says two things")
            try require(json["code"]?.isNumber == true && json["message"]?.string != nil, "accepted without its form")
            try require(codes.allSatisfy { $0 < 400 }, "accepted with the codes \(codes)")
            try require(["errors", "error"].allSatisfy { isEmpty(json[$0]) }, "accepted with errors")
            try checkData(json["data"], spec)
        case .refused(let text):
            try checkText(text)
            guard let json else { throw BrokenProperty("refused though it is no JSON object") }
            try require(!json.hasTwins, "refused though it says two things")
            let definite: Set = [400, 401, 403, 404, 409, 412, 422]
            try require(
                (200..<300).contains(status) || definite.contains(status) || status == 429,
                "\(status): refused"
            )
            let isOpen = codes.contains { (500..<600).contains($0) || $0 == 408 || $0 == 429 && status != 429 }
            try require(!isOpen, "refused with the codes \(codes)")
        case .unknown(let text): try checkText(text)
        case .notSent: throw BrokenProperty("a reply came, so it was sent")
        }
    }

    private static func isEmpty(_ value: ReferenceJSON?) -> Bool {
        switch value {
        case nil, .null?, .bool(false)?: true
        case .string(let text)?: text.isEmpty
        case .number(let text)?: Double(text) == 0
        case .array(let values)?: values.isEmpty
        case .object(let members)?: members.isEmpty
        case .bool(true)?: false
        }
    }

    private static func checkData(_ data: ReferenceJSON?, _ spec: ActionSpec) throws {
        switch spec.name {
        case "attach_ip": try require(data?["id"]?.lenientInteger != nil, "accepted without an address")
        case "detach_ip": try require(data?.isObject == true, "accepted without an object")
        case "add_security_group", "remove_security_group": try require(data?.string != nil, "accepted without a text")
        default: try require(data?["id"]?.lenientInteger == 42, "accepted for another cluster")
        }
    }

    private static func checkText(_ text: String) throws {
        try require(text.isOneCleanLine, "the text is not one line: \(text)")
        try require(text.unicodeScalars.count < 4000, "a text of \(text.unicodeScalars.count) characters")
        try require(!text.contains(key) && !text.contains(token), "a secret stands in: \(text)")
    }

    // MARK: What is read

    private static func checkReading(status: Int, _ body: [UInt8]) async throws {
        let api = E2EClusterAPI(
            settings: settings,
            transport: Answering(status: status, body: body),
            clock: FastClock()
        )
        let seen: ClusterReading
        do {
            seen = try await api.read(cluster, withReservedIPs: false)
        } catch {
            return try checkText(error.message)
        }
        try require((200..<300).contains(status), "read with status \(status)")
        guard let json = ReferenceJSON(body) else { throw BrokenProperty("read out of what is no JSON") }
        try require(!json.hasTwins, "read out of what says two things")
        var data = json["data"]
        if let list = data?.array, list.count == 1 { data = list[0] }
        try require(data?["id"]?.lenientInteger == 42, "read out of another cluster")
        if let nodes = seen.nodes {
            try require(nodes >= 0 && nodes == data?["no_of_nodes"]?.lenientInteger, "\(nodes) nodes were read")
        }
        if let version = seen.imageVersion {
            let image = data?["image_version"]
            try require(version == image?["id"]?.lenientInteger ?? image?.lenientInteger, "image \(version) was read")
        }
        if let keys = seen.sshKeys {
            let there = (data?["ssh_keys"]?.array ?? []).compactMap { $0["pk"]?.lenientInteger ?? $0.lenientInteger }
            try require(keys == Set(there).sorted(), "the keys \(keys) were read")
            try require(there.count == data?["ssh_keys"]?.array?.count, "a key was left out")
        }
        for text in [seen.status, seen.imageName, seen.nodePrice?.currency].compactMap(\.self) { try checkText(text) }
    }

    private struct Answering: HTTPTransport {
        let status: Int
        let body: [UInt8]

        func execute(_ request: CurlRequest) async throws(TransportError) -> CurlResponse {
            CurlResponse(status: status, body: body)
        }
    }

    /// Its time is up as soon as somebody waits.
    private struct FastClock: BotClock {
        var now: Timestamp { Door.now }
        var uptime: Duration { .zero }
        func sleep(_ duration: Duration) async throws { throw CancellationError() }
    }
}
