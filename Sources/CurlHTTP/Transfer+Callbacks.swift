import CCurl
import CrashPoints

/// The functions that libcurl calls back. All run on the transport's thread, inside libcurl: none may call libcurl
/// again, block, or wait. Each finds its transfer through the pointer it registered; the loop keeps the transfer alive.
extension Transfer {
    func setCallbacks() throws(TransportError) {
        let this = Unmanaged.passUnretained(self).toOpaque()
        try check(ccurl_set_pointer(easy, CURLOPT_PRIVATE, this))
        try check(ccurl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText.baseAddress))

        try check(ccurl_set_pointer(easy, CURLOPT_WRITEDATA, this))
        try check(
            ccurl_set_receiver(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, user in
                Transfer.receive(bytes, size * count, user, otherwise: .bodyTooLarge) { $0.takeBody($1) }
            }
        )
        try check(ccurl_set_pointer(easy, CURLOPT_HEADERDATA, this))
        try check(
            ccurl_set_receiver(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, user in
                Transfer.receive(bytes, size * count, user, otherwise: .headersTooLarge) { $0.takeHeaderLine($1) }
            }
        )
        // Once before each sending, when the connection is ready and the first byte about to go.
        try check(ccurl_set_pointer(easy, CURLOPT_PREREQDATA, this))
        try check(
            ccurl_set_prereq(easy) { user, peer, _, _, _ in
                let address = peer.flatMap { PeerAddress(UnsafePointer($0)) }
                return Transfer.at(user)?.maySend(to: address) == true
                    ? Int32(CURL_PREREQFUNC_OK) : Int32(CURL_PREREQFUNC_ABORT)
            }
        )
        try check(ccurl_set_pointer(easy, CURLOPT_OPENSOCKETDATA, this))
        try check(
            ccurl_set_open_socket(easy) { user, _, address in
                guard let address, Transfer.at(user)?.mayConnect(to: PeerAddress(UnsafePointer(address))) == true else {
                    return ccurl_no_socket()
                }
                return ccurl_open_socket(address)
            }
        )
    }

    /// The transfer that libcurl knows as this pointer.
    static func at(_ user: UnsafeMutableRawPointer?) -> Transfer? {
        user.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Returns what libcurl wants to hear: the number of bytes taken; any other number makes it stop.
    private static func receive(
        _ bytes: UnsafeMutablePointer<CChar>?,
        _ count: Int,
        _ user: UnsafeMutableRawPointer?,
        otherwise reason: TransportError.Code,
        _ take: (inout ReplyCollector, UnsafeBufferPointer<UInt8>) -> Bool
    ) -> Int {
        guard count > 0 else { return 0 }
        guard let transfer = at(user), let bytes else { return 0 }
        if transfer.call.request.mayStillSend != nil { CrashPoint.replyArrives.pass() }
        let isTaken = bytes.withMemoryRebound(to: UInt8.self, capacity: count) {
            take(&transfer.reply, UnsafeBufferPointer(start: $0, count: count))
        }
        guard isTaken else {
            transfer.stopReason = reason
            return 0
        }
        return count
    }
}
