import BotCore
import FoundationEssentials

extension ClusterReading {
    private static let longestName = 80

    /// Reads the API's cluster object leniently: what is missing or of another type than documented is left out. Of the
    /// people in it nothing is kept.
    init(cluster: JSONValue, redactor: Redactor) {
        self.init()
        func name(_ value: JSONValue?) -> String? {
            guard let text = value?.string else { return nil }
            let shown = redactor.excerpt(of: text, limit: Self.longestName)
            return shown.isEmpty ? nil : shown
        }
        self.name = name(cluster["name"])
        nodes = cluster["no_of_nodes"]?.lenientInt.flatMap { $0 >= 0 ? $0 : nil }
        status = name(cluster["status"])
        let image = cluster["image_version"]
        imageVersion = image?["id"]?.lenientInt ?? image?.lenientInt
        let imageWords = [name(image?["name"]), name(image?["version"])].compactMap(\.self)
        imageName = imageWords.isEmpty ? nil : imageWords.joined(separator: " ")
        nodePrice = Self.price(cluster["sku_details"]?["plan"], currency: name)
        readKeys(cluster["ssh_keys"], label: name)
    }

    /// All keys or none: a set with one key missing would, with another added, take that key off the cluster.
    private mutating func readKeys(_ list: JSONValue?, label: (JSONValue?) -> String?) {
        guard let list = list?.array else { return }
        var ids: Set<Int> = []
        var labels: [Int: String] = [:]
        for key in list {
            guard let id = key["pk"]?.lenientInt ?? key.lenientInt else { return }
            ids.insert(id)
            labels[id] = label(key["label"])
        }
        sshKeys = ids.sorted()
        sshKeyLabels = labels
    }

    /// Nil for plans that are not paid by the hour, and without a currency.
    private static func price(_ plan: JSONValue?, currency: (JSONValue?) -> String?) -> Price? {
        guard plan?["sku_type"]?.string?.lowercased() == "hourly", let currency = currency(plan?["currency"]) else {
            return nil
        }
        let amount: Decimal? =
            switch plan?["unit_price"] {
            case .int(let price): Decimal(price)
            // By its shortest decimal form: a price is no binary fraction.
            case .double(let price): Decimal(string: "\(price)")
            case .string(let text):
                text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".") }
                    ? Decimal(string: text) : nil
            default: nil
            }
        guard let amount, amount.isFinite, amount >= 0, amount < Self.mostMoney else { return nil }
        return Price(amount, currency)
    }

    /// No node costs more in an hour.
    private static let mostMoney: Decimal = 1_000_000_000
}
