/// A conversation to be played: what people type and click, and what must be seen then. One step a line.
struct PlayScript: Sendable {
    enum Step: Sendable, Hashable {
        /// `amy: /cluster 42 scale 4`
        case types(person: String, text: String)
        /// `amy clicks Approve`
        case clicks(person: String, label: String)
        /// `#ops shows +4 nodes`: everybody in the channel sees it.
        case channelShows(channel: String, text: String)
        /// `amy sees refused`: only amy sees it.
        case personSees(person: String, text: String)
        /// `the API receives 42 {"action":"scale_cluster"`: what was sent since the last action, the cluster's id in front of the
        /// body; `the API receives nothing`.
        case apiReceives(String)
        /// `15 min later`: time passes at once. Also `s` and `h`.
        case letPass(Duration, words: String)
        /// `in #ops`: where people are from here on.
        case goTo(channel: String)
        /// `# text`: printed.
        case says(String)
    }

    struct Line: Sendable {
        let number: Int
        let step: Step
    }

    let lines: [Line]

    /// Reads a script; throws for the first line that is no step.
    init(_ text: String) throws {
        lines = try text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
            index,
            raw in
            let line = raw.trimmingPrefix { $0 == " " }
            guard !line.isEmpty else { return nil }
            guard let step = Self.step(line) else {
                throw UsageProblem(
                    "Line \(index + 1) of the script is no step: \(line). Steps are `in #ops`, `amy: /cluster 42 scale 4`, "
                        + "`amy clicks Approve`, `#ops shows TEXT`, `amy sees TEXT`, `the API receives TEXT`, `15 min later`, and `# a remark`."
                )
            }
            return Line(number: index + 1, step: step)
        }
    }

    private static func step(_ line: Substring) -> Step? {
        if line.hasPrefix("# ") { return .says(String(line.dropFirst(2))) }
        if line.hasPrefix("in #") { return .goTo(channel: String(line.dropFirst(4))) }
        if line.hasPrefix(apiStart), line.count > apiStart.count {
            return .apiReceives(String(line.dropFirst(apiStart.count)))
        }
        if let span = span(line) { return .letPass(span, words: String(line)) }
        if let (channel, text) = split(line, " shows "), channel.hasPrefix("#") {
            return .channelShows(channel: String(channel.dropFirst()), text: text)
        }
        if let (person, label) = split(line, " clicks "), isName(person) {
            return .clicks(person: person, label: label)
        }
        if let (person, text) = split(line, " sees "), isName(person) { return .personSees(person: person, text: text) }
        if let (person, text) = split(line, ": "), isName(person) { return .types(person: person, text: text) }
        return nil
    }

    private static let apiStart = "the API receives "

    private static func split(_ line: Substring, _ separator: String) -> (String, String)? {
        guard let range = line.firstRange(of: separator) else { return nil }
        let text = String(line[range.upperBound...])
        return text.isEmpty ? nil : (String(line[..<range.lowerBound]), text)
    }

    private static func span(_ line: Substring) -> Duration? {
        let words = line.split(separator: " ")
        let seconds = ["s": 1, "min": 60, "h": 3600]
        guard words.count == 3, words[2] == "later", let count = Int(words[0]), 1...1000 ~= count,
            let unit = seconds[String(words[1])]
        else { return nil }
        return .seconds(count * unit)
    }

    private static func isName(_ text: String) -> Bool { !text.isEmpty && text.allSatisfy { $0.isLetter } }
}

extension PlayScript {
    /// The script that `demo --play` plays unless it is given a file.
    static let standard = """
        in #ops
        # Amy adds nodes. She sees what it comes to, and confirms it.
        amy: /cluster 42 scale 4
        amy sees the card comes here
        #ops shows +4 nodes on prod-train, 8 → 12
        amy clicks Add 4 nodes
        #ops shows – done

        # A restart destroys running jobs, so a second person has to agree. Amy cannot do that herself.
        amy: /cluster 42 restart cluster --reason "driver update"
        #ops shows approve?
        amy clicks Approve
        amy sees You asked for #2 yourself
        bob clicks Approve
        #ops shows prod-train restarted, controller and all 12 nodes – done

        # What is wrong gets a sentence, and what may be meant. Nothing about a change is guessed.
        amy: /cluster 42 retsart cluster
        amy sees Did you mean /cluster 42 restart cluster?
        amy clicks 42 restart cluster
        #ops shows approve?
        amy clicks Withdraw
        #ops shows – withdrawn
        amy: /cluster add four nodes to prod-train --plan
        amy sees +4 nodes on prod-train, 12 → 16
        amy: /cluster 42 scale 100
        amy sees At most 8 nodes at once here
        amy sees 42 scale 8 would be allowed

        # What may she do here, and what does it need?
        amy: /cluster may
        amy sees 42 prod-train

        # Dave is in the channel, but nobody has listed him.
        dave: /cluster 42 restart workers
        dave sees You are not set up yet. Ask #platform-help to add slack:T0001/U0DAVE.

        # Two teams decide on the network. Who has not answered by half the time is called once more.
        amy: /cluster 42 sg remove 3 because the notebook server is gone
        #ops shows approve?
        #security shows approve?
        15 min later
        #ops shows still waits
        #security shows still waits
        bob clicks Approve
        in #security
        erin clicks Approve
        #security shows – done
        in #ops

        # Amy measures something, and wants no changes meanwhile. A lead freezes what customers look at.
        amy: /cluster 43 lock for 1h because I am measuring
        #ops shows amy locked 43 dev-train
        bob: /cluster 43 scale 1
        bob sees is locked by amy
        bob: /cluster freeze "demo for customers" 42 for 2h
        #ops shows bob froze 42 prod-train
        amy: /cluster 42 scale 1
        amy sees is frozen by bob
        2 h later
        #ops shows The freeze F1 of 42 prod-train is over
        #ops shows The lock of 43 dev-train by amy is over

        # Everybody can ask what happened.
        carol: /cluster 42 history
        carol sees History of 42 prod-train
        #cluster-history shows #2
        """
}
