import Foundation
import Sandbox
import TestSupport
import Testing

/// Who may reach the service at its socket, with real users of the machine.
@Suite(.enabled(if: SystemUser.canBeOthers, "only root can be other users"), .timeLimit(.minutes(20)))
struct SocketTests {
    /// A world whose service may run as another user: its store and its socket are in folders of that user.
    private func world(_ service: SystemUser, bob: SystemUser, group: String = SystemUser.group) async throws -> World {
        let socket = #"{path: run/ops.sock, group: \#(group), host: bot1, channel: "slack:T0001/C0OPS"}"#
        let world = try await World {
            $0.replacing(
                #"server: {listen: "127.0.0.1:0"}"#,
                with: #"server: {listen: "127.0.0.1:0", socket: \#(socket)}"#
            ).replacing("store: sqlite:clusterbot.db", with: "store: sqlite:state/clusterbot.db")
                .replacing(
                    #"{name: bob, accounts: ["slack:T0001/U0BOB"]}"#,
                    with: #"{name: bob, accounts: ["slack:T0001/U0BOB", "os:bot1/\#(bob.uid)"]}"#
                )
        }
        for folder in ["run", "state"] { try service.own(world.folder.file(folder)) }
        let manager = FileManager.default
        try manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: world.folder.path)
        try manager.setAttributes([.posixPermissions: 0o644], ofItemAtPath: world.configuration)
        return world
    }

    /// Leaves the outcome of #1 unknown, a restart that no read can prove.
    private func lose(_ world: World) async throws {
        await world.cloud.add(CloudFault(.dropAfter, method: "PUT"))
        try await world.amy("/cluster 43 restart workers")
        try await world.sees("unknown")
    }

    @Test func theSocketLetsInWhomItShall() async throws {
        let (service, member) = (try await SystemUser.service(), try await SystemUser.member())
        let outsider = try await SystemUser.outsider()
        let world = try await world(service, bob: member)
        let bot = try await world.startBot(user: service)
        try await lose(world)
        let manager = FileManager.default
        let socket = try manager.attributesOfItem(atPath: world.folder.file("run/ops.sock"))
        #expect(socket[.posixPermissions] as? Int == 0o660)
        #expect(socket[.groupOwnerAccountName] as? String == SystemUser.group)
        let folder = try manager.attributesOfItem(atPath: world.folder.file("run"))
        #expect(folder[.posixPermissions] as? Int == 0o710)
        #expect(folder[.groupOwnerAccountName] as? String == SystemUser.group)
        for user in [outsider, member.asOverflow] {
            let refused = try await world.run("changes", "resolve", "1", "--succeeded", "--reason", "r", user: user)
            #expect(refused.exit == 1)
            #expect(refused.errors.contains("may not connect to"), "\(refused.errors)")
            #expect(refused.errors.contains("usermod --append --groups \(SystemUser.group)"), "\(refused.errors)")
        }
        // Root and the service's user may connect; they are nobody's accounts.
        for user in [nil, service] {
            let unlisted = try await world.run("changes", "resolve", "1", "--succeeded", "--reason", "r", user: user)
            #expect(unlisted.errors.contains("There is no change #1 for you."), "\(unlisted.errors)")
        }
        let settled = try await world.run("changes", "resolve", "1", "--succeeded", "--reason", "r", user: member)
        #expect(settled.exit == 0, "\(settled.errors)")
        try await world.sees("bob settled it as succeeded.")
        #expect(try await bot.stop() == 0)
        // Without a service only whoever may open the store can do it alone.
        let alone = try await world.run("changes", "resolve", "1", "--failed", "--reason", "r", user: member)
        #expect(alone.exit == 1)
        #expect(alone.errors.contains("No service listens on"), "\(alone.errors)")
        try await world.end()
    }

    @Test func aGroupThatTheServiceIsNotInIsSaid() async throws {
        let (outsider, member) = (try await SystemUser.outsider(), try await SystemUser.member())
        for (group, words) in [
            (SystemUser.group, "The service's user is no member of the group \(SystemUser.group)"),
            ("clusterbot-none", "There is no system group clusterbot-none"),
        ] {
            let world = try await world(outsider, bob: member, group: group)
            let refused = try await world.run("serve", user: outsider)
            #expect(refused.exit == 1)
            #expect(refused.errors.contains(words), "\(refused.errors)")
            try await world.end()
        }
    }

    /// A folder with rights for another group is left as it is.
    @Test func aFolderOfAnotherGroupIsNotTaken() async throws {
        let (service, member) = (try await SystemUser.service(), try await SystemUser.member())
        let world = try await world(service, bob: member)
        let folder = world.folder.file("run")
        try FileManager.default.setAttributes([.posixPermissions: 0o750], ofItemAtPath: folder)
        let refused = try await world.run("serve", user: service)
        #expect(refused.exit == 1)
        #expect(refused.errors.contains("chgrp \(SystemUser.group)"), "\(refused.errors)")
        let found = try FileManager.default.attributesOfItem(atPath: folder)
        #expect(found[.posixPermissions] as? Int == 0o750)
        #expect(found[.groupOwnerAccountID] as? Int == Int(service.uid))
        try await world.end()
    }

    @Test func whatStandsInTheSocketsPlaceIsLeftThere() async throws {
        let (service, member) = (try await SystemUser.service(), try await SystemUser.member())
        let world = try await world(service, bob: member)
        let path = try world.folder.write("precious", to: "run/ops.sock")
        let refused = try await world.run("serve", user: service)
        #expect(refused.exit == 1)
        #expect(refused.errors.contains("is there already and is no socket"), "\(refused.errors)")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
        try await world.end()
    }

    @Test func aSocketAtWhichAnotherServiceListensIsLeftAlone() async throws {
        let (service, member) = (try await SystemUser.service(), try await SystemUser.member())
        let world = try await world(service, bob: member)
        let bot = try await world.startBot(user: service)
        try await lose(world)
        let text = try String(contentsOfFile: world.configuration, encoding: .utf8)
        let other = try world.folder.write(
            text.replacing("sqlite:state/clusterbot.db", with: "sqlite:state/other.db"),
            to: "other.yaml"
        )
        let command = service.prefix + [Tools.clusterbot, "serve", "--config", other]
        let refused = try await ChildProcess.run(
            command[0],
            Array(command.dropFirst()),
            environment: World.secrets
        )
        #expect(refused.exit == 1)
        #expect(refused.errors.contains("Another process listens on"), "\(refused.errors)")
        let settled = try await world.run("changes", "resolve", "1", "--succeeded", "--reason", "r", user: member)
        #expect(settled.exit == 0, "\(settled.errors)")
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// What a service that was killed left is in nobody's way.
    @Test func aSocketThatAKilledServiceLeftIsReplaced() async throws {
        let (service, member) = (try await SystemUser.service(), try await SystemUser.member())
        let world = try await world(service, bob: member)
        try await world.startBot(user: service).process.killNow()
        #expect(FileManager.default.fileExists(atPath: world.folder.file("run/ops.sock")))
        let bot = try await world.startBot(user: service)
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    /// Root restores, and the service's user can open what is there.
    @Test func aRestoredStoreBelongsToTheServicesUser() async throws {
        let (service, member) = (try await SystemUser.service(), try await SystemUser.member())
        let world = try await world(service, bob: member)
        var bot = try await world.startBot(user: service)
        let backup = world.folder.file("backup.db")
        #expect(try await world.run("backup", backup).exit == 0)
        try await world.amy("/cluster 43 scale 1")
        try await world.sees("– done")
        try await bot.process.killNow()
        let restored = try await world.run("restore", backup)
        #expect(restored.exit == 0, "\(restored.errors)")
        let found = try FileManager.default.attributesOfItem(atPath: world.folder.file("state/clusterbot.db"))
        #expect(found[.ownerAccountID] as? Int == Int(service.uid))
        #expect(found[.posixPermissions] as? Int == 0o600)
        bot = try await world.startBot(user: service)
        try await world.amy("/cluster 43 scale 1")
        try await world.isTold("clusterbot release", "U0AMY")
        #expect(await world.cloud.actions.count == 1)
        #expect(try await bot.stop() == 0)
        try await world.end()
    }

    @Test func membersOfTheGroupSayCommandsAndOthersDoNot() async throws {
        let (service, member) = (try await SystemUser.service(), try await SystemUser.member())
        let world = try await world(service, bob: member)
        let bot = try await world.startBot(user: service)
        let outside = try await world.run("say", "43 scale 1", user: try await SystemUser.outsider())
        #expect(outside.exit == 3 && outside.errors.contains("may not connect to"), "\(outside)")
        #expect(try await world.run("changes", "list", "--json", user: service).output == "[]")
        let done = try await world.run("say", "43 scale 1", user: member)
        #expect(done.exit == 0, "\(done)")
        try await world.sees("– done")
        #expect(try await bot.stop() == 0)
        try await world.end()
    }
}
