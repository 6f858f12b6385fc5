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

    /// Commands that only look for the service and its store are run by others than the service's user, whose the files may
    /// be; nothing may be served from files of just anybody.
    @Test func filesOfAnotherUserAreNotServedAndStillLeadToTheService() async throws {
        guard geteuid() == 0 else { return }
        let world = try await World()
        let bot = try await world.startBot()
        #expect(try await bot.stop() == 0)
        for file in [world.configuration, world.folder.file("clusterbot.db"), world.folder.path] {
            #expect(chown(file, 54321, 54321) == 0)
        }
        for command in [["check"], ["serve"], ["doctor"], ["policy", "explain", "--as", "amy", "42 restart cluster"]] {
            let refused = try await ChildProcess.run(
                Tools.clusterbot,
                command + ["--config", world.configuration],
                environment: World.secrets
            )
            #expect(refused.exit == 1, "\(command): \(refused)")
            #expect("\(refused)".contains("belongs to uid 54321, who can change it"), "\(command): \(refused)")
        }
        for command in [["changes", "list"], ["history", "verify"], ["backup", world.folder.file("copy.db")]] {
            let run = try await ChildProcess.run(Tools.clusterbot, command + ["--config", world.configuration])
            #expect(run.exit == 0 && run.errors.isEmpty, "\(command): \(run)")
        }
        let released = try await world.run("release", "--reason", "compared")
        #expect(!"\(released)".contains("belongs to"), "\(released)")
        #expect(chown(world.configuration, 0, 0) == 0 && chown(world.folder.path, 0, 0) == 0)
        let doctor = try await world.run("doctor")
        #expect(
            doctor.output.contains("FAIL store: The store \(world.folder.file("clusterbot.db")) belongs to uid 54321")
        )
        try await world.end()
    }

    /// A secret at a wrong place is not repeated where people and CI read it.
    @Test(arguments: [
        ("contact: ", "hist: xoxb-12-canary\ncontact: "), ("C0HISTORY", "xoxb-12-canary"),
        ("name: dev-train", "name: \"xoxe.xoxb-12 canary\""),
        ("name: dev-train", "name: \"eyJhbGciOiJIUzI1NiJ9.canary.x_y y\""),
    ])
    func aTokenAtAWrongPlaceIsNotRepeated(text: String, wrong: String) async throws {
        let world = try await World { $0.replacing(text, with: wrong) }
        for arguments in [["check"], ["check", "--json"]] {
            let checked = try await ChildProcess.run(
                Tools.clusterbot,
                arguments + ["--config", world.configuration],
                environment: World.secrets
            )
            #expect(checked.exit == 1 && !"\(checked)".contains("12-canary"), "\(checked)")
            #expect(!"\(checked)".contains("xoxb-12") && !"\(checked)".contains("eyJhb"), "\(checked)")
        }
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

    /// As a file of one's own in a container: its owner cannot change it there.
    @Test func aConfigurationOfAnotherUserIsTakenFromAMediumThatNobodyCanWrite() async throws {
        try await expectTakenWhereNobodyCanWrite(
            """
            mount -t tmpfs -o mode=755 none "$1" && cp "$2" "$1/clusterbot.yaml" && chown -R 54321 "$1" || exit 9
            """
        )
    }

    /// A configmap is a folder that everybody may write, on a medium that nobody can, with links to the newest version.
    @Test func aConfigurationAsKubernetesMountsItIsTaken() async throws {
        try await expectTakenWhereNobodyCanWrite(
            """
            mount -t tmpfs -o mode=777 none "$1" && mkdir -m 777 "$1/..1" && cp "$2" "$1/..1/clusterbot.yaml" \
                && ln -s ..1 "$1/..data" && ln -s ..data/clusterbot.yaml "$1/clusterbot.yaml" || exit 9
            """
        )
    }

    /// Expects that a mounted configuration is refused while its medium can be written, and taken once nobody can.
    /// - Parameter mounting: shell commands that put the file `$2` into the folder `$1`.
    private func expectTakenWhereNobodyCanWrite(_ mounting: String) async throws {
        guard geteuid() == 0 else { return }
        let world = try await World()
        let script = """
            \(mounting)
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
