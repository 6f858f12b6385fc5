/// A call without a reply: why there is none, and whether the request can have left all the same.
package struct TransportError: Error, Sendable, Equatable {
    /// A small closed set; its raw values are also the labels of metrics.
    package enum Code: String, Sendable, CaseIterable {
        /// The request itself is wrong (URL, header, option); it was not tried.
        case badRequest
        case dns
        case connect
        case tls
        case proxy
        /// One of the request's time limits.
        case timeout
        /// The task was cancelled.
        case cancelled
        /// The transport was shut down before or during the call.
        case shutDown
        case bodyTooLarge
        case headersTooLarge
        /// The peer is inside the own machine or network and the request does not allow that.
        case addressRefused
        /// libcurl was about to send a `single` request once more.
        case duplicateSendRefused
        /// `mayStillSend` said no.
        case refusedByCaller
        case connectionLost
        /// The bytes that came back are no HTTP reply.
        case protocolError
        /// The reply is compressed in a way that cannot be undone, or its compression is broken.
        case badEncoding
        case other
    }

    /// Whether the request can have left. Follows from counted sendings, never from libcurl's result code: that can say
    /// "could not connect" for a request that was delivered. (A complete reply is a `CurlResponse`, not an error.)
    package enum Delivery: String, Sendable {
        /// Not a byte of it has left, certainly: anything may be tried again.
        case notSent
        /// It may have been received and carried out.
        case unknown
    }

    package let code: Code
    package let delivery: Delivery
    /// libcurl's own result code, 0 where none was involved.
    package let curl: Int32
    /// libcurl's words; may name hosts and addresses. Only for `debugDescription`.
    let detail: String

    package init(code: Code, delivery: Delivery, curl: Int32 = 0, detail: String = "") {
        self.code = code
        self.delivery = delivery
        self.curl = curl
        self.detail = Self.withoutQueries(detail)
    }

    /// Cuts the text from each question mark up to the next blank: in a URL that part carries keys.
    static func withoutQueries(_ text: String) -> String {
        var kept = ""
        var isInQuery = false
        for character in text {
            if character.isWhitespace { isInQuery = false }
            if !isInQuery { kept.append(character) }
            if character == "?" { isInQuery = true }
        }
        return kept
    }
}

extension TransportError: CustomStringConvertible, CustomDebugStringConvertible {
    /// Safe to show to people: what happened and what to do, without host, URL or anything received.
    package var description: String {
        switch delivery {
        case .notSent: "\(whatHappened) Nothing was sent. \(whatToDo)"
        case .unknown: "\(whatHappened) The request may have been carried out: check before trying again."
        }
    }

    /// The text for logs, with libcurl's code and words. No query, header or body.
    package var debugDescription: String {
        "TransportError(\(code.rawValue), \(delivery.rawValue), curl \(curl))" + (detail.isEmpty ? "" : ": \(detail)")
    }

    private var whatHappened: String {
        switch code {
        case .badRequest: "The request was not well-formed."
        case .dns: "The server's name could not be looked up."
        case .connect: "The server could not be reached."
        case .tls: "No trustworthy TLS connection to the server could be made."
        case .proxy: "The proxy of `egress` could not be reached, or refused the connection."
        case .timeout: "The server did not answer in time."
        case .cancelled: "The call was cancelled."
        case .shutDown: "The service is shutting down."
        case .bodyTooLarge: "The server's reply was larger than allowed."
        case .headersTooLarge: "The headers of the server's reply were larger than allowed."
        case .addressRefused: "The server's address lies inside this network, which is not allowed here."
        case .duplicateSendRefused: "The connection was lost and the request was not sent a second time."
        case .refusedByCaller: "The request was held back in the last moment before sending."
        case .connectionLost: "The connection was lost before the reply was complete."
        case .protocolError: "The server's reply was not valid HTTP."
        case .badEncoding: "The server's reply is compressed and could not be decompressed."
        case .other: "The HTTP library reported a failure."
        }
    }

    private var whatToDo: String {
        switch code {
        case .badRequest: "Correct its address or headers."
        case .dns: "Check the host name in the configuration and this machine's name service."
        case .connect, .proxy, .timeout, .connectionLost:
            "Try again; if it persists, check the address and the network."
        case .tls: "Check the host name, its certificate and the certificate authorities installed here."
        case .addressRefused: "Name the host in the configuration if it is meant."
        case .cancelled, .shutDown, .refusedByCaller: "Try again if it is still wanted."
        case .bodyTooLarge, .headersTooLarge, .duplicateSendRefused, .protocolError, .badEncoding, .other:
            "Try again; if it persists, see the log."
        }
    }
}
