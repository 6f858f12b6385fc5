import CurlHTTP
import FoundationEssentials
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(20)))
struct CloudActionTests {
    @Test("scale, image, keys and restarts return the changed cluster")
    func clusterActions() async throws {
        var settings = CloudSettings()
        settings.restartTakes = .zero
        try await withCloud(settings: settings) { cloud, api in
            let scaled = try await api.put(["action": "scale_cluster", "additional_nodes": 4])
            #expect(scaled.status == 200)
            #expect(scaled.json["code"] == 200)
            #expect(scaled.json["data"]?["no_of_nodes"] == 12)
            #expect(scaled.json["errors"] == [:])

            let imaged = try await api.put(["action": "update_image", "image_version_id": 81])
            #expect(imaged.json["data"]?["image_version"]?["id"] == 81)

            let keyed = try await api.put(["action": "update_ssh_keys", "ssh_key_ids": [13, 14]])
            #expect(keyed.json["data"]?["ssh_keys"]?.array?.map { $0["pk"] } == [13, 14])

            _ = try await api.put(["action": "restart_workers"])
            let restarted = try await api.put(["action": "restart_cluster"])
            #expect(restarted.json["data"]?["id"] == 42)
            let cluster = await cloud.cluster(42)
            #expect(cluster?.workerRestarts == 1)
            #expect(cluster?.clusterRestarts == 1)
            #expect(await cloud.actions.allSatisfy { $0.applied && $0.status == 200 })
        }
    }

    @Test("IP actions return the address and an empty object, security group actions a sentence")
    func otherActions() async throws {
        try await withCloud { cloud, api in
            let attached = try await api.put(["action": "attach_ip", "reserved_ip_id": 9])
            #expect(attached.json["data"]?["ip_address"] == "203.0.113.9")
            #expect(attached.json["data"]?["service_id"] == 42)

            let detached = try await api.put(["action": "detach_ip", "reserved_ip_id": 9, "ip_type": "reserved"])
            #expect(detached.json["data"] == [:])

            let added = try await api.put(["action": "add_security_group", "security_groups_ids": [4]])
            #expect(added.json["data"]?.string?.isEmpty == false)
            let removed = try await api.put(["action": "remove_security_group", "security_group_id": 3])
            #expect(removed.json["data"]?.string?.isEmpty == false)
            #expect(await cloud.cluster(42)?.securityGroupIDs == [1, 4])
        }
    }

