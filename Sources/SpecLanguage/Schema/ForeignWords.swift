/// What other tools call a setting, a value or a kind of layer of this language.
package struct ForeignWords: Sendable {
    /// The tools whose users are most likely to come here.
    package enum Tool: String, Sendable, CaseIterable { case keras, pytorch, lightning, sklearn, ludwig, darknet, others }

    /// What it is called here: the path of a setting (perhaps with a value, `data.normalize: zscore`), the name of a layer's setting or of a layer.
    package let ours: String
    /// What the two have not in common.
    let remark: String?
    package let words: [(tool: Tool, word: String)]

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
        words = texts.flatMap { tool, text in text.split(separator: " ").map { (tool, String($0)) } }
    }

    /// Case, `-`, `_` and blanks do not count.
    func holds(_ word: String) -> Bool {
        let plain = ForeignWords.plain(word)
        return words.contains { ForeignWords.plain($0.word) == plain }
    }

    /// Lower-case letters and digits: `nn.CrossEntropyLoss()`, `CrossEntropyLoss` and `cross-entropy-loss` are the same word.
    package static func plain(_ text: String) -> String {
        var rest = Substring(text)
        if rest.hasSuffix("()") { rest = rest.dropLast(2) }
        // The module in front: nn.Linear, keras.layers.Dense, F.relu.
        if let dot = rest.lastIndex(of: "."), rest.first?.isLetter == true { rest = rest[rest.index(after: dot)...] }
        return String(rest.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " })
    }
}
