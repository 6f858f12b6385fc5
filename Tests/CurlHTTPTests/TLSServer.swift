import Foundation
import Glibc
import TestSupport

/// `openssl s_server` as a child process, with a certificate for `localhost` of its own making. Shows what it received
/// and sends what it is given.
final class TLSServer: Sendable {
    let folder: TemporaryFolder
    /// Also its own authority.
    let certificate: String
    /// Everything the server printed, decrypted requests among it.
    let output = EventWaiter<String>("")
    private let process = Process()
    private let input = Pipe()

    init() async throws {
        folder = try TemporaryFolder()
        certificate = try await Self.makeCertificate(in: folder, "server")
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", folder.file("server.key"),
        ]
        let pipe = Pipe()
        process.standardInput = input
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let output = output
        let descriptor = dup(pipe.fileHandleForReading.fileDescriptor)
        Thread.detachNewThread {
            var room = [UInt8](repeating: 0, count: 4096)
            while case let count = read(descriptor, &room, room.count), count > 0 {
                let piece = String(decoding: room.prefix(count), as: UTF8.self)
                output.update { $0 += piece }
            }
            close(descriptor)
        }
    }

    /// Known once the server listens.
    var port: Int {
        get async throws {
            try await output.wait(for: "openssl to listen") { Self.port(in: $0) != nil }
            return Self.port(in: output.state) ?? 0
        }
    }

    func send(_ text: String) {
        input.fileHandleForWriting.write(Data(text.utf8))
    }

    /// Does not wait for the end: that would block a task's thread. Not `terminate()`: a child inherits the signals
    /// that the thread it was started from had blocked.
    func stop() {
        kill(process.processIdentifier, SIGKILL)
    }

    /// Makes `NAME.pem` and `NAME.key`: self-signed, for `localhost`.
    static func makeCertificate(in folder: TemporaryFolder, _ name: String) async throws -> String {
        try await run([
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-keyout", folder.file("\(name).key"), "-out", folder.file("\(name).pem"), "-days", "2",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
        ])
        return folder.file("\(name).pem")
    }

    /// From the line "ACCEPT 127.0.0.1:40123".
    private static func port(in output: String) -> Int? {
        for line in output.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            if line.hasPrefix("ACCEPT "), let port = line.split(separator: ":").last.flatMap({ Int($0) }) {
                return port
            }
        }
        return nil
    }
}
