import CCurl
import CrashPoints

/// The one thread that runs libcurl. It takes commands, lets libcurl work, and hands out results; nobody else touches a
/// transfer. Callers never block: they wait on continuations.
final class CurlLoop {
    /// The longest poll. libcurl wakes it for sockets and its own timers, and commands wake it, too; this is only an upper
    /// bound.
    private static let longestPoll = Duration.seconds(60)
    /// The time that libcurl has to end a call itself, with words for the log, before the loop does.
    private static let graceForLibcurl = Duration.milliseconds(20)
    private static let pauseAfterPollFailureMicroseconds: UInt32 = 50_000

    private let inbox: Inbox
    private var transfers: [UInt64: Transfer] = [:]

    init(_ inbox: Inbox) {
        self.inbox = inbox
    }

    /// Returns after `Inbox.stop`, with every call answered.
    func run() {
        while true {
            let batch = inbox.take()
            for command in batch.commands {
                switch command {
                case .start(let call) where batch.isStopping:
                    finish(call, .failure(TransportError(code: .shutDown, delivery: .notSent)))
                case .start(let call): start(call)
                case .cancel(let id): end(id, .cancelled)
                }
            }
            if batch.isStopping { break }
            var running: Int32 = 0
            if curl_multi_perform(inbox.multi, &running) != CURLM_OK {
                // Out of memory or broken: what the transfers did is not known, and they would never end.
                endAll(.other)
            }
            finishDone()
            endOverdue()
            // A command that arrived since `take` makes this return at once.
            if curl_multi_poll(inbox.multi, nil, 0, pollMilliseconds(), nil) != CURLM_OK {
                // Rather slow than spinning.
                ccurl_pause(Self.pauseAfterPollFailureMicroseconds)
            }
        }
        endAll(.shutDown)
        inbox.exit()
    }

    private func start(_ call: Call) {
        do throws(TransportError) {
            let transfer = try Transfer(call)
            if call.request.mayStillSend != nil { CrashPoint.nameLookup.pass() }
            let result = curl_multi_add_handle(inbox.multi, transfer.easy)
            guard result == CURLM_OK else {
                throw TransportError(code: .other, delivery: .notSent, detail: "multi code \(result.rawValue)")
            }
            transfers[call.id] = transfer
        } catch {
            finish(call, .failure(error))
        }
    }

    private func finishDone() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(inbox.multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE else { continue }
            // Copied first: the message dies when its handle is removed.
            let result = message.pointee.data.result
            var pointer: UnsafeMutableRawPointer?
            ccurl_get_private(message.pointee.easy_handle, &pointer)
            guard let transfer = Transfer.at(pointer) else { continue }
            remove(transfer)
            finish(transfer.call, transfer.outcome(result))
        }
    }

    /// libcurl 7.88 does not look at the clock for what waits behind its limit of connections to a host: a call with
    /// 400 ms to live waited 30 s. Everything here is on one thread, so there is nothing to race with.
    private func endOverdue() {
        let latest = ContinuousClock.now - Self.graceForLibcurl
        for (id, transfer) in transfers where transfer.call.deadline < latest { end(id, .timeout) }
    }

    private func pollMilliseconds() -> Int32 {
        guard let next = transfers.values.map(\.call.deadline).min() else {
            return Int32(Self.longestPoll.curlMilliseconds)
        }
        return Int32(min(next + Self.graceForLibcurl - .now, Self.longestPoll).curlMilliseconds)
    }

    private func endAll(_ code: TransportError.Code) {
        for id in transfers.keys { end(id, code) }
    }

    private func end(_ id: UInt64, _ code: TransportError.Code) {
        guard let transfer = transfers[id] else { return }
        remove(transfer)
        finish(transfer.call, .failure(transfer.ended(code)))
    }

    private func remove(_ transfer: Transfer) {
        curl_multi_remove_handle(inbox.multi, transfer.easy)
        transfers[transfer.call.id] = nil
    }

    private func finish(_ call: Call, _ result: Result<CurlResponse, TransportError>) {
        inbox.callFinished()
        call.finish(result)
    }
}
