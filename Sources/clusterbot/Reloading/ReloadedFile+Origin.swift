import BotEngine
import ConfigurationTree
import Glibc

extension ReloadedFile {
    /// - Parameter included: the files that it includes.
    init(_ origin: FileOrigin, included: some Sequence<FileOrigin> = []) {
        self.init(
            path: origin.path,
            owner: Self.name(ofUser: origin.owner),
            modifiedAt: origin.modifiedAt,
            included: included.map { ReloadedFile($0) }
        )
    }

    /// Returns the name of a user of the system; the number where it has none.
    private static func name(ofUser id: uid_t) -> String {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16384)
        return buffer.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress,
                getpwuid_r(id, &entry, start, buffer.count, &found) == 0, let found,
                let name = found.pointee.pw_name
            else { return "\(id)" }
            return String(cString: name)
        }
    }
}
