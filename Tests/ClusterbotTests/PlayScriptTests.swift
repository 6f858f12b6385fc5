import Testing

@testable import clusterbot

/// The demo's script: what is a step, and what is not.
struct PlayScriptTests {
    @Test func everyKindOfStepIsUnderstood() throws {
        let script = try PlayScript(
            """
            # A remark
            in #ops
            amy: /cluster 42 scale 4
            amy clicks Confirm

            #ops shows +4 nodes on prod-train, 8 → 12
            bob sees not listed
            """
        )
        #expect(
            script.lines.map(\.step) == [
                .says("A remark"), .goTo(channel: "ops"), .types(person: "amy", text: "/cluster 42 scale 4"),
                .clicks(person: "amy", label: "Confirm"),
                .channelShows(channel: "ops", text: "+4 nodes on prod-train, 8 → 12"),
                .personSees(person: "bob", text: "not listed"),
            ]
        )
        #expect(script.lines.last?.number == 7)
    }

    @Test(arguments: ["amy jumps", "42 sees x", "amy sees ", "ops shows x", "#"])
    func anythingElseIsAnErrorThatNamesTheLine(line: String) {
        let error = #expect(throws: UsageProblem.self) { try PlayScript("in #ops\n" + line) }
        #expect(error?.description.hasPrefix("Line 2 of the script") == true)
    }

    @Test func theStandardScriptIsOne() throws {
        #expect(try PlayScript(PlayScript.standard).lines.count > 15)
    }
}
