/// One row of the table of settings.
struct Setting: Sendable {
    let name: String
    let type: SettingType
    /// What holds where nothing is written; nil: nothing does.
    let standard: Resolved.Content?
    /// One line for people.
    let doc: String
    let isRequired: Bool
    /// Other settings of the record beside which it is not required.
    let needlessBeside: [String]
    /// False: only the default is built; anything else is "not available in this version".
    let isBuilt: Bool
    /// What holds where nothing is written, in words, where that is no value of the table: "data.normalize".
    let follows: String?
    /// A value as YAML, for pages and messages, where there is no default to show.
    let example: String?

    /// Whether this version reads more than the default.
    var hasChoice: Bool { isBuilt && type.choices > 1 }

    init(
        _ name: String, _ type: SettingType, _ standard: Resolved.Content?, _ doc: String, isRequired: Bool = false,
        needlessBeside: [String] = [], isBuilt: Bool = true, follows: String? = nil, example: String? = nil
    ) {
        self.name = name
        self.type = type
        self.standard = standard
        self.doc = doc
        self.isRequired = isRequired
        self.needlessBeside = needlessBeside
        self.isBuilt = isBuilt
        self.follows = follows
        self.example = example
    }
}

/// What a setting's value may be. One generic walk decodes, checks, renders and describes it.
indirect enum SettingType: Sendable {
    case integer(ClosedRange<Int>)
    case number(Bounds)
    case boolean
    case text(TextRule)
    /// One of some words.
    case word([Word])
    case list(of: SettingType, nonEmpty: Bool)
    case record(Record)
    /// A mapping of one key that names a kind, `{huber: {delta: 1}}`; the bare word stands for the kind with its defaults, and any other scalar for
    /// the main setting of the kind `main`.
    case kind([Kind], main: String? = nil)
    /// Names the user chooses, each with a value.
    case map(of: SettingType)
    case either([SettingType])

    struct Word: Sendable, ExpressibleByStringLiteral {
        let text: String
        let isBuilt: Bool
        init(stringLiteral text: String) { (self.text, isBuilt) = (text, true) }
        init(_ text: String, isBuilt: Bool) { (self.text, self.isBuilt) = (text, isBuilt) }
        static func later(_ text: String) -> Word { Word(text, isBuilt: false) }
    }

    struct Kind: Sendable {
        let name: String
        let type: SettingType
        /// One line for people.
        var doc = ""
        var isBuilt = true
    }

    /// A mapping with known keys; `main` is the setting that a lone scalar or list stands for, `leading` (nil: the first) the one that someone
    /// means who writes such a value where a mapping has to stand.
    struct Record: Sendable {
        let settings: [Setting]
        var main: String?
        var leading: String?
        func setting(_ name: String) -> Setting? { settings.first { $0.name == name } }

        /// The shortest mapping that says something: `{patience: 10}`.
        var example: String? {
            guard let setting = settings.first(where: { $0.name == leading }) ?? settings.first, let value = ValueForms.value(of: setting) else {
                return nil
            }
            return "{\(setting.name): \(value)}"
        }
    }

    enum TextRule: Sendable {
        /// The written text is kept, whatever YAML would make of it.
        case name
        case prose
        case path
        case character
        /// [A-Za-z0-9_-]+
        case identifier
        /// 30s, 10m, 2h
        case duration
    }

    /// A range of finite numbers. Written so that NaN is outside.
    struct Bounds: Sendable {
        var low = -Double.infinity
        var high = Double.infinity
        var includesLow = true
        var includesHigh = true

        func contains(_ x: Double) -> Bool {
            x.isFinite && (includesLow ? x >= low : x > low) && (includesHigh ? x <= high : x < high)
        }

        /// "above 0", "from 0 to 1", "from 0 up to but less than 1".
        var words: String {
            let lower = low == -.infinity ? nil : includesLow ? "at least \(NumberText.of(low))" : "greater than \(NumberText.of(low))"
            let upper = high == .infinity ? nil : includesHigh ? "at most \(NumberText.of(high))" : "less than \(NumberText.of(high))"
            return [lower, upper].compactMap { $0 }.joined(separator: " and ")
        }

        static let any = Bounds()
        static let positive = Bounds(low: 0, includesLow: false)
        static let nonNegative = Bounds(low: 0)
        static let fraction = Bounds(low: 0, high: 1)
        static let belowOneAboveZero = Bounds(low: 0, high: 1, includesLow: false, includesHigh: false)
        static let aboveOne = Bounds(low: 1, includesLow: false)
        static let belowOne = Bounds(low: 0, high: 1, includesHigh: false)
    }

    /// What is expected, in words: only what this version reads.
    var words: String {
        switch self {
        case .integer(let range) where range.lowerBound == Int.min: "a whole number"
        case .integer(let range) where range.lowerBound == range.upperBound: "\(range.lowerBound)"
        case .integer(let range):
            "a whole number, at least \(range.lowerBound)" + (range.upperBound >= 1_000_000_000 ? "" : " and at most \(range.upperBound)")
        case .number(let bounds): "a finite number" + (bounds.words.isEmpty ? "" : " " + bounds.words)
        case .boolean: "true or false"
        case .text(.name): "a name"
        case .text(.path): "a path"
        case .text(.character): "one character"
        case .text(.identifier): "a name of letters, digits, _ and -"
        case .text(.duration): "a time such as 30s, 10m or 2h"
        case .text(.prose): "a text"
        case .word(let words): SettingType.listed(SettingType.some(words.filter(\.isBuilt).map { "`\($0.text)`" }))
        case .list: "a list"
        case .record(let record): record.example.map { "a mapping such as `\($0)`" } ?? "a mapping"
        case .kind(_, main: .some(let main)): "a number or a mapping such as `{\(main): ...}`"
        case .kind(let kinds, _): SettingType.listed(kinds.filter(\.isBuilt).map { "`{\($0.name): ...}`" })
        case .map: "a mapping of names to values"
        // One list of all: words are its members, not a list in the list.
        case .either: SettingType.listed(alternatives.flatMap(\.members).filter { !$0.isEmpty })
        }
    }

    /// More words than this are no longer listed in the midst of a sentence.
    static let manyWords = 10

    private var members: [String] {
        switch self {
        case .word(let words): SettingType.some(words.filter(\.isBuilt).map { "`\($0.text)`" })
        case .kind(let kinds, main: nil): kinds.filter(\.isBuilt).map { "`{\($0.name): ...}`" }
        default: [words]
        }
    }

    private static func some(_ words: [String]) -> [String] {
        words.count > manyWords ? words.prefix(3) + ["one of \(words.count - 3) other words"] : words
    }

    static func listed(_ words: [String]) -> String {
        guard words.count > 1, let last = words.last else { return words.first ?? "" }
        let isPlain = words.allSatisfy { !$0.contains(",") }
        return words.dropLast().joined(separator: ", ") + (isPlain ? " or " : ", or ") + last
    }

    /// The alternatives, flattened.
    var alternatives: [SettingType] {
        if case .either(let types) = self { return types.flatMap(\.alternatives) }
        return [self]
    }

    /// How many values this version reads; any number above 1 where they are not words.
    var choices: Int {
        alternatives.reduce(0) { sum, alternative in
            switch alternative {
            case .word(let words): sum + words.count { $0.isBuilt }
            case .kind(let kinds, _): sum + kinds.count { $0.isBuilt }
            default: sum + 2
            }
        }
    }

    var record: Record? {
        for case .record(let record) in alternatives { return record }
        return nil
    }

    /// The words among the alternatives: those that this version reads, or those that a later one will.
    func words(isBuilt: Bool) -> [String] {
        alternatives.flatMap { alternative -> [String] in
            if case .word(let words) = alternative { return words.filter { $0.isBuilt == isBuilt }.map(\.text) }
            return []
        }
    }

    /// Whether a mapping is read at all.
    var takesMapping: Bool {
        alternatives.contains {
            switch $0 {
            case .record, .kind, .map: true
            default: false
            }
        }
    }

    var isKind: Bool { alternatives.contains { if case .kind = $0 { true } else { false } } }
}

/// Numbers as the language writes them.
package enum NumberText {
    /// The shortest text that reads back to the same number; whole numbers below 10^15 without a point.
    package static func of(_ x: Double) -> String {
        if x == x.rounded(.towardZero), x.magnitude < 1e15 { return "\(Int(x))" }
        return x.description
    }
}