    @Test(
        "a body that is wrong is refused, names the field and changes nothing",
        arguments: [
            ("action", "[]"),
            ("action", #"{}"#),
            ("action", #"{"action":"reboot"}"#),
            ("action", #"{"action":7}"#),
            ("additional_nodes", #"{"action":"scale_cluster"}"#),
            ("additional_nodes", #"{"action":"scale_cluster","additional_nodes":"4"}"#),
            ("additional_nodes", #"{"action":"scale_cluster","additional_nodes":true}"#),
            ("additional_nodes", #"{"action":"scale_cluster","additional_nodes":4.5}"#),
            ("additional_nodes", #"{"action":"scale_cluster","additional_nodes":0}"#),
            ("additional_nodes", #"{"action":"scale_cluster","additional_nodes":null}"#),
            ("additional_nodes", #"{"action":"restart_cluster","additional_nodes":4}"#),
            ("image_version_id", #"{"action":"update_image","image_version_id":1}"#),
            ("ssh_key_ids", #"{"action":"update_ssh_keys","ssh_key_ids":11}"#),
            ("ssh_key_ids", #"{"action":"update_ssh_keys","ssh_key_ids":[]}"#),
            ("ssh_key_ids", #"{"action":"update_ssh_keys","ssh_key_ids":[11,"12"]}"#),
            ("ssh_key_ids", #"{"action":"update_ssh_keys","ssh_key_ids":[11,99]}"#),
            ("reserved_ip_id", #"{"action":"attach_ip","reserved_ip_id":20}"#),
            ("ip_type", #"{"action":"detach_ip","reserved_ip_id":10}"#),
            ("ip_type", #"{"action":"detach_ip","reserved_ip_id":10,"ip_type":"floating"}"#),
            ("security_groups_ids", #"{"action":"add_security_group","security_groups_ids":[4,5]}"#),
            ("security_group_id", #"{"action":"remove_security_group","security_groups_ids":[3]}"#),
            ("security_group_id", #"{"action":"remove_security_group","security_group_id":4}"#),
        ]
    )
    func invalidBodies(field: String, body: String) async throws {
        try await withCloud { cloud, api in
            let parsed = try #require(SandboxJSON(parsing: body.utf8))
            let reply = try await api.put(parsed)
            #expect(reply.status == 400)
            #expect(reply.json["code"] == 400)
            let errors = try #require(reply.json["errors"]?.object)
            #expect(errors[field] != nil || errors["non_field_errors"] != nil || errors["security_groups_ids"] != nil)
            #expect(await cloud.world == .demo)
            #expect(await cloud.actions.map(\.applied) == [false])
        }
    }

    @Test("a restart takes its time, and nothing else is accepted meanwhile")
    func restartTakesTime() async throws {
        let clock = StandingClock()
        var settings = CloudSettings()
        settings.now = clock.now
        settings.restartTakes = .seconds(30)
        try await withCloud(settings: settings) { cloud, api in
            let restarted = try await api.put(["action": "restart_cluster"])
            #expect(restarted.json["data"]?["status"] == "Restarting")
            clock.advance(29)
            let early = try await api.put(["action": "scale_cluster", "additional_nodes": 1])
            #expect(early.status == 412)
            #expect(await cloud.cluster(42)?.nodes == 8)
            clock.advance(2)
            let later = try await api.put(["action": "scale_cluster", "additional_nodes": 1])
            #expect(later.status == 200)
        }
    }

    @Test("credentials, project, location and path are all checked before anything happens")
    func door() async throws {
        try await withCloud { cloud, api in
            let body: SandboxJSON = ["action": "restart_cluster"]
            let none = try await api.client.send(
                .put,
                "\(CloudClient.root)/distributed_jobs_v2/cluster/42/?project_id=1187&location=Delhi",
                headers: [("Content-Type", "application/json")],
                body: body.bytes
            )
            #expect(none.status == 401)
            #expect(none.json["detail"]?.string == "Authentication credentials were not provided.")

            var caller = api
            caller.token = "wrong"
            let wrong = try await caller.put(body)
            #expect(wrong.status == 401)
            #expect(wrong.json["code"] == 401)

            let cases: [(query: String, status: Int)] = [
                ("location=Delhi", 400), ("project_id=1187", 400), ("project_id=x&location=Delhi", 400),
                ("project_id=1187&location=Mumbai", 400), ("project_id=4711&location=Delhi", 400),
                ("project_id=1200&location=Chennai", 403), ("project_id=1187&location=Chennai", 404),
                ("project_id=1187&location=Delhi&active_iam=", 400),
                ("project_id=1187&location=Delhi&active_iam=1", 403),
            ]
            for item in cases {
                caller = api
                caller.query = item.query
                #expect(try await caller.put(body).status == item.status, "\(item.query)")
            }
            #expect(try await api.put(body, cluster: 43).status == 404)
            #expect(try await api.put(body, cluster: 4711).status == 404)

            let noSlash = try await api.client.send(
                .put,
                "\(CloudClient.root)/distributed_jobs_v2/cluster/42?\(api.query)&apikey=\(api.key)",
                headers: [("Authorization", "Bearer \(api.token)"), ("Content-Type", "application/json")],
                body: body.bytes
            )
            #expect(noSlash.status == 404)
            #expect(await cloud.world == .demo)

            caller = api
            caller.query += "&active_iam=55"
            #expect(try await caller.put(body).status == 200)
        }
    }

    @Test("the reads answer with the documented objects")
    func reads() async throws {
        try await withCloud { _, api in
            let cluster = try await api.get("/distributed_jobs_v2/cluster/42/").json["data"]
            #expect(cluster?["status"] == "Running")
            #expect(cluster?["total_memory"]?.string?.hasSuffix("GB") == true)
            #expect(cluster?["sku_details"]?["plan"]?["currency"] == "INR")
            #expect(cluster?["created_by"]?["email"]?.string?.contains("@") == true)

            let list = try await api.get("/distributed_jobs_v2/cluster/").json
            #expect(list["data"]?.array?.compactMap { $0["id"]?.int } == [42])
            #expect(list["total_count"] == 1)

            let images = try await api.get(
                "/distributed_jobs_v2/deployment_images/Slurm/",
                api.query + "&job_type=Slurm"
            )
            #expect(images.json["data"]?.array?.compactMap { $0["id"]?.int } == [77, 81, 90])
            let other = try await api.get("/distributed_jobs_v2/deployment_images/Slurm/", api.query + "&job_type=NeMo")
            #expect(other.status == 400)

            #expect(try await api.get("/ssh_keys/", "location=Delhi").json["data"]?[0]?["pk"] == 11)
            let addresses = try await api.get("/reserved_ips/", "project_id=1187&per_page=1&page_no=2").json
            #expect(addresses["data"]?["reserved_ips"]?.array?.compactMap { $0["id"]?.int } == [10])
            #expect(addresses["total_count"] == 2)
            #expect(addresses["total_page_number"] == 2)
            let groups = try await api.get("/security_groups/").json
            #expect(groups["data"]?.array?.compactMap { $0["id"]?.int } == [1, 3, 4])
            #expect(
                try await api.get("/distributed_jobs_v2/cluster/plans/").json["data"]?[0]?["specs"]?["gpu_card_type"]
                    == "H100"
            )
            #expect(try await api.get("/users/iam-accounts/").json["data"]?[0]?["id"] == 55)
        }
    }
}
