import BotCore
import CCurl
import ChatKit
import Foundation
import SlackChat

/// The body of a slash command: what the bot makes of it is what libcurl's decoder and the written rules make of it.
enum FormCheck {
    static func run(_ input: [UInt8]) throws {
        let request = Door.receive(.commands, input)
        let expected = Self.expected(SecondForm.fields(input))
        switch request {
        case .answer(let answer):
            try require(
                answer.outcome.rawValue == expected,
                "answered as \(answer.outcome.rawValue), expected \(expected)"
            )
            try require(answer.status == (expected == "malformed" ? 400 : 200), "status \(answer.status)")
            guard answer.contentType == WebhookAnswer.json else { return }
            try require(ReferenceJSON(answer.body)?.isObject == true, "the answer is no JSON")
        case .click: throw BrokenProperty("a form became a click")
        case .command(let command):
            try require(expected == "command", "became a command, expected \(expected)")
            try compare(command, SecondForm.fields(input) ?? [:], input)
        }
    }

    /// The word for what the rules say about these fields; `command` for one that is to be carried out.
    private static func expected(_ fields: [String: String]?) -> String {
        guard let fields else { return "malformed" }
        if fields["ssl_check"] == "1" { return "ssl_check" }
        let needed = ["api_app_id", "team_id", "command", "user_id", "channel_id"].map { fields[$0] }
        guard !needed.contains(nil) else { return "malformed" }
        guard needed[0] == "A0001" else { return "foreign_app" }
        guard ["T0001", "T0002"].contains(needed[1]) else { return "foreign_workspace" }
        guard [needed[3], needed[4]].allSatisfy({ isID($0 ?? "") }) else { return "malformed" }
        return needed[2] == "/cluster" ? "command" : "unknown_command"
    }

    private static let idCharacters = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".unicodeScalars)

    static func isID(_ text: String) -> Bool {
        (1...64).contains(text.unicodeScalars.count) && text.unicodeScalars.allSatisfy(idCharacters.contains)
    }

    private static func compare(_ command: InboundCommand, _ fields: [String: String], _ input: [UInt8]) throws {
        let typed = fields["text"] ?? ""
        try require(
            command.account
                == Account(platform: "slack", workspace: fields["team_id"] ?? "", user: fields["user_id"] ?? ""),
            "another account: \(command.account)"
        )
        try require(command.channel.id == fields["channel_id"], "another channel")
        try require(command.typedAt == Door.now, "another time")
        try require(command.displayName.count <= 80, "a name of \(command.displayName.count) characters")
        try require(command.text == SlackText.plain(typed), "another text")
        try require(command.text.utf8.count <= typed.utf8.count, "the text grew")
        if !typed.utf8.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }) {
            try require(Array(command.text.utf8) == Array(typed.utf8), "a plain text was changed")
        }
        let trigger = fields["trigger_id"] ?? ""
        let count = trigger.prefix { $0.isASCII && $0.isNumber }.prefix(20)
        let named =
            trigger.isEmpty
            ? "slack:" + sha256Hex(Array("\(Door.now.seconds).".utf8) + input) : "slack:\(count):" + sha256Hex(input)
        try require(command.deliveryKey == named, "another delivery")
        if let handle = command.replyHandle {
            try require(handle == fields["response_url"], "answers go elsewhere")
            try require(handle.hasPrefix("https://hooks.slack.com/"), "answers go to \(handle)")
        }
    }
}

/// Form fields by libcurl's decoder and Foundation's UTF-8, with the strictness that is asked for: no broken escape, no
/// NUL, no empty name, no name twice.
enum SecondForm {
    static func fields(_ body: [UInt8]) -> [String: String]? {
        if body.isEmpty { return [:] }
        var fields: [String: String] = [:]
        var start = 0
        while start <= body.count {
            let end = body[start...].firstIndex(of: UInt8(ascii: "&")) ?? body.count
            let pair = Array(body[start..<end])
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.count
            guard let name = decoded(pair[..<equals]), let value = decoded(pair[min(equals + 1, pair.count)...]),
                !name.isEmpty, fields[name] == nil
            else { return nil }
            fields[name] = value
            start = end + 1
        }
        return fields
    }

    private static func decoded(_ text: ArraySlice<UInt8>) -> String? {
        // libcurl leaves a broken escape as it is, and takes the length 0 for "as long as it is".
        if text.isEmpty { return "" }
        var spaced = Array(text)
        for index in spaced.indices {
            if spaced[index] == UInt8(ascii: "+") { spaced[index] = 0x20 }
            guard spaced[index] == UInt8(ascii: "%") else { continue }
            let digits = spaced[(index + 1)...].prefix(2)
            guard digits.count == 2, digits.allSatisfy({ isxdigit(Int32($0)) != 0 }) else { return nil }
        }
        var length: Int32 = 0
        let bytes: Data? = spaced.withUnsafeBytes { raw in
            let start = raw.baseAddress?.assumingMemoryBound(to: CChar.self)
            guard let plain = curl_easy_unescape(nil, start, Int32(raw.count), &length) else { return nil }
            defer { curl_free(plain) }
            return Data(bytes: plain, count: Int(length))
        }
        guard let bytes, !bytes.contains(0) else { return nil }
        return String(data: bytes, encoding: .utf8)
    }
}
