import TestSupport
import Testing

@testable import CurlHTTP

/// URL, headers and bodies carry keys; no text made of a request, a reply or an error shows them.
struct SecrecyTests {
    private func everyText(_ value: some Any) -> String {
        var dumped = ""
        dump(value, to: &dumped)
        return "\(value) \(String(reflecting: value)) \(dumped)"
    }

    @Test func requestsAndRepliesShowNoContent() {
        let request = CurlRequest(
            method: .put,
            url: "https://example.com/s3cret?apikey=s3cret",
            headers: [("Authorization", "Bearer s3cret")],
            body: Array("s3cret".utf8),
            sending: .single
        )
        let response = CurlResponse(status: 200, headers: [("Set-Cookie", "s3cret")], body: Array("s3cret".utf8))
        for text in [everyText(request), everyText(response)] {
            #expect(!text.contains("s3cret"))
            #expect(!text.contains("115"), "the bytes of the body, as numbers")
        }
    }

    @Test("Errors show people neither host nor URL, and logs no path, query or header")
    func errors() async throws {
        try await withExchange([[.request, .reset]]) { server, transport in
            for change: (inout CurlRequest) -> Void in [
                { _ in }, { $0.url = "http://s3cret@\($0.url.dropFirst(7))" }, { $0.url = "file:///s3cret" },
                { $0.allowsPrivateAddress = false }, { $0.url = "http://127.0.0.1:1/s3cret?s3cret" },
                { $0.headers = [("X-A", "s3cret\n")] },
            ] {
                var request = server.put("/s3cret?apikey=s3cret")
                request.headers = [("Authorization", "Bearer s3cret")]
                change(&request)
                let error = try await failure(of: request, on: transport)
                #expect(!everyText(error).contains("s3cret"))
                #expect(!"\(error)".contains("127.0.0.1"))
                #expect(!"\(error)".contains("://"))
                #expect(error.debugDescription.contains(error.code.rawValue))
            }
        }
    }

    @Test("Whatever libcurl says, what follows a question mark is cut")
    func queries() {
        let error = TransportError(code: .other, delivery: .unknown, detail: "bad https://a/b?apikey=s3cret&x at 7?y z")
        #expect(error.debugDescription.hasSuffix("bad https://a/b? at 7? z"))
    }

    @Test("Every error says what happened and what to do", arguments: TransportError.Code.allCases)
    func descriptions(code: TransportError.Code) {
        let notSent = TransportError(code: code, delivery: .notSent)
        let unknown = TransportError(code: code, delivery: .unknown)
        #expect("\(notSent)".contains("Nothing was sent."))
        #expect("\(unknown)".contains("check before trying again"))
        #expect("\(notSent)" != "\(unknown)")
    }
}
