import Testing

/// A reply to an action and the evidence that it must be taken for.
struct ReplySample: Sendable, CustomTestStringConvertible {
    let name: String
    let status: Int
    let body: String
    let verdict: String
    let action: String
    let headers: [(name: String, value: String)]
    let says: [String]

    var testDescription: String { name }

    init(
        _ name: String,
        _ status: Int,
        _ body: String,
        _ verdict: String,
        action: String = "scale_cluster",
        headers: [(name: String, value: String)] = [],
        says: [String] = []
    ) {
        self.name = name
        self.status = status
        self.body = body
        self.verdict = verdict
        self.action = action
        self.headers = headers
        self.says = says
    }

    static let all = successes + failuresInside200 + wrongForms + refusals + notTheAPIsOwn + tooManyRequests + others

    private static let page = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"

    static let successes = [
        ReplySample(
            "cluster",
            200,
            Samples.envelope(Samples.clusterObject, message: "Cluster updated successfully"),
            "accepted",
            says: ["Cluster updated successfully", "8 nodes", "status Running"]
        ),
        ReplySample("201", 201, Samples.envelope(Samples.clusterObject), "accepted"),
        ReplySample("202", 202, Samples.envelope(Samples.clusterObject), "accepted"),
        ReplySample("cluster with an id only", 200, Samples.envelope(#"{"id":42}"#), "accepted", says: ["Success"]),
        ReplySample("cluster id as text", 200, Samples.envelope(#"{"id":"42"}"#), "accepted"),
        ReplySample("one node", 200, Samples.envelope(#"{"id":42,"no_of_nodes":1}"#), "accepted", says: ["1 node)"]),
        ReplySample(
            "reserved IP",
            200,
            Samples.envelope(Samples.reservedIP(9)),
            "accepted",
            action: "attach_ip",
            says: ["address 203.0.113.9"]
        ),
        ReplySample("empty object", 200, Samples.envelope("{}"), "accepted", action: "detach_ip", says: ["Success"]),
        ReplySample(
            "sentence",
            200,
            Samples.envelope(#""Groups attached.""#),
            "accepted",
            action: "add_security_group",
            says: ["Groups attached"]
        ),
        ReplySample("empty sentence", 200, Samples.envelope(#""""#), "accepted", action: "remove_security_group"),
        ReplySample("restart", 200, Samples.envelope(Samples.clusterObject), "accepted", action: "restart_cluster"),
        ReplySample("image", 200, Samples.envelope(Samples.clusterObject), "accepted", action: "update_image"),
        ReplySample("errors null", 200, #"{"code":200,"data":{"id":42},"errors":null,"message":"ok"}"#, "accepted"),
        ReplySample("errors false", 200, #"{"code":200,"data":{"id":42},"errors":false,"message":"ok"}"#, "accepted"),
        ReplySample("errors []", 200, #"{"code":200,"data":{"id":42},"errors":[],"message":"ok"}"#, "accepted"),
        ReplySample("errors missing", 200, #"{"code":200,"data":{"id":42},"message":"ok"}"#, "accepted"),
        ReplySample(
            "empty detail",
            200,
            #"{"code":200,"data":{"id":42},"errors":{},"message":"ok","detail":""}"#,
            "accepted"
        ),
        ReplySample("spaces around it", 200, " \n\(Samples.envelope(#"{"id":42}"#))\n", "accepted"),
    ]

    static let failuresInside200 = [
        ReplySample(
            "code 400",
            200,
            #"{"code":400,"data":{},"errors":{"additional_nodes":["Too many."]},"message":"Bad Request"}"#,
            "refused",
            says: ["400", "Bad Request", "additional_nodes: Too many"]
        ),
        ReplySample(
            "code 401",
            200,
            #"{"code":401,"message":"Bad token"}"#,
            "refused",
            says: ["365 days", "Bad token"]
        ),
        ReplySample("code as text", 200, #"{"code":"403","message":"No"}"#, "refused"),
        ReplySample("status_code 400", 200, #"{"status_code":400,"message":"Project not found"}"#, "refused"),
        ReplySample("responseCode 401", 200, #"{"responseCode":401}"#, "refused"),
        ReplySample("errors true", 200, #"{"code":200,"data":{"id":42},"errors":true,"message":"No"}"#, "refused"),
        ReplySample(
            "errors as text",
            200,
            #"{"code":200,"data":{"id":42},"errors":"Quota used up","message":"Success"}"#,
            "refused",
            says: ["Quota used up"]
        ),
        ReplySample("errors as list", 200, #"{"code":200,"data":{"id":42},"errors":["x"],"message":"ok"}"#, "refused"),
        ReplySample("errors as number", 200, #"{"code":200,"data":{"id":42},"errors":3,"message":"ok"}"#, "refused"),
        ReplySample("detail", 200, #"{"detail":"Not allowed"}"#, "refused", says: ["Not allowed"]),
        ReplySample(
            "detail beside a success",
            200,
            #"{"code":200,"data":{"id":42},"errors":{},"message":"ok","detail":"But no"}"#,
            "refused"
        ),
        ReplySample("code 500", 200, #"{"code":500,"data":{},"errors":{},"message":"Internal error"}"#, "unknown"),
        ReplySample("status_code 504", 200, #"{"status_code":504,"message":"Timed out"}"#, "unknown"),
        ReplySample("code 408", 200, #"{"code":408,"message":"Timed out"}"#, "unknown"),
        ReplySample("code 429", 200, #"{"code":429,"message":"Try again later"}"#, "unknown"),
        ReplySample("detail and code 503", 200, #"{"code":503,"detail":"Unavailable"}"#, "unknown"),
    ]

    static let wrongForms = [
        ReplySample("empty", 200, "", "unknown", says: ["empty body", "may or may not"]),
        ReplySample("204", 204, "", "unknown"),
        ReplySample("spaces", 200, "  \n", "unknown"),
        ReplySample("page", 200, "<html><body>Welcome</body></html>", "unknown", says: ["Welcome"]),
        ReplySample("truncated", 200, String(Samples.envelope(Samples.clusterObject).dropLast(9)), "unknown"),
        ReplySample("two objects", 200, "{}{}", "unknown"),
        ReplySample("empty object", 200, "{}", "unknown"),
        ReplySample("list", 200, "[1]", "unknown"),
        ReplySample("text", 200, #""ok""#, "unknown"),
        ReplySample("null", 200, "null", "unknown"),
        ReplySample("bare cluster", 200, Samples.clusterObject, "unknown"),
        ReplySample("no code", 200, #"{"data":{"id":42},"errors":{},"message":"ok"}"#, "unknown"),
        ReplySample("code null", 200, #"{"code":null,"data":{"id":42},"errors":{},"message":"ok"}"#, "unknown"),
        ReplySample("code as text 200", 200, #"{"code":"200","data":{"id":42},"errors":{},"message":"ok"}"#, "unknown"),
        ReplySample("no message", 200, #"{"code":200,"data":{"id":42},"errors":{}}"#, "unknown"),
        ReplySample("message as map", 200, #"{"code":200,"data":{"id":42},"errors":{},"message":{}}"#, "unknown"),
        ReplySample("no data", 200, #"{"code":200,"errors":{},"message":"ok"}"#, "unknown"),
        ReplySample("data null", 200, Samples.envelope("null"), "unknown"),
        ReplySample(
            "errors of nothing",
            200,
            #"{"code":200,"data":{"id":42},"errors":{"x":null},"message":"k"}"#,
            "unknown"
        ),
        ReplySample("error", 200, #"{"code":200,"data":{"id":42},"errors":{},"error":"x","message":"k"}"#, "unknown"),
        ReplySample("cluster without id", 200, Samples.envelope("{}"), "unknown", says: ["no cluster"]),
        ReplySample("cluster as text", 200, Samples.envelope(#""done""#), "unknown"),
        ReplySample("cluster in a list", 200, Samples.envelope(#"[{"id":42}]"#), "unknown"),
        ReplySample("other cluster", 200, Samples.envelope(#"{"id":43}"#), "unknown", says: ["43"]),
        ReplySample("IP as text", 200, Samples.envelope(#""done""#), "unknown", action: "attach_ip"),
        ReplySample("IP without id", 200, Samples.envelope("{}"), "unknown", action: "attach_ip"),
        ReplySample("detached with text", 200, Samples.envelope(#""done""#), "unknown", action: "detach_ip"),
        ReplySample("group with object", 200, Samples.envelope("{}"), "unknown", action: "add_security_group"),
        ReplySample("group with null", 200, Samples.envelope("null"), "unknown", action: "remove_security_group"),
    ]

    static let refusals =
        Samples.refusingStatuses.flatMap { status in
            [
                ReplySample(
                    "\(status) envelope",
                    status,
                    #"{"code":\#(status),"data":{},"errors":{},"message":"Because so"}"#,
                    "refused",
                    says: [String(status), "Because so"]
                ),
                ReplySample("\(status) detail", status, #"{"detail":"Because so"}"#, "refused", says: ["Because so"]),
                ReplySample("\(status) status_code", status, #"{"status_code":\#(status),"message":"No"}"#, "refused"),
                ReplySample("\(status) page", status, page, "unknown", says: ["\(status)", "502 Bad Gateway"]),
                ReplySample("\(status) empty", status, "", "unknown"),
            ]
        } + [
            ReplySample(
                "401",
                401,
                #"{"detail":"No."}"#,
                "refused",
                says: ["vision", "365 days", "restart", "(401: No)"]
            ),
            ReplySample("403", 403, #"{"detail":"No."}"#, "refused", says: ["role", "vision"]),
            ReplySample("404", 404, #"{"message":"Cluster not found"}"#, "refused", says: ["42 prod-train", "ids"]),
            ReplySample(
                "project",
                400,
                #"{"status_code":400,"message":"Project not found"}"#,
                "refused",
                says: ["projects.vision.project_id"]
            ),
            ReplySample(
                "errors map",
                400,
                #"""
                {"code":400,"data":{},"errors":{"b":["x","y"],"a":"z","n":7,"t":true,"f":false,"u":null,"o":{"i":["v"]},
                "non_field_errors":["w"]},"message":"Bad Request"}
                """#,
                "refused",
                says: ["Bad Request; a: z; b: x; b: y; n: 7; w; o.i: v; t"]
            ),
            ReplySample("errors alone", 400, #"{"errors":{"ip_type":"bad"}}"#, "refused", says: ["ip_type: bad"]),
            ReplySample("errors true", 400, #"{"errors":true}"#, "refused"),
            ReplySample("error", 400, #"{"error":"Nope"}"#, "refused", says: ["Nope"]),
            ReplySample("description", 400, #"{"description":"Nope"}"#, "refused", says: ["Nope"]),
            ReplySample("responseCode", 401, #"{"responseCode":"invalid token"}"#, "refused"),
            ReplySample(
                "said once",
                412,
                #"{"code":412,"errors":["Same"],"message":"Same"}"#,
                "refused",
                says: ["“Same” (412)"]
            ),
        ]

    static let notTheAPIsOwn = [
        ReplySample("400 empty object", 400, "{}", "unknown"),
        ReplySample("400 list", 400, #"["no"]"#, "unknown"),
        ReplySample("400 text", 400, #""no""#, "unknown"),
        ReplySample("400 other object", 400, #"{"hello":"world"}"#, "unknown"),
        ReplySample("400 truncated", 400, #"{"code":400,"mess"#, "unknown"),
        ReplySample("400 with code 200", 400, Samples.envelope(#"{"id":42}"#), "unknown"),
        ReplySample("400 with code 500", 400, #"{"code":500,"message":"Internal error"}"#, "unknown"),
        ReplySample("409 with code 504", 409, #"{"status_code":504,"message":"x"}"#, "unknown"),
    ]

    static let tooManyRequests = [
        ReplySample(
            "429 later",
            429,
            #"{"detail":"Request was throttled. Try again later."}"#,
            "refused",
            says: ["later"]
        ),
        ReplySample(
            "429 envelope",
            429,
            #"{"code":429,"message":"Too many requests","errors":{},"data":{}}"#,
            "refused"
        ),
        ReplySample("429 header", 429, #"{"detail":"No."}"#, "refused", headers: [("retry-after", "3")]),
        ReplySample("429 without a word", 429, #"{"detail":"No."}"#, "unknown"),
        ReplySample(
            "429 page",
            429,
            "<h1>Too many requests, try again later</h1>",
            "unknown",
            headers: [("Retry-After", "3")]
        ),
        ReplySample("429 empty", 429, "", "unknown", headers: [("Retry-After", "3")]),
        ReplySample("429 with code 200", 429, Samples.envelope(#"{"id":42}"#, message: "Try later"), "unknown"),
        ReplySample("429 with code 500", 429, #"{"code":500,"message":"Try again later"}"#, "unknown"),
    ]

    static let others = [
        300, 301, 302, 303, 304, 307, 308, 402, 405, 406, 408, 410, 413, 415, 417, 418, 425, 426, 431, 451, 500, 501,
        502,
        503, 504, 520, 599, 999,
    ].flatMap { status in
        [
            ReplySample(
                "\(status) envelope",
                status,
                #"{"code":\#(status),"message":"No"}"#,
                "unknown",
                says: ["\(status)"]
            ),
            ReplySample("\(status) success inside", status, Samples.envelope(#"{"id":42}"#), "unknown"),
            ReplySample("\(status) page", status, page, "unknown", says: ["Bad Gateway", "may or may not"]),
        ]
    }
}

extension Samples {
    static let refusingStatuses = [400, 401, 403, 404, 409, 412, 422]
}
