/// The data about people in the API's replies, and the keys that open doors to them: never kept, never shown.
enum PersonalData {
    static let replacement = "[removed]"

    /// Fields whose whole content concerns a person or is a credential.
    private static let fields: Set<String> = [
        "api_key", "apikey", "auth_token", "contact", "contact_person", "created_by", "customer", "email", "first_name",
        "full_name", "last_name", "mobile", "owner", "password", "phone", "primary_email", "private_key", "public_key",
        "reserved_by", "secret", "ssh_key", "token", "updated_by", "user", "username", "users",
    ]

    static func isPersonal(field: String) -> Bool {
        let name = field.lowercased()
        return fields.contains(name) || name.hasSuffix("_by") || name.hasSuffix("_email") || name.hasSuffix("_token")
    }

    /// The text without e-mail addresses, phone numbers in international form and long opaque strings (key bodies, tokens).
    static func removed(from text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        var kept: [Unicode.Scalar] = []
        var position = 0
        while position < scalars.count {
            let end = endOfWord(scalars, position) ?? endOfPhoneNumber(scalars, position)
            if let end {
                kept += Array(replacement.unicodeScalars)
                position = end
                continue
            }
            // The rest of a word that is kept cannot be personal where the whole is not.
            repeat {
                kept.append(scalars[position])
                position += 1
            } while position < scalars.count && isWordPart(scalars[position - 1]) && isWordPart(scalars[position])
        }
        return String(String.UnicodeScalarView(kept))
    }

    /// The end of the word at this position, if it is an e-mail address or too long to be anything but a key.
    private static func endOfWord(_ text: [Unicode.Scalar], _ start: Int) -> Int? {
        // Base64 of the smallest SSH key is longer than this, names of clusters and images and UUIDs are shorter.
        let longestPlainRun = 48
        var end = start
        var run = 0
        var isPersonal = false
        while end < text.count, isWordPart(text[end]) {
            run = isOpaque(text[end]) ? run + 1 : 0
            let isAt = text[end] == "@" || text[end...].starts(with: ["%", "4", "0"])
            if run > longestPlainRun || isAt && end > start && end + 1 < text.count && isWordPart(text[end + 1]) {
                isPersonal = true
            }
            end += 1
        }
        return isPersonal ? end : nil
    }

    private static func endOfPhoneNumber(_ text: [Unicode.Scalar], _ start: Int) -> Int? {
        let fewestDigits = 9
        guard text[start] == "+" else { return nil }
        var end = start + 1
        var lastDigit = start
        var digits = 0
        while end < text.count, isDigit(text[end]) || " -()".unicodeScalars.contains(text[end]) {
            if isDigit(text[end]) {
                digits += 1
                lastDigit = end
            }
            end += 1
        }
        return digits >= fewestDigits ? lastDigit + 1 : nil
    }

    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        isOpaque(scalar) || scalar == "@" || scalar == "%" || scalar == "." || scalar.properties.isAlphabetic
    }

    private static func isOpaque(_ scalar: Unicode.Scalar) -> Bool {
        isDigit(scalar) || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
            || "+/=_-".unicodeScalars.contains(scalar)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}
