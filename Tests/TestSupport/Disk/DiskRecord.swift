import Foundation

/// One thing that a program did to its disk, or said, in the order in which it happened.
package struct DiskRecord: Sendable {
    package enum Event: Sendable {
        case created
        case madeFolder
        case removed
        case renamed(to: String)
        case written(offset: Int, bytes: [UInt8])
        case cut(length: Int)
        case synced
        case said(String)
        case notSynced
    }

    /// Relative to the folder that is watched, which is the empty path itself.
    package let path: String
    package let event: Event

    package struct Unreadable: Error {}
    private struct CutOff: Error {}

    /// - Parameter log: `struct record` of `failing_disk.c`, one behind the other. Of the last one there may be a part: the
    ///   program ended while one of its threads wrote it.
    package static func all(in log: Data) throws -> [DiskRecord] {
        var records: [DiskRecord] = []
        var rest = log[...]
        while !rest.isEmpty {
            do {
                records.append(try DiskRecord(next: &rest))
            } catch is CutOff {
                break
            }
        }
        return records
    }

    private init(next rest: inout Data) throws {
        func take(_ count: Int) throws -> Data {
            guard rest.count >= count else { throw CutOff() }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }
        func number(_ size: Int) throws -> Int {
            try take(size).reversed().reduce(0) { $0 << 8 | Int($1) }
        }
        let (kind, pathLength) = (try number(4), try number(4))
        let (offset, length) = (try number(8), try number(8))
        path = String(decoding: try take(pathLength), as: UTF8.self)
        switch kind {
        case 1: event = .created
        case 2: event = .madeFolder
        case 3: event = .removed
        case 4: event = .renamed(to: String(decoding: try take(length), as: UTF8.self))
        case 5: event = .written(offset: offset, bytes: Array(try take(length)))
        case 6: event = .cut(length: length)
        case 7: event = .synced
        case 8: event = .said(String(decoding: try take(length), as: UTF8.self))
        case 9: event = .notSynced
        default: throw Unreadable()
        }
    }
}
