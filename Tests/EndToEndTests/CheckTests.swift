import Foundation
import Glibc
import Sandbox
import TestSupport
import Testing

/// `check` as people and their scripts call it.
@Suite(.timeLimit(.minutes(3)))
struct CheckTests {
    private func check(_ arguments: String...) async throws -> (exit: Int32, output: String, errors: String) {
        try await ChildProcess.run(Tools.clusterbot, ["check"] + arguments, environment: World.secrets)
    }

    @Test func theFileMayStandAlone() async throws {
        let world = try await World(World.withoutWarnings)
        let file = world.configuration
        for arguments in [[file], ["--config", file], [file, "--config", file], [file, "--no-secrets"]] {
            let checked = try await ChildProcess.run(
                Tools.clusterbot,
                ["check"] + arguments,
                environment: World.secrets
            )
            #expect(checked.exit == 0 && checked.output.hasPrefix("\(file) is fine"), "\(checked)")
            #expect(checked.errors.isEmpty)
        }
        #expect(try await check(file, "--json").output == "[]")
        let missing = try await check("/nowhere/clusterbot.yaml")
        #expect(missing.exit == 1 && missing.output.hasPrefix("/nowhere/clusterbot.yaml:1:1: there is no such file"))
        let two = try await check(file, "--config", "/other.yaml")
        #expect(two.exit == 64 && two.errors.contains("Name one"), "\(two)")
        try await world.end()
    }

    /// What is printed by a command that runs each night is mailed each night.
    @Test func warningsAreOnlyWhereTheyAreAskedFor() async throws {
        let world = try await World {
            World.withoutWarnings($0).replacing("allow: [resolve, release]", with: "allow: [release]")
        }
        let words = "nobody has the right `resolve`"
        let checked = try await world.run("check")
        #expect(
            checked.exit == 0 && checked.errors.contains("warning: ") && checked.errors.contains(words),
            "\(checked)"
        )
        let found = try #require(try json(try await world.run("check", "--json").output).array)
        #expect(found.map { $0["severity"]?.string } == ["warning"])
        let doctor = try await world.run("doctor")
        #expect(
            doctor.output.contains("warn configuration: ") && doctor.output.contains("warns of 1 in it"),
            "\(doctor)"
        )
        let bot = try await world.startBot()
        #expect(bot.process.seen.state.errors.contains { $0.contains(#""level":"warning""#) && $0.contains(words) })
        for command in [["changes", "list"], ["history", "verify"], ["backup", world.folder.file("copy.db")]] {
            let run = try await ChildProcess.run(
                Tools.clusterbot,
                command + ["--config", world.configuration],
                environment: World.secrets
            )
            #expect(run.exit == 0 && run.errors.isEmpty, "\(command): \(run)")
        }
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// A configmap is a folder that everybody may write, on a medium that nobody can, with links to the newest version.
    @Test func aConfigurationAsKubernetesMountsItIsTaken() async throws {
        guard geteuid() == 0 else { return }
        let world = try await World()
        let script = """
            mount -t tmpfs -o mode=777 none "$1" && mkdir -m 777 "$1/..1" && cp "$2" "$1/..1/clusterbot.yaml" \
                && ln -s ..1 "$1/..data" && ln -s ..data/clusterbot.yaml "$1/clusterbot.yaml" || exit 9
            "$3" check "$1/clusterbot.yaml" --no-secrets && exit 8
            mount -o remount,ro "$1" && exec "$3" check "$1/clusterbot.yaml" --no-secrets
            """
        let folder = world.folder.file("mounted")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let taken = try await ChildProcess.run(
            "/usr/bin/unshare",
            ["--mount", "sh", "-c", script, "sh", folder, world.configuration, Tools.clusterbot]
        )
        #expect(taken.exit == 0, "\(taken)")
        try await world.end()
    }
}
