import Foundation
import TestSupport
import Testing

/// The samples for a policy in CI: their commands, run as a job would run them, on the sample for several teams.
@Suite(.timeLimit(.minutes(3)))
struct PolicyInCITests {
    private static let samples = TestFolder.file("../config")

    /// The words with which the commands of a job begin. Only root can give files away.
    private static let words = ["clusterbot ", "chmod "] + (geteuid() == 0 ? ["chown "] : [])

    /// The commands of a job, with what it runs in front of them taken away: `- run: ` or `- `.
    static func commands(of file: String) throws -> [String] {
        try String(contentsOfFile: "\(samples)/ci/\(file)", encoding: .utf8).split(separator: "\n").compactMap { line in
            let line = line.trimmingPrefix(#/ *- (run: )?/#)
            return words.contains(where: line.hasPrefix) ? String(line) : nil
        }
    }

    /// A folder as a repository with the policy would be checked out: everybody may write it, and another user owns it.
    private func checkout() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let path = folder.file("policy")
        try FileManager.default.copyItem(atPath: "\(Self.samples)/teams", toPath: path)
        for file in try FileManager.default.subpathsOfDirectory(atPath: path) + ["."] {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: "\(path)/\(file)", isDirectory: &isFolder)
            try FileManager.default.setAttributes(
                [.posixPermissions: isFolder.boolValue ? 0o777 : 0o666],
                ofItemAtPath: "\(path)/\(file)"
            )
            if geteuid() == 0 { #expect(chown("\(path)/\(file)", 54321, 54321) == 0) }
        }
        return folder
    }

    private func run(_ file: String, in folder: TemporaryFolder) async throws -> (exit: Int32, output: String) {
        let program = URL(fileURLWithPath: Tools.clusterbot).deletingLastPathComponent().path
        let script =
            "cd '\(folder.file("policy"))'; PATH=\(program):$PATH\nset -e\n"
            + (try Self.commands(of: file)).joined(separator: "\n")
        let run = try await ChildProcess.run("/bin/sh", ["-c", script])
        return (run.exit, run.output + "\n" + run.errors)
    }

    @Test(arguments: ["github-actions.yaml", "gitlab-ci.yml"])
    func theSampleForTeamsPasses(file: String) async throws {
        #expect(try Self.commands(of: file).count == Self.words.count + 1)
        let folder = try checkout()
        let run = try await run(file, in: folder)
        #expect(run.exit == 0, "\(run.output)")
        #expect(run.output.contains("clusterbot.yaml is fine") && run.output.contains("cases hold"), "\(run.output)")
        #expect(!run.output.contains("warning"), "\(run.output)")
    }

    /// What a careless change of a team's own file would let through.
    @Test(arguments: ["github-actions.yaml", "gitlab-ci.yml"])
    func aChangeThatBreaksACaseFails(file: String) async throws {
        let folder = try checkout()
        let path = folder.file("policy/policy.d/nlp.yaml")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try text.replacing("additional_nodes: 2", with: "additional_nodes: 200").write(
            toFile: path,
            atomically: true,
            encoding: .utf8
        )
        let run = try await run(file, in: folder)
        #expect(run.exit == 1)
        #expect(run.output.contains("eve in nlp-ops: `52 scale 3` should be approvals."), "\(run.output)")
    }

    /// A team that comes without its groups.
    @Test func aTeamWithoutItsGroupsIsFound() async throws {
        let folder = try checkout()
        let path = folder.file("policy/clusterbot.yaml")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try text.replacing("team: [vision, nlp]", with: "team: [vision, nlp, speech]")
            .replacing("env: dev, team: nlp}}", with: "env: dev, team: speech}}")
            .write(toFile: path, atomically: true, encoding: .utf8)
        let run = try await run("gitlab-ci.yml", in: folder)
        #expect(run.exit == 1)
        #expect(
            run.output.contains("`{team}` becomes `speech` on `nlp-dev`, which is not one of `groups`"),
            "\(run.output)"
        )
    }
}
