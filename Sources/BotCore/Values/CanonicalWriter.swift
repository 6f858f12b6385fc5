/// A writer of canonical JSON (RFC 8785), member by member, for texts that are written so often that a dictionary and its
/// sorting would show. Whoever uses it names the members of an object in the order of canonical JSON.
package struct CanonicalWriter {
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// - Parameter capacity: about how many bytes there will be.
    package init(capacity: Int) { bytes.reserveCapacity(capacity) }

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    package mutating func object(_ members: (inout CanonicalWriter) -> Void) {
        nest("{", "}", members)
    }

    package mutating func array<Element>(_ elements: [Element], _ write: (Element, inout CanonicalWriter) -> Void) {
        nest("[", "]") { inner in
            for element in elements {
                inner.separate()
                write(element, &inner)
                inner.needsComma = true
            }
        }
    }

    package mutating func member(_ name: StaticString, _ write: (inout CanonicalWriter) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        write(&self)
        needsComma = true
    }

    package mutating func member(_ name: StaticString, _ text: String?) {
        member(name) { value in if let text { value.string(text) } else { value.null() } }
    }

    package mutating func member(_ name: StaticString, _ number: Int?) {
        member(name) { value in if let number { value.number(number) } else { value.null() } }
    }

    package mutating func member(_ name: StaticString, _ value: JSONValue) {
        member(name) { value.write(into: &$0.bytes) }
    }

    package mutating func string(_ text: String) { JSONValue.write(text, into: &bytes) }

    package mutating func number(_ value: Int) { JSONValue.write(value, into: &bytes) }

    package mutating func null() { bytes.append(contentsOf: "null".utf8) }

    private mutating func nest(_ start: Unicode.Scalar, _ end: Unicode.Scalar, _ body: (inout CanonicalWriter) -> Void)
    {
        bytes.append(UInt8(ascii: start))
        needsComma = false
        body(&self)
        bytes.append(UInt8(ascii: end))
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = false
    }
}
