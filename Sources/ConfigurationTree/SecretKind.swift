/// What a secret is for, and thereby what it can look like. One that cannot be right would let every request be refused, at
/// the first command instead of here.
package struct SecretKind: Sendable {
    /// With its article: `a key or token`.
    package let what: String
    /// What it looks like, behind "is".
    package let form: String
    /// Whether a text without blanks can be one.
    package let fits: @Sendable (String) -> Bool

    package init(what: String, form: String, fits: @escaping @Sendable (String) -> Bool) {
        self.what = what
        self.form = form
        self.fits = fits
    }

    /// A key or token of the cluster API, whose form nobody has written down.
    package static let apiCredential = SecretKind(what: "a key or token", form: "one word of visible ASCII characters")
    { _ in
        true
    }
    /// Why a value cannot be right, in the words behind "holds" or "is", and what to do; nil if it can. Says nothing of what
    /// the value holds.
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
