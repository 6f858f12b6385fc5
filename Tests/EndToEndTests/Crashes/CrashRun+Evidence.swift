import Foundation
import Sandbox
import TestSupport

/// What a run leaves for the judge.
extension CrashRun {
    /// Keeps what a death left, before anybody touches it.
    func died(_ exit: Int32) async throws {
        view = nil
        if deaths.isEmpty { try loseWhatWasNotSynced() }
        let copy = "death-\(lives)"
        try FileManager.default.createDirectory(atPath: world.folder.file(copy), withIntermediateDirectories: false)
        for name in ["clusterbot.db", "clusterbot.db-wal", "clusterbot.db-journal"]
        where FileManager.default.fileExists(atPath: world.folder.file(name)) {
            try FileManager.default.copyItem(
                atPath: world.folder.file(name),
                toPath: world.folder.file("\(copy)/\(name)")
            )
        }
        try await bot?.process.outputEnds()
        let errors = bot?.process.seen.state.errors ?? []
        let slack = await world.slack.state
        deaths.append([
            "exit": .int(Int(exit)),
            "reached": .string(errors.last { $0.hasPrefix("reached ") }.map { String($0.dropFirst(8)) } ?? ""),
            "errors": .array(
                errors.filter { $0.contains(#""level":"error""#) || $0.contains("atal") }.map { .string($0) }
            ),
            "store": .string(world.folder.file("\(copy)/clusterbot.db")),
            "acknowledged": .array(slack.deliveries.filter { isDone($0) }.map { .int($0.number) }),
            "messages": messages(slack),
            // What the channel got besides the answers to commands.
            "posted": .int(
                slack.calls.filter { call in
                    call.method == "chat.postMessage" && call.error == nil
                        && !["error_before", "drop_before", "rate_limit"].contains(call.fault)
                }.count
            ),
        ])
        if deaths.count == 1, case .answeredButUnposted = scenario.death { await world.slack.clearFaults() }
        // What the dead process sent is dealt with before the next begins: the settling time is meant for that.
        try await world.cloud.waitUntil("the cloud to be idle", within: .patience) { $0.isIdle }
    }

    /// A sync that failed may have lost what it should have written, though the system still shows it for a while.
    private func loseWhatWasNotSynced() throws {
        guard case .disk(.syncError, _, _) = scenario.death, let disk else { return }
        for name in try FileManager.default.contentsOfDirectory(atPath: world.folder.path)
        where name.hasPrefix("clusterbot.db") {
            try FileManager.default.removeItem(atPath: world.folder.file(name))
        }
        var none = SplitMix64(seed: 1)
        try DiskModel(after: DiskRecord.all(in: disk.recorded())).image(.nothing, &none).write(to: world.folder.path)
    }

    /// Makes a backup that dies, and then one that does not.
    func backUp() async throws {
        guard let steps = scenario.backupDeath, backup == nil else { return }
        let (first, second) = (world.folder.file("backup-1.db"), world.folder.file("backup-2.db"))
        let died = try await ChildProcess.run(
            Tools.clusterbot,
            ["backup", first, "--config", world.configuration],
            environment: World.secrets.merging(["CLUSTERBOT_CRASH_AT": steps, "LD_PRELOAD": shim]) { _, new in new }
        )
        let lived = try await world.run("backup", second)
        let isNamed = FileManager.default.fileExists(atPath: first)
        backup = [
            "way": .string(steps), "exit": .int(Int(died.exit)), "errors": .string(died.errors),
            "file": isNamed ? .string(first) : .null, "next_exit": .int(Int(lived.exit)), "next_file": .string(second),
        ]
    }

    func report(_ exit: Int32) async throws -> SandboxJSON {
        let slack = await world.slack.state
        let export = try await world.run("history", "export", "--format", "jsonl")
        let list = try await world.run("changes", "list", "--all", "--json")
        let deliveries = slack.deliveries.map { delivery -> SandboxJSON in
            let first: SandboxJSON = [
                "status": delivery.status.map { .int($0) } ?? .null, "reply": .string(delivery.reply), "life": 0,
            ]
            return [
                "number": .int(delivery.number), "kind": .string(delivery.kind.rawValue),
                "body": .string(delivery.body),
                "user": .string(delivery.user), "attempts": .array([first] + (redelivered[delivery.number] ?? [])),
            ]
        }
        // Slack's own faults after which the bot cannot know that the message is there.
        let blindPosts = slack.calls.filter { $0.fault == "error_after" || $0.fault == "drop_after" }.count
        return [
            "point": .string(scenario.point), "seconds_to_end": .double(secondsToEnd),
            "way": .string(scenario.death.description),
            "exit": .int(Int(exit)), "deaths": .array(deaths), "backup": backup ?? .null,
            "export": .string(export.output),
            "list": .string(list.output), "store": .string(world.folder.file("clusterbot.db")),
            "cloud": SandboxJSON(encoding: await world.cloud.actions), "messages": messages(slack),
            "deliveries": .array(deliveries), "blind_posts": .int(blindPosts),
            "history_channel": scenario.flood > 0 ? .null : "C0HISTORY",
            "old_changes": .int(scenario.isOldStore ? OldStore.changes : 0),
            "old_entries": .int(scenario.isOldStore ? OldStore.entries : 0),
        ]
    }

    func messages(_ slack: SlackState) -> SandboxJSON {
        .array(
            slack.messages.filter { $0.author == SlackWorkspace.demo.botUserID && $0.visibleTo == nil }.map {
                [
                    "channel": .string($0.channel), "ts": .string($0.ts), "text": .string($0.text),
                    "identity": $0.blocks[0]?["block_id"] ?? .null,
                ]
            }
        )
    }

    func situation() async -> String {
        let states = (try? view?.changes())?.map { "#\($0.id) \($0.action) \($0.state)" } ?? []
        let deliveries = await world.slack.state.deliveries.map {
            "\($0.kind) \($0.status ?? 0) \($0.failure ?? "") \(redelivered[$0.number]?.map(\.text) ?? [])"
        }
        let log = bot?.process.seen.state.errors.suffix(5) ?? []
        return "\(states) posts \((try? view?.waitingPosts()) ?? -1) in flight \(inFlight) asked \(asked) "
            + "lives \(lives) deaths \(deaths.map { $0["reached"]?.string ?? "" }) \(deliveries) log \(log)"
    }
}
