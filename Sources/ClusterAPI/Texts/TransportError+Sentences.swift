import BotCore
import CurlHTTP

extension TransportError {
    /// A sentence for the people who wait for a change: what happened to the request and what that means.
    func sentence(aboutCallWithin limit: Duration) -> String {
        switch delivery {
        case .notSent: "\(whatHappened(within: limit)) Nothing was sent, so nothing has changed. \(whatToDo)"
        case .unknown:
            "The request was sent, but no complete answer came: \(whatWasLost(within: limit))"
                + " It may or may not have been carried out."
        }
    }

    /// A sentence for the people who wait for a read: what happened and what to do.
    func sentence(aboutReadWithin limit: Duration) -> String { "\(whatHappened(within: limit)) \(whatToDo)" }

    /// Whether a read may do better the next time.
    var isPassing: Bool {
        switch code {
        case .dns, .connect, .tls, .proxy, .timeout, .connectionLost, .protocolError, .badEncoding,
            .duplicateSendRefused, .other:
            true
        case .badRequest, .cancelled, .shutDown, .bodyTooLarge, .headersTooLarge, .addressRefused, .refusedByCaller:
            false
        }
    }

    private func whatHappened(within limit: Duration) -> String {
        switch code {
        case .badRequest: "The request for the cluster API could not be built."
        case .dns: "The name of the cluster API's server could not be looked up."
        case .connect: "The cluster API's server could not be reached."
        case .tls: "The cluster API's server could not prove who it is (TLS)."
        case .proxy: "The proxy on the way to the cluster API could not be reached."
        case .timeout: "The cluster API did not answer within \(spoken(limit))."
        case .cancelled: "The call was broken off."
        case .shutDown: "clusterbot is shutting down."
        case .bodyTooLarge, .headersTooLarge: "The cluster API's reply was larger than any real one."
        case .addressRefused:
            "The cluster API's name leads to an address inside this network, where its key must not be sent."
        case .duplicateSendRefused:
            "The connection to the cluster API was lost; the request was not sent a second time."
        case .refusedByCaller:
            "The moment in which the request had to leave was missed: this machine was busy or paused."
        case .connectionLost: "The connection to the cluster API was lost."
        case .protocolError: "What came back from the cluster API's server is not HTTP."
        case .badEncoding: "The cluster API's reply is compressed and could not be decompressed."
        case .other: "The call of the cluster API failed on this machine."
        }
    }

    private func whatWasLost(within limit: Duration) -> String {
        switch code {
        case .timeout: "nothing came within \(spoken(limit))."
        case .cancelled, .shutDown: "clusterbot stopped waiting for it."
        case .bodyTooLarge, .headersTooLarge: "it was larger than any real one."
        case .connectionLost, .duplicateSendRefused: "the connection was lost."
        case .protocolError: "what came back is not HTTP."
        case .badEncoding: "it is compressed and could not be decompressed."
        default: "the connection failed."
        }
    }

    private var whatToDo: String {
        switch code {
        case .badRequest:
            "Check `cluster_api.base_url` and that the project's key and token hold no line breaks or spaces."
        case .dns: "Check `cluster_api.base_url` and this machine's name service, then ask again."
        case .connect, .proxy, .timeout, .connectionLost:
            "Ask again; if it stays so, check this machine's network and `cluster_api.base_url`."
        case .tls:
            "Check `cluster_api.base_url`, this machine's clock and its certificate authorities (package ca-certificates)."
        case .addressRefused: "Check `cluster_api.base_url` and this machine's name service."
        case .cancelled, .shutDown, .refusedByCaller: "Ask again if it is still wanted."
        case .bodyTooLarge, .headersTooLarge, .protocolError, .badEncoding:
            "Check `cluster_api.base_url`: another server may be answering there."
        case .duplicateSendRefused, .other: "Ask again; if it stays so, see clusterbot's log."
        }
    }

    private func spoken(_ limit: Duration) -> String {
        limit < .seconds(1) ? "\(limit.wholeMilliseconds) ms" : limit.spoken
    }
}
