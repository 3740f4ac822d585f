/// The words of the command line; options are taken out by name.
struct Arguments {
    private(set) var words: [String]

    init(_ words: some Sequence<String>) { self.words = Array(words) }

    /// The number behind an option, or the standard one.
    mutating func number(_ name: String, _ standard: Int) -> Int {
        guard let index = words.firstIndex(of: name) else { return standard }
        guard index + 1 < words.count, let value = Int(words[index + 1]), value > 0 else { fail("\(name) needs a number above 0") }
        words.removeSubrange(index...index + 1)
        return value
    }

    /// The text behind an option, if it is there.
    mutating func text(_ name: String) -> String? {
        guard let index = words.firstIndex(of: name) else { return nil }
        guard index + 1 < words.count else { fail("\(name) needs a value") }
        let value = words[index + 1]
        words.removeSubrange(index...index + 1)
        return value
    }
}
