import BotCore

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

    /// `1840 INR`; nil for plans that are not paid by the hour, and without a currency.
    private static func price(_ plan: JSONValue?, currency: (JSONValue?) -> String?) -> String? {
        guard plan?["sku_type"]?.string?.lowercased() == "hourly", let currency = currency(plan?["currency"]) else {
            return nil
        }
        let amount: String
        switch plan?["unit_price"] {
        case .int(let price) where price >= 0: amount = String(price)
        case .double(let price) where price >= 0: amount = Int(exactly: price).map(String.init) ?? String(price)
        case .string(let text):
            guard let price = Double(text), price >= 0, price.isFinite else { return nil }
            amount = text
        default: return nil
        }
        return "\(amount) \(currency)"
    }
}
