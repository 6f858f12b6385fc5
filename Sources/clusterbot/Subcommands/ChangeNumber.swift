import ArgumentParser

/// The number of a change as people write it: 17 or #17.
struct ChangeNumber: ExpressibleByArgument {
    let number: Int

    init?(argument: String) {
        guard let number = Int(argument.trimmingPrefix("#")), number > 0 else { return nil }
        self.number = number
    }
}
