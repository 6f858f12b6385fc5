/// The characters of a text with what they draw where they stand: the form of an emoji is drawn with it.
package struct VisibleScalars: Sequence, IteratorProtocol {
    private let text: String.UnicodeScalarView
    private var position: String.Index
    private var previous: Unicode.Scalar?

    init(_ text: String.UnicodeScalarView) {
        self.text = text
        position = text.startIndex
    }

    package mutating func next() -> (scalar: Unicode.Scalar, visibility: Visibility)? {
        guard position < text.endIndex else { return nil }
        let scalar = text[position]
        text.formIndex(after: &position)
        defer { previous = scalar }
        return (scalar, scalar.selectsForm(of: previous) ? .drawn : scalar.visibility)
    }
}
