import BotConfiguration
import BotCore
import BotServer
import ChatKit
import Foundation
import Glibc
import TerminalChat

extension ServiceSocket {
    /// Returns the account of a user of this machine; nil for a number that is nobody's.
    @Sendable func account(uid: UInt32) -> Account? {
        TerminalModule.account(uid: uid, host: host ?? Self.machineName)
    }

    private static var machineName: String {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

extension Configuration {
    /// The path at which the service's socket is looked for: beside the store's real file, whatever links lead there,
    /// unless it is configured.
    var socketPath: String {
        server.socket.path
            ?? OperationsSocket.path(ofStore: URL(fileURLWithPath: storePath).resolvingSymlinksInPath().path)
    }
}

extension ServiceSocket {
    /// Returns the sentence for a user who may not connect: who may, and what to do about it.
    func refusal(_ path: String) -> String {
        let whom =
            group.map { name in
                "the members of the system group \(name) (`usermod --append --groups \(name) YOU`, then log in again)"
            }
            ?? "its owner (`server.socket.group` lets others in)"
        return "Your user (number \(getuid())) may not connect to \(path): it is for \(whom)."
    }
}
