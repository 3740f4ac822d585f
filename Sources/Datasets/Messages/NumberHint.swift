import Decimals

/// What a text that is no number was probably meant to be.
enum NumberHint {
    private static let missingTexts = ["na", "n/a", "n.a.", "nan", "null", "nil", "none", "?", "-", "--", ".", "", "missing", "unknown", "#n/a"]

    static func of(_ text: String, decimal: UInt8, isTarget: Bool, isWeight: Bool = false, _ purpose: DataPurpose) -> String {
        if purpose == .trainedModel { return forTrainedModel(text, decimal: decimal) }
        if isWeight { return specific(text, decimal: decimal, isTarget: true, "a weight") ?? "write a number from 0" }
        return specific(text, decimal: decimal, isTarget: isTarget)
            ?? (isTarget
                ? "write `task: classification` if the target holds classes"
                : "correct the value, or write `type: category` if the column holds categories")
    }

    /// Only the file can change.
    private static func forTrainedModel(_ text: String, decimal: UInt8) -> String {
        let mark = String(decoding: [decimal], as: UTF8.self)
        if NumberParser.parse(text, decimal: decimal) == .outOfRange { return finite }
        if text.utf8.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ".") }), text.utf8.allSatisfy({ $0 < 0x3A }) {
            return "write the number with the decimal point `\(mark)` and no thousands separator, as in the data the model was trained on"
        }
        return "correct the value, or remove the row"
    }

    private static let finite = "numbers must be finite: at most 1.8e308"

    /// nil for a text like any other.
    static func specific(_ text: String, decimal: UInt8, isTarget: Bool, _ what: String = "a target") -> String? {
        let plain = text.lowercased()
        if NumberParser.parse(text, decimal: decimal) == .outOfRange { return finite }
        if missingTexts.contains(plain) || plain.hasPrefix("nan(") {
            return isTarget
                ? "remove the row: \(what) cannot be missing"
                : "if \(Shown.text(text)) means a missing value, list it: `missing_values: [\"\", \"\(text)\"]`"
        }
        if ["inf", "+inf", "-inf", "infinity", "+infinity", "-infinity"].contains(plain) { return "numbers must be finite" }
        if let hint = separators(text, decimal) { return hint }
        if plain.hasPrefix("0x") || plain.hasPrefix("-0x") { return "write the number in decimal digits" }
        if text.first == " " || text.last == " " { return "remove the blanks inside the quotes" }
        if text.contains("%") { return "write the number without %" }
        if plain.contains("_") { return "write the number without _" }
        if text.unicodeScalars.contains(where: { $0.value > 0x7F && $0.properties.numericType != nil }) { return "write the number in ASCII digits" }
        return nil
    }

    /// Hints on decimal and thousands separators.
    private static func separators(_ text: String, _ decimal: UInt8) -> String? {
        let other = decimal == UInt8(ascii: ".") ? UInt8(ascii: ",") : UInt8(ascii: ".")
        let mark = String(decoding: [other], as: UTF8.self)
        let point = String(decoding: [decimal], as: UTF8.self)
        let bytes = Array(text.utf8)
        let isNumberlike = bytes.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || [0x2B, 0x2D, 0x2C, 0x2E, 0x20, 0x65, 0x45].contains($0) }
        guard isNumberlike, bytes.contains(where: { $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        if bytes.contains(0x20) { return "write the number without blanks: thousands separators are not read" }
        guard let position = bytes.lastIndex(of: other) else { return nil }
        if NumberParser.parse(text, decimal: other) != .notANumber, !bytes.contains(decimal) {
            return "write `decimal: \"\(mark)\"` if `\(mark)` is the decimal point of this file"
        }
        if let pointPosition = bytes.firstIndex(of: decimal), pointPosition < position {
            return "write the number without the thousands separator `\(point)`, and `decimal: \"\(mark)\"`"
        }
        return "write the number without the thousands separator `\(mark)`"
    }
}
