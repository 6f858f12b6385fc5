/// A journal that cannot be used.
package struct JournalError: Error, CustomStringConvertible {
    let path: String
    let reason: String

    package var description: String { "sandbox journal \(path): \(reason)" }
}
