import BotCore
import ClusterAPI

/// What the tests are made of: configured projects and clusters, and the API's objects as its documents show them.
enum Samples {
    /// Characters that are spelled differently in a URL and in JSON.
    static let key = "KEY/canary+4a7f&=é"
    static let token = "TOKEN.canary/9c2e=="
    static let otherKey = "OTHER-canary-key-77"
    static let otherToken = "OTHER-canary-token-78"
    static let encodedKey = "KEY%2Fcanary%2B4a7f%26%3D%C3%A9"

    static let cluster = Cluster(id: 42, name: "prod-train", project: "vision")
    static let otherCluster = Cluster(id: 43, name: "dev-train", project: "nlp")

    static func settings(
        baseURL: String = "https://api.example.com/myaccount/api/v1/gpu",
        totalTimeout: Duration = .seconds(30),
        readBack: Bool = true,
        activeIAM: Int? = nil,
        location: String = "Delhi"
    ) -> ClusterAPISettings {
        ClusterAPISettings(
            baseURL: baseURL,
            totalTimeout: totalTimeout,
            readBack: readBack,
            projects: [
                "vision": .init(
                    id: 1187,
                    location: location,
                    activeIAM: activeIAM,
                    apiKey: Secret(key),
                    token: Secret(token)
                ),
                "nlp": .init(
                    id: 1200,
                    location: "Chennai",
                    activeIAM: 55,
                    apiKey: Secret(otherKey),
                    token: Secret(otherToken)
                ),
            ]
        )
    }

    static func api(
        _ transport: ScriptedTransport,
        clock: ManualClock = ManualClock(),
        settings: ClusterAPISettings = settings()
    ) -> E2EClusterAPI {
        E2EClusterAPI(settings: settings, transport: transport, clock: clock, version: "9.9")
    }

    static func envelope(_ data: String, message: String = "Success") -> String {
        #"{"code":200,"data":\#(data),"errors":{},"message":"\#(message)"}"#
    }

    static let person = """
        {"id":5512,"name":"Canary Person","email":"canary@example.com","username":"canary@example.com",\
        "is_primary_contact":true,"currency":"INR","is_suspended":false}
        """

    static let clusterObject = """
        {"id":42,"name":"training-cluster-010125103045","created_by":\(person),"no_of_nodes":8,\
        "created_at":"2026-01-01T10:30:45.000000Z","private_cloud_id":null,"private_cloud_name":null,\
        "sku_details":{"specs":{"sku_id":309,"name":"GDC.8xH10080-200.2000GB","series":"GDC","cpu":200,"gpu":8,\
        "memory":"2000 GB","ephemeral_storage":"30 GB","gpu_memory":"80 GB","is_free":false,"is_active":true,\
        "local_storage_in_gb":0,"sku_type":"gpu","gpu_card_type":"H100","category":"distributed_job","variant":"e2e",\
        "no_of_nodes":8},"plan":{"sku_item_price_id":1201,"sku_type":"hourly","committed_days":0,"unit_price":1840.0,\
        "currency":"INR","is_active":true,"description":"","location":"Delhi"}},"total_gpu":64,"total_cpu":1600,\
        "available_gpu":64,"available_cpu":1600,"total_memory":"16000 GB","available_memory":"0 GB","worker_nodes":[],\
        "has_local_storage":false,"local_storage_per_node":null,"status":"Running","image_pull_policy":"IfNotPresent",\
        "image_version":{"id":2,"version":"v2-slurm25.11-ubuntu24.04","description":"","tags":[],"name":"Ubuntu Slurm",\
        "slug_name":"ubuntu-slurm","framework":"Slurm","is_internal":false},\
        "ssh_keys":[{"pk":12,"label":"bob","ssh_key":"ssh-ed25519 AAAAcanarykeybody bob","timestamp":"20-Mar-2026"},\
        {"pk":11,"label":"amy","ssh_key":"ssh-rsa AAAAcanarykeybody amy","timestamp":"20-Mar-2026"}]}
        """

    static func reservedIP(_ id: Int, service: String = "null") -> String {
        """
        {"id":\(id),"ip_address":"203.0.113.\(id)","service_name":null,"created_at":"2026-01-01T10:30:45Z",\
        "status":"Available","reserved_by":\(person),"service_type":null,"service_id":\(service),"location":"Delhi",\
        "egress_ip":false}
        """
    }

    /// None of these may ever come out.
    static let canaries = [
        key, token, otherKey, otherToken, encodedKey, "canary+4a7f", "canary%2B4a7f", "canary/9c2e", "canary%2F9c2e",
        "OTHER-canary", "Canary Person", "canary@example.com", "AAAAcanarykeybody",
    ]

    static func leaks(in text: String) -> [String] {
        canaries.filter { text.lowercased().contains($0.lowercased()) }
    }
}

extension CallOutcome {
    var text: String {
        switch self {
        case .accepted(let text), .refused(let text), .notSent(let text), .unknown(let text): text
        }
    }

    var kind: String {
        switch self {
        case .accepted: "accepted"
        case .refused: "refused"
        case .notSent: "notSent"
        case .unknown: "unknown"
        }
    }
}
