/// What other tools call a setting, a value or a kind of layer of this language.
package struct ForeignWords: Sendable {
    /// The tools whose users are most likely to come here.
    package enum Tool: String, Sendable, CaseIterable { case keras, pytorch, lightning, sklearn, ludwig, darknet, others }

    /// What it is called here: the path of a setting (perhaps with a value, `data.normalize: zscore`), the name of a layer's setting or of a layer.
    package let ours: String
    /// What the two have not in common.
    let remark: String?
    package let words: [(tool: Tool, word: String)]
    /// The words as `plain` leaves them: a spec may have many thousand keys to look up.
    private let plainWords: Set<String>

    /// Each text holds the words of a tool, divided by blanks.
    init(
        _ ours: String, keras: String = "", pytorch: String = "", lightning: String = "", sklearn: String = "", ludwig: String = "",
        darknet: String = "", others: String = "", remark: String? = nil
    ) {
        self.ours = ours
        self.remark = remark
        let texts: [(Tool, String)] = [
            (.keras, keras), (.pytorch, pytorch), (.lightning, lightning), (.sklearn, sklearn), (.ludwig, ludwig), (.darknet, darknet),
            (.others, others),
        ]
        let words = texts.flatMap { tool, text in text.split(separator: " ").map { (tool, String($0)) } }
        self.words = words
        plainWords = Set(words.map { ForeignWords.plain($0.1) })
    }

    /// - Parameter word: in its plain form; so case, `-`, `_` and blanks do not count.
    func holds(plain word: String) -> Bool { plainWords.contains(word) }

    /// Lower-case letters and digits: `nn.CrossEntropyLoss()`, `CrossEntropyLoss` and `cross-entropy-loss` are the same word.
    package static func plain(_ text: String) -> String {
        var rest = Substring(text)
        if rest.hasSuffix("()") { rest = rest.dropLast(2) }
        // The module in front: nn.Linear, keras.layers.Dense, F.relu.
        if let dot = rest.lastIndex(of: "."), rest.first?.isLetter == true { rest = rest[rest.index(after: dot)...] }
        let separators = [UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: " ")]
        guard rest.utf8.allSatisfy({ $0 < 0x80 }) else { return String(rest.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }) }
        let bytes = rest.utf8.filter { !separators.contains($0) }
        return String(decoding: bytes.map { $0 &- UInt8(ascii: "A") < 26 ? $0 + 32 : $0 }, as: UTF8.self)
    }
}
