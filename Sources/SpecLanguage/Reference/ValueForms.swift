/// What may be written for a setting, in as few words as a comment beside it allows: `whole number from 1`, `full`, `{norm: number above 0}`.
enum ValueForms {
    /// The forms of a type that this version reads, without the one word that is shown already.
    static func of(_ type: SettingType, besides shown: String = "") -> [String] {
        switch type {
        case .integer(let range): integer(range)
        case .number(let bounds): ["number" + (range(of: bounds).map { " " + $0 } ?? "")]
        case .boolean: ["true", "false"].filter { $0 != shown }
        case .text(let rule): [text(rule)]
        // Seventeen words are a list of their own on the page.
        case .word(let words) where words.map(\.text) == SettingsTable.activationNames: ["one of the activations below"]
        case .word(let words) where words.map(\.text) == SettingsTable.metrics.map(\.text): ["metrics below"]
        case .word(let words): words.filter { $0.isBuilt && $0.text != shown }.map(\.text)
        case .list(let element, _): ["list of \(plural(element))"]
        case .record(let record): [mapping(record)]
        // So many have a table of their own on the page.
        case .kind(let kinds, _) where kinds.count > 3: kinds.filter(\.isBuilt).map { "{\($0.name): ...}" }
        case .kind(let kinds, _): kinds.filter(\.isBuilt).map { "{\($0.name): \(inner($0.type))}" }
        case .map(let element): ["{name: \(of(element).joined(separator: " or "))}"]
        case .either(let types): types.flatMap { of($0, besides: shown) }
        }
    }

    private static func integer(_ range: ClosedRange<Int>) -> [String] {
        if range.lowerBound == range.upperBound { return [] }
        return ["whole number from \(range.lowerBound)" + (range.upperBound >= 1_000_000_000 ? "" : " to \(grouped(range.upperBound))")]
    }

    /// "from 0 to below 1", "above 0"; nil: any number.
    private static func range(of bounds: SettingType.Bounds) -> String? {
        let low = bounds.low.isFinite ? (bounds.includesLow ? "from " : "above ") + NumberText.of(bounds.low) : nil
        let high = bounds.high.isFinite ? (bounds.includesHigh ? "to " : "to below ") + NumberText.of(bounds.high) : nil
        return low == nil && high == nil ? nil : [low, high].compactMap { $0 }.joined(separator: " ")
    }

    private static func text(_ rule: SettingType.TextRule) -> String {
        switch rule {
        case .name: "name"
        case .prose: "text"
        case .path: "path"
        case .character: "one character"
        case .identifier: "letters, digits, _ and -"
        case .duration: "time such as 30s, 10m or 2h"
        }
    }

    private static func plural(_ element: SettingType) -> String {
        switch element {
        case .text(.name): "names"
        case .integer(let range): "whole numbers from \(range.lowerBound)"
        case .record, .kind: "entries as below"
        default: of(element).joined(separator: ", ")
        }
    }

    /// A mapping with its defaults.
    private static func mapping(_ record: SettingType.Record) -> String {
        let members = record.settings.filter(\.isBuilt).compactMap { setting in value(of: setting).map { "\(setting.name): \($0)" } }
        return "{" + members.joined(separator: ", ") + "}"
    }

    /// What stands behind the name of a kind.
    static func inner(_ type: SettingType) -> String {
        switch type {
        case .record(let record): mapping(record)
        case .text: "text"
        default: of(type).joined(separator: " or ")
        }
    }

    /// What stands behind a setting's name on the page: its default, or an example.
    static func value(of setting: Setting) -> String? { setting.standard.map(written) ?? setting.example }

    /// A default as people write it: 1e-8, not 1e-08.
    static func written(_ standard: Resolved.Content) -> String { SpecText.flow(Resolved(standard)).replacing("e-0", with: "e-") }

    private static func grouped(_ number: Int) -> String {
        let digits = Array(String(number))
        return String(digits.indices.flatMap { $0 > 0 && (digits.count - $0) % 3 == 0 ? [",", digits[$0]] : [digits[$0]] })
    }
}
