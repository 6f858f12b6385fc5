/// The web address of a message, as its platform gave it. Nothing else makes one: what people or the cluster API wrote never
/// becomes a link.
package struct PostLink: Hashable, Sendable {
    /// `https://acme.chat.example/C0OPS/1800000000000100`
    package let url: String

    private static let longest = 500
    private static let signs = Set("-._~/:?#@!$&=+,;%".unicodeScalars)

    /// Nil for what is no address of a page, or holds a character that could end the link somewhere.
    package init?(_ url: String) {
        guard url.hasPrefix("https://") || url.hasPrefix("http://"), url.utf8.count <= Self.longest,
            url.unicodeScalars.allSatisfy({
                ($0.isASCII && $0.properties.isAlphabetic) || ("0"..."9").contains($0) || Self.signs.contains($0)
            })
        else { return nil }
        self.url = url
    }
}
