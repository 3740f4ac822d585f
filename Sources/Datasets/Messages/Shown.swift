/// How texts, lists and numbers of a data file look in a message.
package enum Shown {
    /// A text in quotes, on one line, at most 60 characters of it.
    package static func text(_ text: String) -> String {
        var shown = ""
        var count = 0
        for scalar in text.unicodeScalars {
            if count == 60 { return "\"\(shown)...\"" }
            switch scalar {
            case "\n": shown += "\\n"
            case "\r": shown += "\\r"
            case "\t": shown += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: shown += "?"
            default: shown.unicodeScalars.append(scalar)
            }
            count += 1
        }
        return "\"\(shown)\""
    }

    /// Names one after the other, at most 12 of them.
    package static func list(_ names: [String]) -> String {
        let shown = names.prefix(12).map { name in
            let quoted = text(name)
            let isPlain = !name.isEmpty && name.first != " " && name.last != " " && !name.contains(",") && quoted.utf8.count == name.utf8.count + 2
            return isPlain ? name : quoted
        }
        return shown.joined(separator: ", ") + (names.count > 12 ? " and \(names.count - 12) more" : "")
    }

    /// "1 row", "2 rows".
    package static func count(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
        count == 1 ? "1 \(noun)" : "\(count) \(plural ?? noun + "s")"
    }

    /// A number without a trailing ".0".
    package static func number(_ value: Double) -> String {
        let text = value.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
