import BotCore
import Foundation
import TestSupport
import Testing

@testable import BotStore

/// A store that cannot be where it is named, and what is said about it.
@Suite struct BrokenPlaceTests {
    /// What is in the folder before, the store's path in it, and the words that say what to do.
    struct Place: Sendable, CustomTestStringConvertible {
        let path: String
        var folders: [String] = []
        var files: [String] = []
        let words: [String]

        var testDescription: String { "\(path) beside \(folders + files)" }
    }

    @Test(arguments: [
        Place(path: "a/b/x.db", words: ["does not exist", "Create it, or fix `store`"]),
        Place(path: "file/x.db", files: ["file"], words: ["Not a directory", "Name a file in a folder"]),
        Place(path: "\(String(repeating: "x", count: 300)).db", words: ["File name too long", "under `store`"]),
        Place(path: "x.db", folders: ["x.db.lock"], words: ["lock file", "Is a directory", "under `store`"]),
        Place(path: "x.db", folders: ["x.db.marker"], words: ["marker", "Is a directory", "under `store`"]),
        Place(path: "file", files: ["file"], words: ["is not a clusterbot store", "Name another file under `store`"]),
    ])
    func aPlaceThatCannotHoldAStoreIsSaidWithWhatToDo(place: Place) throws {
        let folder = try TemporaryFolder()
        for name in place.folders {
            try FileManager.default.createDirectory(atPath: folder.file(name), withIntermediateDirectories: true)
        }
        for name in place.files { try folder.write("no database, just a text that is long enough", to: name) }
        let error = #expect(throws: StoreError.self) { try SQLiteStore(path: folder.file(place.path)) }
        for words in place.words { #expect(error?.description.contains(words) == true, "\(String(describing: error))") }
    }

    /// The group of this process may be the service's own, as Kubernetes makes it; everybody may not.
    @Test(arguments: [
        ("data", 0o757, false), ("data/x.db", 0o602, false), ("data", 0o1777, false), ("data", 0o770, true),
    ])
    func aStoreThatOthersCanChangeIsNotOpened(name: String, mode: Int, isOpened: Bool) async throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.file("data"), withIntermediateDirectories: true)
        try await SQLiteStore(path: folder.file("data/x.db")).close()
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.file(name))
        guard !isOpened else { return try await SQLiteStore(path: folder.file("data/x.db")).close() }
        let error = #expect(throws: StoreError.self) { try SQLiteStore(path: folder.file("data/x.db")) }
        #expect(
            error?.description.contains(
                mode == 0o1777 ? "a folder of the service's own" : "run `chmod go-w \(folder.file(name))`"
            ) == true,
            "\(String(describing: error))"
        )
    }

    /// Root's commands may work on the store of a service that is another user.
    @Test(arguments: ["data", "data/x.db"])
    func aStoreOfAnotherUserIsNotOpened(name: String) async throws {
        guard geteuid() == 0 else { return }
        let folder = try TemporaryFolder()
        try await SQLiteStore(path: folder.file("data/x.db")).close()
        #expect(chown(folder.file(name), 54321, 54321) == 0)
        let error = #expect(throws: StoreError.self) { try SQLiteStore(path: folder.file("data/x.db")) }
        for words in ["belongs to uid 54321", "run `chown root \(folder.file(name))`"] {
            #expect(error?.description.contains(words) == true, "\(String(describing: error))")
        }
        try await SQLiteStore(path: folder.file("data/x.db"), trustsOwners: true).close()
    }

    /// Whoever can turn a link round decides which store is opened; nothing is made behind it.
    @Test(arguments: [0o755, 0o777])
    func aLinkToTheStoreThatOthersCanTurnRoundIsNotFollowed(mode: Int) async throws {
        let folder = try TemporaryFolder()
        for name in ["real", "open"] {
            try FileManager.default.createDirectory(
                atPath: folder.file(name),
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o755]
            )
        }
        for (link, target) in [("data", "open/l"), ("open/l", "../real")] {
            try FileManager.default.createSymbolicLink(atPath: folder.file(link), withDestinationPath: target)
        }
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.file("open"))
        guard mode != 0o755 else { return try await SQLiteStore(path: folder.file("data/x.db")).close() }
        let error = #expect(throws: StoreError.self) { try SQLiteStore(path: folder.file("data/x.db")) }
        #expect(
            error?.description.contains("others can change \(folder.file("open")) on its way") == true,
            "\(String(describing: error))"
        )
        #expect(!FileManager.default.fileExists(atPath: folder.file("real/x.db")))
    }

    @Test(arguments: [
        (EACCES, "Let the user that runs clusterbot read and write there"), (EPERM, "read and write there"),
        (EROFS, "Mount that file system writable"), (ENOSPC, "Make room on that disk"), (EDQUOT, "Make room"),
        (EMFILE, "LimitNOFILE"), (EIO, "Check the disk"),
    ])
    func everyErrorOfTheSystemHasItsRemedy(number: Int32, words: String) {
        #expect(errorSentence(number).contains(words))
        #expect(errorSentence(number).hasPrefix(String(cString: strerror(number)) + ". "))
    }
}
