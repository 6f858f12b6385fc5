/// The written form that accounts and channels share.
struct PlatformReference {
    let platform: String
    let workspace: String
    let id: String

    init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":"), let slash = text.lastIndex(of: "/"), colon < slash else {
            return nil
        }
        platform = String(text[..<colon])
        workspace = String(text[text.index(after: colon)..<slash])
        id = String(text[text.index(after: slash)...])
        for part in [platform, workspace, id] where part.isEmpty || !part.utf8.allSatisfy(Self.isAllowed) { return nil }
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
