/// A request that the simulated API does not carry out, in one of the forms that this API family is known to answer in.
struct CloudRefusal: Error, Equatable {
    enum Form: Equatable {
        /// `{"code", "data", "errors", "message"}`
        case envelope
        /// `{"detail"}`
        case detail
        /// `{"status_code", "message"}`
        case statusCode
    }

    let status: Int
    let message: String
    var errors: SandboxJSON = [:]
    var form = Form.envelope

    var reply: SandboxReply {
        switch form {
        case .envelope:
            .json(["code": .int(status), "data": [:], "errors": errors, "message": .string(message)], status: status)
        case .detail:
            .json(["detail": .string(message)], status: status)
        case .statusCode:
            .json(["status_code": .int(status), "message": .string(message)], status: status)
        }
    }

    /// 400 with the problem of one field.
    static func invalid(_ field: String, _ problem: String) -> CloudRefusal {
        CloudRefusal(status: 400, message: "Bad Request", errors: .object([field: [.string(problem)]]))
    }

    /// A status and a sentence.
    static func refused(_ status: Int, _ message: String, form: Form = .envelope) -> CloudRefusal {
        CloudRefusal(status: status, message: message, form: form)
    }
}
