import Testing

@testable import BotServer

@Suite struct ConnectionLimitsTests {
    /// Whatever the process may have, all that may be open at once is less.
    @Test(arguments: [192, 200, 256, 1024, 4096, 65536])
    func descriptorsCannotRunOut(descriptors: Int) {
        let limits = ConnectionLimits(descriptors: descriptors)
        let burst = 3 * Connections.acceptedAtOnce
        let all = limits.public + limits.private + limits.socket + limits.transfers + burst + ConnectionLimits.ownFiles
        #expect(all <= descriptors)
        #expect(!limits.isTight)
        #expect(limits.private == 32)
    }

    @Test func manyDescriptorsAreNoReasonForManyConnections() {
        #expect(ConnectionLimits(descriptors: 65536).public == 1024)
        #expect(ConnectionLimits(descriptors: 256).public == 84)
    }

    @Test func whatIsTooLittleIsSaid() {
        let limits = ConnectionLimits(descriptors: 100)
        #expect(limits.isTight && limits.public == 8)
    }
}
