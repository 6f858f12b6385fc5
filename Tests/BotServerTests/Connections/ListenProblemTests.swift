import BotCore
import Glibc
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import TestSupport
import Testing

@testable import BotServer

/// What those who run the service are told when it cannot listen.
@Suite(.timeLimit(.minutes(3)))
struct ListenProblemTests {
    /// Runs a server that cannot listen, and returns why.
    private func problem(at place: ListenPlace, _ log: LogLines = LogLines()) async -> ListenProblem? {
        let server = BoundedServer(
            name: "test",
            address: place,
            setting: "server.listen",
            maximum: 10,
            clock: SystemClock(),
            logger: log.logger(.debug)
        )
        do {
            try await server.service(Router(context: BasicRequestContext.self)) { _ in }.run()
            return nil
        } catch {
            return error as? ListenProblem
        }
    }

    @Test func aTakenPortIsTaken() async throws {
        let other = try ScriptedServer(always: [.hold])
        defer { other.stop() }
        let log = LogLines()
        let problem = await problem(at: .hostname("127.0.0.1", port: other.port), log)
        #expect(problem?.code == .taken)
        #expect(problem?.description.contains("Cannot listen on 127.0.0.1:\(other.port) (`server.listen`)") == true)
        #expect(log.all.filter { $0.level >= .warning }.isEmpty, "the one who runs it says so, once")
    }

    @Test func anAddressOfAnotherMachineIsNotHere() async {
        let problem = await problem(at: .hostname("192.0.2.7", port: 0))
        #expect(problem?.code == .notHere)
        #expect(problem?.description.contains("this machine has no such address") == true)
    }

    @Test func aNameThatNobodyKnowsIsSaid() async {
        let problem = await problem(at: .hostname("nobody.invalid", port: 0))
        #expect(problem?.code == .unknownName)
        #expect(problem?.description.contains("the name nobody.invalid has no address") == true)
    }

    @Test func aSocketInAFolderThatIsNotThereNamesTheFolder() async throws {
        let folder = try TemporaryFolder()
        let problem = await problem(at: .unixDomainSocket(path: folder.file("none/x.sock")))
        #expect(problem?.description.contains("Cannot make the socket \(folder.file("none/x.sock"))") == true)
        #expect(problem?.description.contains("Its folder must be there") == true)
    }

    @Test(arguments: [
        (EADDRINUSE, "127.0.0.1", 8080, "`ss -ltnp` lists who listens"), (EACCES, "0.0.0.0", 443, "below 1024"),
        (EPERM, "0.0.0.0", 443, "let the reverse proxy in front listen on 443"),
        (EACCES, "0.0.0.0", 8080, "`SocketBindDeny=`"), (EADDRNOTAVAIL, "203.0.113.7", 8080, "`ip addr` lists them"),
        (EMFILE, "127.0.0.1", 8080, "Too many open files"), (EADDRNOTAVAIL, "2001:db8::1", 80, "[2001:db8::1]:80"),
        (EAFNOSUPPORT, "::1", 80, "no such address"),
    ])
    func eachReasonHasItsOwnRemedy(number: Int32, host: String, port: Int, words: String) throws {
        let error = IOError(errnoCode: number, reason: "bind")
        let problem = try #require(ListenProblem(error, at: .hostname(host, port: port), setting: "server.listen"))
        #expect(problem.description.contains(words), "\(problem)")
        #expect(problem.description.contains("Stop it") == (number == EADDRINUSE), "only what is taken can be stopped")
    }

    @Test func anotherErrorIsNoneOfListening() {
        #expect(ListenProblem(CancellationError(), at: .hostname("a", port: 1), setting: "server.listen") == nil)
    }
}
