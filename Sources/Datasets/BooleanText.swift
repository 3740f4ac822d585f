/// The texts of a column of type boolean, and of the targets of a multilabel task.
package enum BooleanText {
    private static let words: [(String, Bool)] = [
        ("true", true), ("false", false), ("yes", true), ("no", false), ("1", true), ("0", false), ("t", true), ("f", false), ("y", true),
        ("n", false),
    ]

    /// What messages say is expected.
    static let expected = "true or false, yes or no, t or f, y or n, 1 or 0"

    /// nil for any other text. Upper and lower case and blanks around it do not count.
    package static func value(of text: String) -> Bool? {
        var text = text
        return text.withUTF8 { bytes in
            let ink = bytes.trimmed
            return words.first { word, _ in
                word.utf8.count == ink.count && zip(word.utf8, ink).allSatisfy { $0 == ($1 >= 0x41 && $1 <= 0x5A ? $1 | 0x20 : $1) }
            }?.1
        }
    }
}
