import BotCore
import CurlHTTP
import Foundation
import Sandbox
import TestSupport
import Testing

/// What a Prometheus server gets from the running service.
@Suite(.timeLimit(.minutes(3)))
struct MetricsTests {
    @Test func promtoolIsContent() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        try await world.amy("/cluster 43 scale 1")
        try await world.sees("– done")
        let file = try world.folder.write(try await metrics(world, bot), to: "metrics.txt")
        let tool = "/usr/bin/promtool"
        guard FileManager.default.isExecutableFile(atPath: tool) else {
            throw MissingTool("\(tool) is not there: run `make judges`, or `make test`, which does")
        }
        let judged = try await ChildProcess.run("/bin/sh", ["-c", "exec \(tool) check metrics < \"$0\"", file])
        #expect(judged.exit == 0 && judged.output + judged.errors == "", "\(judged)")
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// Without an end of a token: a metric is there also where the configuration gives it no series.
    @Test func everythingIsThereFromTheStart() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        let text = try await metrics(world, bot)
        for metric in Metric.all {
            #expect(text.contains("\n# HELP \(metric.name) ") || text.hasPrefix("# HELP \(metric.name) "), "\(metric)")
            #expect(text.contains("\n# TYPE \(metric.name) \(metric.kind.type)\n"), "\(metric)")
        }
        for line in text.split(separator: "\n") where line.hasPrefix("# TYPE ") {
            #expect(Metric.named(String(line.split(separator: " ")[2])) != nil, "\(line)")
        }
        for series in [
            #"clusterbot_changes_total{action="restart_cluster",state="refused"} 0"#,
            #"clusterbot_api_calls_total{action="attach_ip",outcome="unknown"} 0"#,
            #"clusterbot_api_seconds_count{call="scale_cluster"} 0"#,
            #"clusterbot_api_seconds_count{call="read_cluster"} 0"#,
            #"clusterbot_chat_seconds_count{platform="slack",method="chat.update"} 0"#,
            #"clusterbot_chat_refused_total{platform="slack",reason="credentials"} 0"#,
            #"clusterbot_webhooks_total{platform="slack",outcome="bad_signature"} 0"#,
            #"clusterbot_webhooks_total{platform="slack",outcome="command"} 0"#,
            #"clusterbot_pending_changes{state="pending"} 0.0"#, "clusterbot_oldest_pending_seconds 0.0",
            "clusterbot_outbox_oldest_seconds 0.0", "clusterbot_change_seconds_count 0",
            "clusterbot_ack_seconds_count 0", "clusterbot_ready 1.0", "clusterbot_held 0.0",
            "clusterbot_locks 0.0", "clusterbot_freezes 0.0", "clusterbot_connections_refused_total 0",
        ] {
            #expect(text.contains("\n\(series)\n"), "\(series)")
        }
        for positive in [
            "clusterbot_store_free_bytes",
            "process_cpu_seconds_total", "process_resident_memory_bytes", "process_virtual_memory_bytes",
            "process_open_fds", "process_max_fds", "process_start_time_seconds",
        ] {
            #expect(try value(positive, text) > 0, "\(positive)")
        }
        #expect(try abs(value("process_start_time_seconds", text) - Date().timeIntervalSince1970) < 120)
        #expect(text.contains(#"clusterbot_build_info{version="0.1.0",commit=""#))
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    @Test func theTimeToTheEndOfATokenIsThere() async throws {
        let world = try await World {
            $0.replacing(
                "token: {env: E2E_VISION_TOKEN}",
                with: "token: {env: E2E_VISION_TOKEN}, token_ends: 2199-01-01"
            )
        }
        let bot = try await world.startBot()
        let text = try await metrics(world, bot)
        #expect(try value(#"clusterbot_credential_seconds_left{project="vision"}"#, text) > 0)
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    @Test func whatWaitsAndWhatIsRefusedIsCounted() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        try await world.amy("/cluster 42 restart cluster")
        try await world.sees(": approve?")
        await world.cloud.add(CloudFault(.delayBefore, method: "PUT", milliseconds: 1500))
        try await world.amy("/cluster 43 scale 1")
        try await world.sees("– done")
        try await world.amy("/cluster 43 scale 2", in: "C0RANDOM")
        try await world.isTold("/invite", "U0AMY")
        // It goes on, because amy was told.
        try await world.isTold("– done", "U0AMY")
        let text = try await metrics(world, bot)
        #expect(try value(#"clusterbot_pending_changes{state="pending"}"#, text) == 1)
        #expect(try value("clusterbot_oldest_pending_seconds", text) >= 1.5)
        #expect(try value(#"clusterbot_api_seconds_count{call="scale_cluster"}"#, text) == 2)
        #expect(try value(#"clusterbot_api_seconds_sum{call="scale_cluster"}"#, text) >= 1.5)
        #expect(try value(#"clusterbot_api_seconds_count{call="read_cluster"}"#, text) >= 1)
        #expect(try value(#"clusterbot_chat_seconds_count{platform="slack",method="chat.postMessage"}"#, text) >= 2)
        #expect(try value(#"clusterbot_chat_refused_total{platform="slack",reason="channel"}"#, text) >= 1)
        // The simulated API says the time, and it runs on this machine.
        #expect(try abs(value("clusterbot_clock_skew_seconds", text)) < 60)
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// A channel that takes nothing shows in the age of what waits, however often it is tried again.
    @Test func aMessageThatWaitsGetsOlder() async throws {
        let world = try await World()
        let bot = try await world.startBot()
        await world.slack.add(SlackFault(.rateLimit, times: 1000, retryAfter: 600))
        try await world.amy("/cluster 43 scale 1")
        try await world.cloud.waitUntil("the request") { !$0.actions.isEmpty }
        var (last, text) = (0.0, "")
        repeat {
            text = try await metrics(world, bot)
            last = try value("clusterbot_outbox_oldest_seconds", text)
        } while last <= 0.5
        #expect(try value("clusterbot_outbox_pending", text) >= 1)
        #expect(try value(#"clusterbot_chat_refused_total{platform="slack",reason="rate_limited"}"#, text) >= 1)
        try await bot.process.killNow()
        try await world.end()
    }

    private func metrics(_ world: World, _ bot: RunningBot) async throws -> String {
        String(decoding: try await Sender(world: world, url: bot.url).get("/metrics").body, as: UTF8.self)
    }

    /// The figure of a series.
    private func value(_ series: String, _ text: String) throws -> Double {
        let line = text.split(separator: "\n").first { $0.hasPrefix(series + " ") }
        return try #require(line.flatMap { Double($0.dropFirst(series.count + 1)) }, "\(series)")
    }
}
