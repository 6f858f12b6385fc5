/// The words that people type in front of a command, such as `/cluster`: each chat platform has its own.
package struct CommandWords: Hashable, Sendable, ExpressibleByStringLiteral {
    private let byPlatform: [String: String]
    /// The word where a platform has none, as on a terminal.
    private let usual: String

    /// - Parameter byPlatform: the words by the platforms' names.
    package init(_ byPlatform: [String: String], usual: String = "/cluster") {
        self.byPlatform = byPlatform
        self.usual = usual
    }

    /// Takes one word for every platform.
    package init(stringLiteral word: String) { self.init([:], usual: word) }

    /// The word that is typed in a channel.
    package subscript(_ channel: Channel) -> String { byPlatform[channel.platform] ?? usual }

    /// Every word that a pasted line may begin with, in lower case.
    var all: Set<String> { Set((byPlatform.isEmpty ? [usual] : Array(byPlatform.values)).map { $0.lowercased() }) }
}
