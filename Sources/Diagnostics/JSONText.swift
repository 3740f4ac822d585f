/// The few pieces of JSON that are written by hand: the one place for quoting.
public enum JSONText {
    /// A JSON string, quotes included; control characters are escaped, everything else stays as it is.
    public static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{0}"..<" ", "\u{7F}"..<"\u{A0}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// The shortest text that reads back to the same number; `null` for what JSON has no word for.
    public static func number(_ value: Double?) -> String {
        guard let value, value.isFinite else { return "null" }
        return value.description
    }

    /// Values that are JSON already.
    public static func array(_ values: [String]) -> String { "[" + values.joined(separator: ", ") + "]" }

    /// Names, and values that are JSON already, in the order given.
    public static func object(_ members: [(String, String)]) -> String {
        "{" + members.map { "\(quoted($0.0)): \($0.1)" }.joined(separator: ", ") + "}"
    }

    public static func strings(_ texts: [String]) -> String { array(texts.map(quoted)) }

    public static func numbers(_ values: [Double]) -> String { array(values.map { number($0) }) }
}
