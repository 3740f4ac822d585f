/// docs/other-tools.md: what other tools call settings, values and layers; scripts/generate_docs.sh writes it.
public enum WordsPage {
    public static var markdown: String {
        """
        # Words of other tools
        <!-- Made by scripts/generate_docs.sh from the tables Foreign*.swift in Sources/SpecLanguage/Schema; change the words there. -->

        A setting has one name here. Whoever writes another tool's name for it is told this one, with its place; these are the words that
        are understood. Case, `-`, `_` and a module in front (`nn.Linear`) do not count. What is not built yet says so when it is used.

        ## Settings
        \(table(ForeignWords.settings))
        ## Values
        \(table(ForeignWords.values))
        ## Layers
        \(table(ForeignWords.layers))
        """
    }

    private static let tools: [(tool: ForeignWords.Tool, title: String)] = [
        (.keras, "Keras"), (.pytorch, "PyTorch"), (.lightning, "Lightning"), (.sklearn, "scikit-learn"), (.ludwig, "Ludwig"), (.darknet, "darknet"),
        (.others, "others"),
    ]

    /// One row for each of our words, a column for each tool that has a word in the table.
    private static func table(_ rows: [ForeignWords]) -> String {
        let used = tools.filter { column in rows.contains { $0.words.contains { $0.tool == column.tool } } }
        var text = line(["here"] + used.map(\.title)) + line(Array(repeating: "---", count: used.count + 1))
        for row in rows {
            text += line(
                ["`\(row.ours)`\(row.remark.map { " (\($0))" } ?? "")"]
                    + used.map { column in row.words.filter { $0.tool == column.tool }.map(\.word).joined(separator: ", ") })
        }
        return text
    }

    private static func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
}
