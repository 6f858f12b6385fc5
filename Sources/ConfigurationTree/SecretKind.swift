/// The kind of a secret, by which its form is checked. A wrong secret would otherwise show only at the first command,
/// when every request is refused.
package struct SecretKind: Sendable {
    /// The name of the kind with its article: `a key or token`.
    package let what: String
    /// The form, as the end of a sentence behind "is".
    package let form: String
    /// Returns whether a text without blanks can be one.
    package let fits: @Sendable (String) -> Bool

    package init(what: String, form: String, fits: @escaping @Sendable (String) -> Bool) {
        self.what = what
        self.form = form
        self.fits = fits
    }

    /// A key or token of the cluster API, whose form is not documented.
    package static let apiCredential = SecretKind(what: "a key or token", form: "one word of visible ASCII characters")
    { _ in
        true
    }
    /// Returns why a value cannot be right, as the end of a sentence, and what to do; nil if it can. It reveals nothing
    /// of the value.
    package func problem(of value: String) -> String? {
        if value.isEmpty { return "is empty" }
        let marks: Set<Character> = ["\"", "'", "`", "“", "”", "‘", "’"]
        if let first = value.first, let last = value.last, marks.contains(first) || marks.contains(last) {
            return
                "has quotation marks around it, which are taken for a part of the secret (`docker --env-file` leaves them "
                + "in): remove them"
        }
        if value.prefixMatch(of: /\s*(export\s+)?[A-Za-z_][A-Za-z0-9_]*=(?!=*$)/) != nil {
            return "has `NAME=` in front of the secret: keep only what stands behind it"
        }
        guard value.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return "holds spaces, line breaks or characters that no secret has: \(what) is one word of visible ASCII "
                + "characters"
        }
        return fits(value) ? nil : "is not \(what), which is \(form)"
    }
}
