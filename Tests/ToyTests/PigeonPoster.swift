import BotCore
import ChatKit
import ConfigurationTree
import CurlHTTP

struct PigeonPoster: ChatPlatform {
    let settings: PigeonSettings
    let transport: any HTTPTransport

    var historyChannel: Channel? { nil }

    func features(in channel: Channel) -> ChatFeatures {
        ChatFeatures(edits: true, buttons: true, privateAnswers: true, pace: .seconds(60))
    }

    func link(to id: String, in channel: Channel) async -> PostLink? { nil }

    func post(_ message: Message, to address: PostAddress) async throws(ChatProblem) -> String {
        let reply = try await fly(PigeonLetter(message), to: address)
        guard let id = reply["id"]?.string else { throw .transient("The bird came back without a number.") }
        return id
    }

    func update(_ message: Message, id: String, at address: PostAddress) async throws(ChatProblem) {
        _ = try await fly(PigeonLetter(message, replacing: id), to: address)
    }

    func remove(id: String, at address: PostAddress) async throws(ChatProblem) {
        _ = try await fly(PigeonLetter(Message("(burnt)"), replacing: id), to: address)
    }

    func tell(_ account: Account, _ message: Message, at address: PostAddress) async throws(ChatProblem) {
        _ = try await fly(PigeonLetter(message, isPrivateTo: account.user), to: address)
    }

    private func fly(_ letter: PigeonLetter, to address: PostAddress) async throws(ChatProblem) -> JSONValue {
        let request = CurlRequest(
            method: .post,
            url: settings.url + address.channel.id,
            body: letter.bytes,
            sending: .single
        )
        let response: CurlResponse
        do throws(TransportError) {
            response = try await transport.execute(request)
        } catch {
            throw .transient("pigeon post: \(error.description)")
        }
        let reply = StrictJSON.object(response.body) ?? .null
        switch response.status {
        case 200: return reply
        case 403: throw .cannotPostHere("The loft is closed to me. Open it.")
        case 404: throw .messageGone
        case 401: throw .permanent("pigeon post does not know the bot")
        case 413: throw .layoutRefused("the letter is too heavy")
        case 429: throw .rateLimited(.seconds(response.header("retry-after").flatMap { Int($0) } ?? 60))
        default: throw .transient("pigeon post answered \(response.status)")
        }
    }
}
