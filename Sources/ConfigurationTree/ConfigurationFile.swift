import BotCore
import Foundation

/// Reads files that decide about rights or hold secrets. The permission bits that it checks are those of the very file
/// whose bytes it reads.
package enum ConfigurationFile {
    /// The bytes of a file, with its permission bits.
    package struct Contents {
        package let bytes: [UInt8]
        let mode: UInt32
        let origin: FileOrigin
        /// Who else than root and the user of this process owns it, for messages; nil: nobody.
        let stranger: String?

        package var isWritableByOthers: Bool { mode & 0o022 != 0 }
        /// Whether everybody can read or write it. The group does not count: a service manager may hand a secret over
        /// by it.
        var isOpenToEveryone: Bool { mode & 0o006 != 0 }
    }

    /// The reason why a file could not be read.
    package enum Failure: Error {
        case missing, notReadable, notAFile, tooLarge
    }

    /// The longest file that is read. It has room for about ten thousand clusters, more than any configuration needs.
    package static let maximumBytes = 1 << 20

    /// Reads a regular file of at most `limit` bytes. Symbolic links are followed.
    package static func contents(of path: String, limit: Int) throws(Failure) -> Contents {
        // Without O_NONBLOCK, a named pipe would block here for ever.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw errno == ENOENT || errno == ENOTDIR ? .missing : .notReadable }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .notReadable }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .notReadable }
            guard count > 0 else { break }
            bytes += buffer.prefix(count)
            guard bytes.count <= limit else { throw .tooLarge }
        }
        let modified = status.st_mtim
        return Contents(
            bytes: bytes,
            mode: UInt32(status.st_mode),
            origin: FileOrigin(
                path: path,
                owner: status.st_uid,
                modifiedAt: Timestamp(milliseconds: modified.tv_sec * 1000 + modified.tv_nsec / 1_000_000),
                digest: sha256Hex(bytes)
            ),
            stranger: FileRights(ofOpen: descriptor)?.stranger
        )
    }

    /// Reads the text of the configuration at a path, and where it comes from; nil if a problem was logged instead.
    /// - Parameters:
    ///   - givesRights: whether what stands in it decides about rights, so that nobody else may change it.
    ///   - trustsOwners: whether it and its folder may belong to any user all the same.
    package static func text(
        of path: String,
        givesRights: Bool = true,
        trustsOwners: Bool = false,
        _ log: ProblemLog
    ) -> (text: String, origin: FileOrigin)? {
        let contents: Contents
        do {
            contents = try Self.contents(of: path, limit: maximumBytes)
        } catch {
            switch error {
            case .missing: log.problem(.start, "there is no such file; name the configuration with `--config FILE`")
            case .notReadable:
                log.problem(.start, "the file cannot be read; give the user that runs clusterbot read permission")
            case .notAFile:
                log.problem(.start, "this is not a regular file; name one that holds YAML")
            case .tooLarge:
                log.problem(.start, "the file is larger than \(maximumBytes / 1024) KiB; no configuration needs that")
            }
            return nil
        }
        if givesRights {
            for problem in weaknesses(of: contents, at: path, trustsOwners) { log.problem(.start, problem) }
        }
        return text(contents.bytes, log).map { ($0, contents.origin) }
    }

    /// Says by what others can change a file, and what to do. A person who can write the policy has every right in it.
    private static func weaknesses(of contents: Contents, at path: String, _ trustsOwners: Bool) -> [String] {
        var found: [String] = []
        if contents.isWritableByOthers {
            found.append("the file can be changed by its group or by everybody; run `chmod go-w` on it")
        }
        if let stranger = contents.stranger, !trustsOwners {
            found.append(
                "the file belongs to \(stranger), who can change it; give it to root, `chown root \(path)`, or run this as "
                    + "that user"
            )
        }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let rights = FileRights(of: folder)
        if let rights, rights.othersMayChange, !rights.keepsApart {
            found.append("others can put another file in this one's place; run `chmod go-w \(folder)`")
        }
        if let stranger = rights?.stranger, !trustsOwners {
            found.append(
                "the folder \(folder) belongs to \(stranger), who can put another file in this one's place; give it to root, "
                    + "`chown root \(folder)`, or run this as that user"
            )
        }
        if let step = TrustedWay.weakStep(to: path) {
            found.append(
                "a link leads to this file, and others can change \(step) on its way; name the file itself, or give that "
                    + "to root and run `chmod go-w` on it"
            )
        }
        return found
    }

    /// Decodes strictly: invalid UTF-8, control characters, and those that readers do not see or take for others are
    /// problems, a byte order mark is not.
    package static func text(_ bytes: [UInt8], _ log: ProblemLog) -> String? {
        var isClean = true
        var line = 1
        var column = 0
        var parser = Unicode.UTF8.ForwardParser()
        var rest =
            bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3).makeIterator() : bytes[...].makeIterator()
        var text = String.UnicodeScalarView()
        scalars: while true {
            column += 1
            switch parser.parseScalar(from: &rest) {
            case .emptyInput: break scalars
            case .error:
                log.problem(Place(line: line, column: column), "these bytes are not UTF-8; save the file as UTF-8")
                return nil
            case .valid(let encoded):
                let scalar = Unicode.UTF8.decode(encoded)
                text.append(scalar)
                if scalar == "\n" { (line, column) = (line + 1, 0) }
                guard scalar.isControl, !"\n\r\t".unicodeScalars.contains(scalar) else {
                    continue
                }
                let hex = String(scalar.value, radix: 16, uppercase: true)
                log.problem(
                    Place(line: line, column: column),
                    "an invisible control character (U+\(hex)) stands here; remove it"
                )
                isClean = false
            }
        }
        guard isClean, SuspectCharacters.areNone(in: String(text), log) else { return nil }
        return String(text)
    }
}
