/// Gathers what libcurl hands over of a reply, within limits that are counted here: libcurl's own do not cover bodies
/// of unknown length in every version.
struct ReplyCollector {
    /// The most bytes of headers. Real replies have a tenth of this; the cost of a hostile one is bounded.
    static let maximumHeaderBytes = 64 * 1024
    static let maximumHeaderLines = 100

    private(set) var headers: [(name: String, value: String)] = []
    private(set) var body: [UInt8] = []
    private let maximumBodyBytes: Int
    // Over the whole exchange, interim replies and trailers included, so that an endless row of small ones ends too.
    private var headerBytes = 0
    private var headerLines = 0
    private var block = Block.expected

    /// libcurl delivers the lines of every block of headers in the exchange: interim replies, the reply, trailers.
    private enum Block {
        case expected
        case interim
        case final
        case finished
    }

    /// Whether the headers of the reply itself, not of an interim one, have come to their end.
    var hasAllHeaders: Bool { block == .finished }

    init(maximumBodyBytes: Int) {
        self.maximumBodyBytes = maximumBodyBytes
    }

    /// Takes one header line with its line break; false if that is too much.
    mutating func takeHeaderLine(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        headerBytes += line.count
        headerLines += 1
        guard headerBytes <= Self.maximumHeaderBytes, headerLines <= Self.maximumHeaderLines else { return false }
        var text = line[...]
        while let last = text.last, Self.isBlank(last) { text = text.dropLast() }
        switch block {
        case .expected:
            headers = []
            // "HTTP/1.1 103 …": the first digit after the blank tells interim replies from the real one.
            let status = text.drop { $0 != UInt8(ascii: " ") }.dropFirst().first
            block = status == UInt8(ascii: "1") ? .interim : .final
        case .interim where text.isEmpty: block = .expected
        case .final where text.isEmpty: block = .finished
        case .interim, .final: takeField(text)
        case .finished: break
        }
        return true
    }

    /// Takes a piece of the body; false if that is too much.
    mutating func takeBody(_ piece: UnsafeBufferPointer<UInt8>) -> Bool {
        guard piece.count <= maximumBodyBytes - body.count else { return false }
        body.append(contentsOf: piece)
        return true
    }

    private mutating func takeField(_ text: Slice<UnsafeBufferPointer<UInt8>>) {
        if let first = text.first, Self.isBlank(first) {
            // The continuation of a folded line: obsolete, still seen.
            guard let last = headers.indices.last else { return }
            headers[last].value += " " + Self.string(text.drop(while: Self.isBlank))
            return
        }
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return }
        let value = text[text.index(after: colon)...].drop(while: Self.isBlank)
        headers.append((Self.string(text[..<colon]), Self.string(value)))
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
            || byte == UInt8(ascii: "\n")
    }

    private static func string(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
