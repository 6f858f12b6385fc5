import Foundation
import TestSupport
import Testing

@testable import clusterbot

@Suite struct DemoFolderTests {
    @Test(arguments: ["", "/"]) func aLinkIsRefused(end: String) throws {
        let folder = try TemporaryFolder()
        let target = folder.file("target")
        try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: false)
        #expect(throws: Never.self) { try DemoFolder(keep: target + end) }
        let link = folder.file("link")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
        let problem = #expect(throws: UsageProblem.self) { try DemoFolder(keep: link + end) }
        #expect(problem.map { "\($0)".contains("is a link") } == true)
    }
}
