import Datasets

/// Texts of a column that people would read as the same one: ">50K" and ">50K.", "Adelie" and "adelie ".
enum NearTexts {
    /// Numbers of two texts, by rising number.
    typealias Pair = (first: Int, second: Int)

    /// Texts that differ in case, in blanks, hyphens and underscores, or in a mark behind them; those that differ by blanks at their ends alone are
    /// told when the column is read.
    static func pairs(in column: TableColumn) -> [Pair] {
        guard column.kind != .numbers else { return [] }
        var first: [String: Int] = [:]
        var pairs: [Pair] = []
        for number in 0..<column.texts.count {
            let text = column.texts.text(number)
            if Double(text) != nil { continue }
            let core = core(of: text)
            guard let other = first[core] else {
                first[core] = number
                continue
            }
            if trimmed(column.texts.text(other)) != trimmed(text) { pairs.append((other, number)) }
        }
        return pairs
    }

    private static func core(of text: String) -> String {
        let marks: Set<Character> = [".", ",", ";", ":", "!", "?"]
        var letters = Array(text.lowercased()).filter { !$0.isWhitespace && $0 != "_" }
        while let last = letters.last, marks.contains(last), letters.count > 1 { letters.removeLast() }
        // A hyphen between letters, not a sign.
        let kept = letters.indices.filter { letters[$0] != "-" || $0 == 0 || !letters[$0 - 1].isLetter }
        return String(kept.map { letters[$0] })
    }

    private static func trimmed(_ text: String) -> Substring {
        var text = text[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
